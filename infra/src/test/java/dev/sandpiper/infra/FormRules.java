package dev.sandpiper.infra;

import static dev.sandpiper.infra.Rule.every;
import static dev.sandpiper.infra.Rule.plant;
import static dev.sandpiper.infra.Rule.unless;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// What a template may consist of at all. An auditor that knows only what must be there is passed
/// by adding something.
final class FormRules {

  private static final Set<String> SECTIONS =
      Set.of(
          "AWSTemplateFormatVersion",
          "Transform",
          "Description",
          "Metadata",
          "Parameters",
          "Mappings",
          "Rules",
          "Conditions",
          "Globals",
          "Resources",
          "Outputs");

  private static final Set<String> ATTRIBUTES =
      Set.of(
          "Type", "Condition", "DependsOn", "DeletionPolicy", "UpdateReplacePolicy", "Properties");

  private static final Set<String> GLOBALS =
      Set.of(
          "Architectures",
          "MemorySize",
          "Timeout",
          "EphemeralStorage",
          "Tracing",
          "PropagateTags",
          "Tags",
          "Environment");

  private static final Set<String> LONG_LIVED =
      Set.of("AWS::IAM::User", "AWS::IAM::AccessKey", "AWS::IAM::Group");

  private static final String ALARM =
      "AlarmName AlarmDescription Namespace MetricName Dimensions Statistic ExtendedStatistic Period"
          + " EvaluationPeriods Threshold ComparisonOperator TreatMissingData AlarmActions OKActions"
          + " ActionsEnabled Tags";

  /// What a role may say; the last two are forbidden by rules of their own.
  private static final String ROLE =
      "Description PermissionsBoundary AssumeRolePolicyDocument Policies MaxSessionDuration Tags"
          + " ManagedPolicyArns RoleName";

  private static final String FUNCTION =
      "FunctionName Description PackageType CodeUri ImageUri Runtime Handler Role"
          + " ReservedConcurrentExecutions SnapStart LoggingConfig Environment AutoPublishAlias"
          + " DeploymentPreference Events MemorySize Timeout Architectures EphemeralStorage Tracing"
          + " Layers Policies ProvisionedConcurrencyConfig FunctionUrlConfig";

  /// Every type a stack is made of, with every property such a thing may have. What a rule of its
  /// own forbids stands here too, so that it is that rule which speaks.
  private static final Map<String, Set<String>> TYPES =
      Map.ofEntries(
          type(
              "AWS::S3::Bucket",
              "BucketName PublicAccessBlockConfiguration OwnershipControls BucketEncryption"
                  + " LifecycleConfiguration Tags VersioningConfiguration WebsiteConfiguration"),
          type("AWS::S3::BucketPolicy", "Bucket PolicyDocument"),
          type(
              "AWS::SQS::Queue",
              "QueueName VisibilityTimeout MessageRetentionPeriod ReceiveMessageWaitTimeSeconds"
                  + " SqsManagedSseEnabled KmsMasterKeyId RedrivePolicy RedriveAllowPolicy Tags"),
          type("AWS::SQS::QueuePolicy", "Queues PolicyDocument"),
          type("AWS::SNS::Topic", "TopicName Tags"),
          type("AWS::SNS::TopicPolicy", "Topics PolicyDocument"),
          type("AWS::SNS::Subscription", "TopicArn Protocol Endpoint"),
          type("AWS::Logs::LogGroup", "LogGroupName RetentionInDays KmsKeyId Tags"),
          type("AWS::IAM::Role", ROLE),
          type(
              "AWS::IAM::ManagedPolicy",
              "Description PolicyDocument Users Groups Roles ManagedPolicyName"),
          type("AWS::Serverless::Function", FUNCTION),
          type("AWS::Lambda::Url", "TargetFunctionArn Qualifier AuthType InvokeMode Cors"),
          type("AWS::CloudWatch::Alarm", ALARM),
          type("AWS::CloudWatch::Dashboard", "DashboardName DashboardBody"),
          type("AWS::Budgets::Budget", "Budget NotificationsWithSubscribers ResourceTags"),
          type("AWS::RolesAnywhere::TrustAnchor", "Name Enabled Source Tags"),
          type(
              "AWS::RolesAnywhere::Profile",
              "Name Enabled DurationSeconds RoleArns Tags AcceptRoleSessionName"));

  /// What is made only sometimes. Everything else is always made, guards above all.
  private static final Map<String, String> OPTIONAL =
      Map.of(
          "AlarmMail", "HasMail",
          "Budget", "HasMail",
          "PlantDashboard", "DashboardOn",
          "TrustAnchor", "MakesAnchor");

  private static final Map<String, String> CONDITIONS =
      Map.ofEntries(
          Map.entry("Reserved", "{Fn::Equals=[{Ref=ReserveConcurrency}, on]}"),
          Map.entry("SnapStartOn", "{Fn::Equals=[{Ref=SnapStart}, on]}"),
          Map.entry("FunctionUrlOn", "{Fn::Equals=[{Ref=FunctionUrl}, on]}"),
          Map.entry("DashboardOn", "{Fn::Equals=[{Ref=Dashboard}, on]}"),
          Map.entry("OcrOn", "{Fn::Equals=[{Ref=Ocr}, container]}"),
          Map.entry("MakesQueue", "{Fn::Equals=[{Ref=OwnResultsQueue}, yes]}"),
          Map.entry("HasMail", "{Fn::Not=[{Fn::Equals=[{Ref=AlarmEmail}, ]}]}"),
          Map.entry("HasBoundary", "{Fn::Not=[{Fn::Equals=[{Ref=PermissionsBoundaryArn}, ]}]}"),
          Map.entry("HasKey", "{Fn::Not=[{Fn::Equals=[{Ref=KmsKeyArn}, ]}]}"),
          Map.entry("MakesAnchor", "{Fn::Not=[{Fn::Equals=[{Ref=CaCertificate}, ]}]}"));

  private static final Set<String> OUTPUTS =
      Set.of("Region", "Device", "InBucket", "OutBucket", "JobsQueue", "ResultsQueue", "Function");

  private FormRules() {}

  static List<Rule> rules() {
    return Stream.of(parts(), made(), outputs()).flatMap(List::stream).toList();
  }

  private static Map.Entry<String, Set<String>> type(String name, String properties) {
    return Map.entry(name, Set.of(properties.split(" ", -1)));
  }

  private static List<Rule> parts() {
    return List.of(
        every(
            "known-sections",
            "A template has the sections we know.",
            t -> new Spot("", t.tree()).entries().map(Spot::name).filter(not(SECTIONS))),
        every(
            "known-types",
            "A stack is made of what we know; anything else is somebody's addition.",
            t ->
                t.resources()
                    .filter(r -> !TYPES.containsKey(r.at("Type").text()))
                    .filter(r -> !LONG_LIVED.contains(r.at("Type").text()))
                    .map(r -> r.name() + " " + r.at("Type").text())),
        every(
            "known-attributes",
            "A resource has a type and properties, and nothing by which SAM would grant more.",
            t ->
                t.resources()
                    .flatMap(Spot::entries)
                    .filter(a -> !ATTRIBUTES.contains(a.name()))
                    .map(Spot::path)),
        every(
            "known-properties",
            "A resource has the properties we know: an inventory or a destination leads elsewhere.",
            t ->
                t.resources()
                    .flatMap(r ->
                        r.at("Properties")
                            .entries()
                            .filter(p -> unknown(r.at("Type").text(), p.name())))
                    .map(Spot::path)),
        plant(
            "known-globals",
            "What is set for all functions is what we know.",
            t ->
                Stream.concat(
                    t.at("Globals").entries().map(Spot::name).filter(not(Set.of("Function"))),
                    t.at("Globals.Function")
                        .entries()
                        .map(Spot::name)
                        .filter(not(GLOBALS))
                        .filter(name -> !name.equals("Layers")))));
  }

  private static List<Rule> made() {
    return List.of(
        every(
            "made-unconditionally",
            "What guards is always made; only options depend on a condition.",
            t ->
                t.resources()
                    .filter(r -> !r.name().startsWith("Ocr") && !r.name().equals("ParseUrl"))
                    .filter(r -> t.kind() == Template.Kind.PLANT || !r.name().startsWith("Results"))
                    .filter(
                        r -> !r.at("Condition").text().equals(OPTIONAL.getOrDefault(r.name(), "")))
                    .map(Spot::name)),
        every(
            "conditions-as-agreed",
            "A condition means what its name says.",
            t ->
                t.at("Conditions")
                    .entries()
                    .filter(c -> CONDITIONS.containsKey(c.name()))
                    .filter(c -> !(c.value() + "").equals(CONDITIONS.get(c.name())))
                    .map(Spot::name)),
        every(
            "no-long-lived-key",
            "Nobody gets a key that does not end.",
            t ->
                t.resources()
                    .filter(r -> LONG_LIVED.contains(r.at("Type").text()))
                    .map(Spot::name)),
        every(
            "no-macros",
            "Nothing rewrites a template but SAM.",
            t -> {
              boolean plain = t.kind() == Template.Kind.IDENTITY;
              boolean inside =
                  new Spot("", t.tree())
                      .everything()
                      .anyMatch(s -> s.name().equals("Fn::Transform"));
              return unless(
                  !inside
                      && t.at("Transform")
                          .texts()
                          .equals(plain ? List.of() : List.of("AWS::Serverless-2016-10-31")),
                  "Transform");
            }));
  }

  private static List<Rule> outputs() {
    return List.of(
        plant(
            "outputs-complete",
            "A stack tells the agent its whole configuration.",
            t -> {
              Set<String> missing = new TreeSet<>(OUTPUTS);
              missing.addAll(Set.of("EdgePolicyArn", "BatchRoleArn"));
              t.at("Outputs").entries().map(Spot::name).forEach(missing::remove);
              return missing.stream();
            }),
        every(
            "outputs-are-keys",
            "An output for the agent names the key it becomes.",
            t ->
                t.at("Outputs")
                    .entries()
                    .filter(o -> OUTPUTS.contains(o.name()))
                    .filter(o -> !o.at("Description").text().startsWith("burst.aws."))
                    .map(Spot::name)),
        plant(
            "output-function-alias",
            "The agent is told the alias, so that a rollout reaches it.",
            t ->
                unless(
                    t.at("Outputs.Function.Value").text().matches("|\\$\\{ParseFunction\\.Alias}"),
                    "Function")));
  }

  private static boolean unknown(String type, String property) {
    Set<String> known = TYPES.get(type);
    return known != null && !known.contains(property);
  }

  private static Predicate<String> not(Set<String> names) {
    return name -> !names.contains(name);
  }
}
