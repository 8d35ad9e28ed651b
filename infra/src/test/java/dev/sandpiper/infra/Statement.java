package dev.sandpiper.infra;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// One statement of a policy: who holds it, and the statement itself.
///
/// @param holder logical name of the resource with the policy
/// @param kind whether it grants rights, says who may take a role, or guards a resource
record Statement(String holder, Kind kind, Spot spot) {

  enum Kind {
    RIGHTS,
    TRUST,
    GUARD
  }

  static Stream<Statement> of(Spot resource) {
    return switch (resource.at("Type").text()) {
      case "AWS::IAM::Role" ->
          Stream.concat(
              in(resource, Kind.TRUST, "Properties.AssumeRolePolicyDocument"),
              resource.at("Properties.Policies").items().stream()
                  .flatMap(p -> statements(resource, Kind.RIGHTS, p.at("PolicyDocument"))));
      case "AWS::IAM::ManagedPolicy" -> in(resource, Kind.RIGHTS, "Properties.PolicyDocument");
      case "AWS::S3::BucketPolicy", "AWS::SQS::QueuePolicy", "AWS::SNS::TopicPolicy" ->
          in(resource, Kind.GUARD, "Properties.PolicyDocument");
      default -> Stream.empty();
    };
  }

  private static Stream<Statement> in(Spot resource, Kind kind, String path) {
    return statements(resource, kind, resource.at(path));
  }

  private static Stream<Statement> statements(Spot resource, Kind kind, Spot document) {
    return document.at("Statement").items().stream()
        .map(statement -> new Statement(resource.name(), kind, statement));
  }

  String place() {
    String sid = spot.at("Sid").text();
    return holder + (kind == Kind.TRUST ? " trust" : "") + (sid.isEmpty() ? "" : " " + sid);
  }

  boolean allows() {
    return !spot.at("Effect").is("Deny");
  }

  List<String> actions() {
    return spot.at("Action").texts();
  }

  List<String> resources() {
    return spot.at("Resource").texts();
  }

  Spot condition() {
    return spot.at("Condition");
  }

  /// The principals, each as `Kind:value`; `*` alone stands for anybody.
  List<String> principals() {
    Spot principal = spot.at("Principal");
    if (!(principal.value() instanceof Map<?, ?> map)
        || map.keySet().stream().anyMatch(key -> key.toString().matches("Ref|Fn::.*"))) {
      return principal.texts();
    }
    return principal
        .entries()
        .flatMap(kind -> kind.texts().stream().map(value -> kind.name() + ":" + value))
        .toList();
  }
}
