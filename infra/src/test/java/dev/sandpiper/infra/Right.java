package dev.sandpiper.infra;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// One thing that one holder may do to one resource, in the short forms of permissions.md.
///
/// @param option the template condition it depends on, or nothing
/// @param proviso the policy condition, or nothing
record Right(String holder, String action, String resource, String option, String proviso) {

  /// What the device holds, as policy of the plant and as role of its own stack.
  static final String DEVICE = "the device";

  /// As the table lists them.
  static final List<Right> LISTED =
      table("Rights").map(c -> new Right(c[1], c[2], c[3], c[4], c[5])).toList();

  /// Every action of the table.
  static final Set<String> ACTIONS =
      LISTED.stream().map(Right::action).collect(Collectors.toUnmodifiableSet());

  /// The cells of a table under a heading, without code marks; cell 0 is what precedes the first
  /// bar.
  static Stream<String[]> table(String heading) {
    String text;
    try {
      text = Files.readString(Path.of("permissions.md"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String section = text.substring(text.indexOf("\n## " + heading + "\n") + 4);
    int end = section.indexOf("\n## ");
    return (end < 0 ? section : section.substring(0, end))
        .lines()
        .filter(line -> line.startsWith("| "))
        .skip(1)
        .map(line -> line.replace("`", "").replace(" – ", "  ").split("\\s*\\|\\s*", -1));
  }

  /// As a template grants them.
  static List<Right> granted(Template template) {
    return template
        .statements(Statement.Kind.RIGHTS)
        .filter(Statement::allows)
        .flatMap(statement -> of(template, statement))
        .toList();
  }

  private static Stream<Right> of(Template template, Statement statement) {
    String proviso = proviso(statement.condition());
    return statement.actions().stream()
        .flatMap(action ->
            statement.spot().at("Resource").items().stream()
                .map(resource ->
                    new Right(
                        holder(statement.holder()),
                        action,
                        brief(resource.text()),
                        option(template, resource),
                        proviso)));
  }

  private static String holder(String name) {
    return name.equals("EdgePolicy") || name.equals("DeviceRole") ? DEVICE : name;
  }

  private static String option(Template template, Spot spot) {
    int choice = spot.path().lastIndexOf(".Fn::If.");
    return choice < 0 ? "" : template.at(spot.path().substring(1, choice) + ".Fn::If.0").text();
  }

  static String proviso(Spot condition) {
    return String.join("; ", provisos(condition));
  }

  /// One text for each key of a condition.
  static List<String> provisos(Spot condition) {
    return condition
        .entries()
        .flatMap(operator ->
            operator
                .entries()
                .map(key -> operator.name() + " " + keyName(operator, key) + " " + values(key)))
        .toList();
  }

  private static String keyName(Spot operator, Spot key) {
    return key.path().substring(operator.path().length() + 1);
  }

  private static String values(Spot key) {
    return key.texts().stream()
        .map(Right::brief)
        .map(value -> value.replace(".${AWS::Region}.amazonaws.com", ""))
        .map(value -> value.replace("${AWS::AccountId}", "<account>"))
        .map(value ->
            value.matches("\\$\\{TrustAnchor(Arn|\\.TrustAnchorArn)}") ? "<anchor>" : value)
        .distinct()
        .collect(Collectors.joining(", "));
  }

  /// An ARN of this account and region in its short form; anything else stays as it is.
  static String brief(String arn) {
    String here = "arn:${AWS::Partition}:";
    String local = "${AWS::Region}:${AWS::AccountId}:";
    return arn.replace(here + "s3:::", "s3:")
        .replace(here + "sqs:" + local, "sqs:")
        .replace(here + "lambda:" + local + "function:", "lambda:")
        .replace(here + "logs:" + local + "log-group:", "logs:")
        .replace(here + "codedeploy:" + local + "deploymentgroup:", "codedeploy:")
        .replace("${KmsKeyArn}", "kms:key")
        .replace("-${AWS::AccountId}-${AWS::Region}", "")
        .replace("${AWS::StackName}", "<plant>")
        .replace("${Plant}", "<plant>")
        .replace("${Device}", "<device>");
  }

  /// Whether this grant is wide enough for the other.
  boolean covers(Right other) {
    return holder.equals(other.holder)
        && matches(action, other.action)
        && matches(resource, other.resource);
  }

  /// Whether the other is the same right; rules of their own look at the conditions of lists and
  /// keys.
  boolean same(Right other) {
    boolean looked = action.equals("s3:ListBucket") || action.startsWith("kms:");
    return covers(other)
        && other.covers(this)
        && option.equals(other.option)
        && (looked || proviso.equals(other.proviso));
  }

  boolean wild() {
    return action.contains("*") || resource.equals("*");
  }

  /// A pattern may have one star.
  private static boolean matches(String pattern, String text) {
    int star = pattern.indexOf('*');
    if (star < 0) {
      return pattern.equals(text);
    }
    return text.startsWith(pattern.substring(0, star))
        && text.endsWith(pattern.substring(pattern.lastIndexOf('*') + 1))
        && text.length() >= pattern.length() - 1;
  }
}
