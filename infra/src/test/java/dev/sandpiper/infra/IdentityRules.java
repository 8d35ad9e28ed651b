package dev.sandpiper.infra;

import static dev.sandpiper.infra.Rule.identity;
import static dev.sandpiper.infra.Rule.unless;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// One device's identity: one certificate name, one authority, one role, one hour.
final class IdentityRules {

  private static final String TRUST =
      "Resources.DeviceRole.Properties.AssumeRolePolicyDocument.Statement";

  private static final String NO_CERTIFICATE = "{Fn::Equals=[{Ref=CaCertificate}, ]}";
  private static final String NO_ANCHOR = "{Fn::Equals=[{Ref=TrustAnchorArn}, ]}";
  private static final String ONE_ANCHOR =
      "{Fn::Or=[{Fn::And=["
          + NO_CERTIFICATE
          + ", {Fn::Not=["
          + NO_ANCHOR
          + "]}]}, {Fn::And=[{Fn::Not=["
          + NO_CERTIFICATE
          + "]}, "
          + NO_ANCHOR
          + "]}]}";

  private IdentityRules() {}

  static List<Rule> rules() {
    return Stream.of(trust(), profile(), anchor()).flatMap(List::stream).toList();
  }

  private static List<Rule> trust() {
    return List.of(
        identity(
            "device-by-certificate-name",
            "The role is for the certificate whose common name is the device.",
            t ->
                statements(t)
                    .filter(s ->
                        !Right.provisos(s.at("Condition"))
                            .contains("StringEquals aws:PrincipalTag/x509Subject/CN <device>"))
                    .map(Spot::path)),
        identity(
            "device-by-this-anchor",
            "The role is for certificates of this trust anchor, not of any in the account.",
            t ->
                statements(t)
                    .filter(s ->
                        !Right.provisos(s.at("Condition"))
                            .contains("ArnEquals aws:SourceArn <anchor>"))
                    .map(Spot::path)),
        identity(
            "device-session-whole",
            "The role can be taken, tagged and named, as Roles Anywhere needs.",
            t ->
                statements(t)
                    .filter(s ->
                        !Set.copyOf(s.at("Action").texts())
                            .containsAll(
                                Set.of(
                                    "sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity")))
                    .map(Spot::path)));
  }

  private static List<Rule> profile() {
    return List.of(
        identity(
            "device-session-short",
            "A device's credentials end within the hour.",
            t ->
                unless(
                    t.at("Parameters.SessionSeconds.MaxValue").number() <= 3600
                        && t.resource("DeviceRole").at("Properties.MaxSessionDuration").is(3600)
                        && t.resource("DeviceProfile")
                            .at("Properties.DurationSeconds")
                            .is("${SessionSeconds}"),
                    "SessionSeconds")),
        identity(
            "profile-one-role",
            "A profile leads to the device's role and to no other.",
            t ->
                unless(
                    t.resource("DeviceProfile")
                        .at("Properties.RoleArns")
                        .texts()
                        .equals(List.of("${DeviceRole.Arn}")),
                    "DeviceProfile")),
        identity(
            "profile-plain",
            "A profile adds no policy and accepts no session name of the device's choice.",
            t ->
                unless(
                    t.resource("DeviceProfile")
                        .at("Properties")
                        .entries()
                        .map(Spot::name)
                        .allMatch(
                            Set.of("Name", "Enabled", "DurationSeconds", "RoleArns", "Tags")
                                ::contains),
                    "DeviceProfile")));
  }

  private static List<Rule> anchor() {
    return List.of(
        identity(
            "anchor-from-certificate",
            "The trust anchor is the certificate that was given.",
            t -> {
              Spot source = t.resource("TrustAnchor").at("Properties.Source");
              return unless(
                  source.at("SourceType").is("CERTIFICATE_BUNDLE")
                      && source.at("SourceData.X509CertificateData").is("${CaCertificate}"),
                  "TrustAnchor");
            }),
        identity(
            "identity-enabled",
            "Anchor and profile are switched on; whoever locks a device out does it by hand.",
            t ->
                List.of("TrustAnchor", "DeviceProfile").stream()
                    .filter(name -> !t.resource(name).at("Properties.Enabled").is(true))),
        identity(
            "anchor-survives",
            "The trust anchor outlives the first device's stack: others hang on it.",
            t ->
                unless(
                    t.resource("TrustAnchor")
                            .at("DeletionPolicy")
                            .text()
                            .matches("Retain(ExceptOnCreate)?")
                        && t.resource("TrustAnchor").at("UpdateReplacePolicy").is("Retain"),
                    "TrustAnchor")),
        identity(
            "certificate-not-key",
            "What is asked for is one certificate, and cannot be a key.",
            t ->
                unless(
                    t.at("Parameters.CaCertificate.AllowedPattern")
                        .text()
                        .contains("-----BEGIN CERTIFICATE-----[A-Za-z0-9+/="),
                    "CaCertificate")),
        identity(
            "one-anchor",
            "A certificate or an anchor is given, never both and never neither.",
            t ->
                unless(
                    t.at("Rules.ExactlyOneAnchor.Assertions.0.Assert").is(ONE_ANCHOR)
                        && !t.at("Rules.ExactlyOneAnchor.RuleCondition").exists(),
                    "Rules.ExactlyOneAnchor")),
        identity(
            "own-queue-optional",
            "A results queue is made for a further device only; the plant's own has one.",
            t ->
                List.of("ResultsQueue", "ResultsQueuePolicy").stream()
                    .filter(name -> !t.resource(name).at("Condition").is("MakesQueue"))),
        identity(
            "own-queue-has-sender",
            "An own results queue is refused unless it is known who may send to it.",
            t ->
                unless(
                    t.at("Rules.OwnQueueNeedsItsSender.Assertions.0.Assert")
                            .is("{Fn::Not=[{Fn::Equals=[{Ref=BatchRoleArn}, ]}]}")
                        && t.at("Rules.OwnQueueNeedsItsSender.RuleCondition")
                            .is("{Fn::Equals=[{Ref=OwnResultsQueue}, yes]}"),
                    "Rules.OwnQueueNeedsItsSender")),
        identity(
            "identity-outputs",
            "The stack tells the agent how to show who it is.",
            t -> {
              Set<String> missing =
                  new TreeSet<>(
                      Set.of("TrustAnchor", "Profile", "Role", "ResultsQueue", "Region", "Device"));
              missing.removeAll(
                  t.at("Outputs").entries().map(Spot::name).collect(Collectors.toSet()));
              return missing.stream();
            }));
  }

  private static Stream<Spot> statements(Template t) {
    return t.at(TRUST).items().stream();
  }
}
