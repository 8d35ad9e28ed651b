package dev.sandpiper.infra;

import static dev.sandpiper.infra.Rule.every;
import static dev.sandpiper.infra.Rule.plant;

import dev.sandpiper.infra.Statement.Kind;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Who may do what: nothing by a wildcard, nothing that permissions.md does not list.
final class PolicyRules {

  /// These know no resources, so only `*` can be said.
  private static final Set<String> WITHOUT_RESOURCES =
      Set.of("xray:PutTraceSegments", "xray:PutTelemetryRecords", "cloudwatch:DescribeAlarms");

  /// Which service takes which role.
  private static final Map<String, String> TAKERS =
      Map.of(
          "ParseRole", "Service:lambda.amazonaws.com",
          "ParseBatchRole", "Service:lambda.amazonaws.com",
          "OcrRole", "Service:lambda.amazonaws.com",
          "RolloutRole", "Service:codedeploy.amazonaws.com",
          "DeviceRole", "Service:rolesanywhere.amazonaws.com");

  private static final Set<String> GUARD_ACTIONS =
      Set.of("s3:*", "sqs:*", "sns:Publish", "s3:PutObject");
  private static final Set<String> TRUST_ACTIONS =
      Set.of("sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity");

  /// Each policy on a resource and its statement, as permissions.md lists them.
  private static final Set<String> GUARDS =
      Right.table("What is refused whatever else is granted")
          .map(c -> c[1] + " " + c[2])
          .collect(Collectors.toUnmodifiableSet());

  private PolicyRules() {}

  static List<Rule> rules() {
    return Stream.of(grants(), principals(), statements(), roles()).flatMap(List::stream).toList();
  }

  private static List<Rule> grants() {
    return List.of(
        each(
            "no-not-action",
            "Nothing is granted or denied by exception: NotAction, NotResource, NotPrincipal.",
            s ->
                Stream.of("NotAction", "NotResource", "NotPrincipal")
                    .noneMatch(key -> s.spot().at(key).exists())),
        each(
            "no-wildcard-action",
            "A grant names its actions one by one.",
            s -> !s.allows() || s.actions().stream().noneMatch(a -> a.contains("*"))),
        each(
            "no-wildcard-resource",
            "A grant names its resources, save where a service knows none.",
            s ->
                !s.allows()
                    || !s.resources().contains("*")
                    || WITHOUT_RESOURCES.containsAll(s.actions())),
        each(
            "known-action",
            "Every action is one we use, spelled as AWS spells it.",
            s -> s.actions().stream().filter(a -> !wild(s, a)).allMatch(a -> known(s, a))),
        each(
            "effect-stated",
            "A statement allows or denies.",
            s -> s.spot().at("Effect").text().matches("Allow|Deny")));
  }

  private static List<Rule> principals() {
    return List.of(
        each(
            "no-public-principal",
            "Nothing is granted to anybody.",
            s ->
                !s.allows()
                    || s.principals().stream().noneMatch(p -> p.equals("*") || p.equals("AWS:*"))),
        each(
            "no-foreign-account",
            "Nothing is granted to an account or a person by name; roles are taken by services.",
            s ->
                !s.allows()
                    || s.principals().stream()
                        .allMatch(p -> p.startsWith("Service:") || p.matches("(AWS:)?\\*"))),
        each(
            "guard-denies-all-of-us",
            "A guard's denial speaks of everybody, and of a condition.",
            s ->
                s.kind() != Kind.GUARD
                    || s.allows()
                    || (s.principals().equals(List.of("*")) && s.condition().exists())),
        each(
            "service-for-this-account",
            "A service acts for this account only, never as somebody else's deputy.",
            s ->
                s.principals().stream().noneMatch(p -> p.startsWith("Service:"))
                    || s.principals().contains("Service:rolesanywhere.amazonaws.com")
                    || Right.provisos(s.condition())
                        .contains("StringEquals aws:SourceAccount <account>")));
  }

  private static List<Rule> statements() {
    return List.of(
        each(
            "service-for-this-stack",
            "Where a service names what it acts for, it must be of this stack.",
            s ->
                s.principals().stream()
                        .noneMatch(p -> p.matches("Service:(codedeploy|cloudwatch).*"))
                    || Right.proviso(s.condition())
                        .matches(".*ArnLike aws:SourceArn .*<plant>-\\*.*")),
        each(
            "key-through-services",
            "The own key is used through S3 and SQS only, never by itself.",
            s ->
                s.kind() != Kind.RIGHTS
                    || s.actions().stream().noneMatch(x -> x.startsWith("kms:"))
                    || Right.proviso(s.condition())
                        .matches("StringEquals kms:ViaService s3(, sqs)?")),
        each(
            "lists-own-prefix",
            "A device lists what is its own, in either bucket.",
            s ->
                !Set.of("EdgePolicy", "DeviceRole").contains(s.holder())
                    || !s.actions().contains("s3:ListBucket")
                    || Right.proviso(s.condition())
                        .matches("StringLike s3:prefix (in|out)/<device>/\\*")),
        every(
            "guards-listed",
            "Nothing is denied that permissions.md does not list: a denial can stop the plant.",
            t ->
                t.statements(Kind.GUARD)
                    .filter(s -> !s.allows() && !s.spot().at("NotResource").exists())
                    .map(Statement::place)
                    .filter(place -> !GUARDS.contains(place))),
        each(
            "guards-let-in-alarms-only",
            "The one service that a guard lets in is CloudWatch, to its topic.",
            s ->
                s.kind() != Kind.GUARD
                    || s.principals().stream().noneMatch(p -> p.startsWith("Service:"))
                    || (s.principals().equals(List.of("Service:cloudwatch.amazonaws.com"))
                        && s.place().equals("AlarmTopicPolicy AlarmsPublish"))),
        every(
            "policies-readable",
            "Every policy is spelled out; one that is a text could say anything.",
            t ->
                t.resources()
                    .flatMap(Spot::everything)
                    .filter(p -> p.name().matches("(AssumeRole)?PolicyDocument"))
                    .filter(p -> p.at("Statement").items().isEmpty())
                    .map(Spot::path)),
        each(
            "roles-only-allow",
            "A role's policy grants; a denial there would only hide what it breaks.",
            s -> s.kind() == Kind.GUARD || s.allows()),
        every(
            "sid-once",
            "A statement's Sid stands once in its policy.",
            t -> {
              Set<String> seen = new HashSet<>();
              return t.statements()
                  .filter(s -> s.spot().at("Sid").exists())
                  .map(Statement::place)
                  .filter(place -> !seen.add(place));
            }),
        every(
            "policy-version",
            "Every policy speaks the language of 2012; the older one reads variables as text.",
            t ->
                t.resources()
                    .flatMap(Spot::everything)
                    .filter(s -> s.at("Statement").exists())
                    .filter(s -> !s.at("Version").is("2012-10-17"))
                    .map(Spot::path)));
  }

  private static List<Rule> roles() {
    return List.of(
        every(
            "rights-listed",
            "Nothing is granted that permissions.md does not list.",
            t ->
                Right.granted(t).stream()
                    .filter(r -> !r.wild() && Right.ACTIONS.contains(r.action()))
                    .filter(r -> Right.LISTED.stream().noneMatch(r::same))
                    .map(r -> r.holder() + " " + r.action() + " " + r.resource())),
        every(
            "rights-granted",
            "Everything that permissions.md lists is granted.",
            t -> {
              List<Right> granted = Right.granted(t);
              return Right.LISTED.stream()
                  .filter(l -> holds(t, l.holder()))
                  .filter(l -> granted.stream().noneMatch(g -> g.covers(l)))
                  .map(l -> l.holder() + " " + l.action() + " " + l.resource());
            }),
        each(
            "role-taken-by-its-service",
            "A role is taken by the one service it is for.",
            s ->
                s.kind() != Kind.TRUST
                    || s.principals().stream()
                        .filter(p -> p.startsWith("Service:"))
                        .allMatch(p -> p.equals(TAKERS.get(s.holder())))),
        roles(
            "role-known",
            "A role is one of the few that permissions.md explains.",
            r -> TAKERS.containsKey(r.name())),
        roles(
            "role-bounded",
            "A role has the account's boundary where there is one.",
            r ->
                r.at("Properties.PermissionsBoundary")
                    .is("${?HasBoundary:${PermissionsBoundaryArn}:${AWS::NoValue}}")),
        roles(
            "role-spelled-out",
            "A role's rights stand in the template, not in a policy that others may change.",
            r -> !r.at("Properties.ManagedPolicyArns").exists()),
        roles(
            "role-unnamed",
            "IAM names the role: a fixed name collides, and can be guessed.",
            r -> !r.at("Properties.RoleName").exists()),
        plant(
            "edge-policy-detached",
            "The edge's policy is attached by whoever has the identity, not by the template.",
            t ->
                t.resources("AWS::IAM::ManagedPolicy")
                    .filter(p ->
                        Stream.of("Users", "Groups", "Roles", "ManagedPolicyName")
                            .anyMatch(key -> p.at("Properties." + key).exists()))
                    .map(Spot::name)));
  }

  private static boolean holds(Template t, String holder) {
    return holder.equals(Right.DEVICE)
        ? t.resource("EdgePolicy").exists() || t.resource("DeviceRole").exists()
        : t.resource(holder).exists();
  }

  private static boolean wild(Statement s, String action) {
    return s.allows() && action.contains("*");
  }

  private static boolean known(Statement s, String action) {
    return switch (s.kind()) {
      case TRUST -> TRUST_ACTIONS.contains(action);
      case GUARD -> GUARD_ACTIONS.contains(action) || Right.ACTIONS.contains(action);
      case RIGHTS -> Right.ACTIONS.contains(action);
    };
  }

  private static Rule each(String name, String sentence, Predicate<Statement> holds) {
    return every(name, sentence, t -> t.statements().filter(holds.negate()).map(Statement::place));
  }

  private static Rule roles(String name, String sentence, Predicate<Spot> holds) {
    return every(
        name, sentence, t -> t.resources("AWS::IAM::Role").filter(holds.negate()).map(Spot::name));
  }
}
