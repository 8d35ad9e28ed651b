package dev.sandpiper.infra;

import static dev.sandpiper.infra.Rule.every;
import static dev.sandpiper.infra.Rule.plant;
import static dev.sandpiper.infra.Rule.unless;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What is asked of whoever deploys: bounded, described, and never a secret.
final class ParameterRules {

  static final String DEVICE = "[a-z][a-z0-9-]{0,31}";

  static final Pattern SECRET_NAME =
      Pattern.compile(
          "(?i).*(password|passwd|secret|token|credential|access.?key|private.?key|api.?key).*");
  private static final Pattern SECRET =
      Pattern.compile(
          "(AKIA|ASIA)[A-Z0-9]{16}|-----BEGIN [A-Z ]*PRIVATE KEY|xox[bp]-|gh[pos]_[A-Za-z0-9]{20}");

  private static final Pattern NAMED = Pattern.compile("\\$\\{([A-Za-z0-9]+)}");

  private ParameterRules() {}

  static List<Rule> rules() {
    return Stream.of(form(), secrets(), defaults(), choices()).flatMap(List::stream).toList();
  }

  private static List<Rule> form() {
    return List.of(
        every(
            "parameter-described",
            "Every parameter says what it does.",
            t -> parameters(t).filter(p -> !p.at("Description").exists()).map(Spot::name)),
        every(
            "parameter-bounded",
            "Every text has a pattern or a list of values, every number limits on both sides.",
            t -> parameters(t).filter(p -> !bounded(p)).map(Spot::name)),
        every(
            "pattern-explained",
            "A parameter with a pattern says in words what it wants.",
            t ->
                parameters(t)
                    .filter(ParameterRules::explainable)
                    .filter(p -> !p.at("ConstraintDescription").exists())
                    .map(Spot::name)),
        every(
            "parameter-default-allowed",
            "A default is one of the values allowed.",
            t -> parameters(t).filter(p -> !defaultAllowed(p)).map(Spot::name)),
        every(
            "parameter-used",
            "Every parameter has an effect.",
            t -> {
              Set<String> used = used(t);
              return parameters(t).map(Spot::name).filter(name -> !used.contains(name));
            }));
  }

  private static List<Rule> secrets() {
    return List.of(
        every(
            "no-secret-parameter",
            "No secret is a parameter: a stack shows its parameters to whoever may describe it.",
            t ->
                parameters(t)
                    .filter(p -> SECRET_NAME.matcher(p.name()).matches() || p.at("NoEcho").exists())
                    .map(Spot::name)),
        every(
            "no-secret-literal",
            "No key and no token stands in a template.",
            t ->
                new Spot("", t.tree())
                    .everything()
                    .filter(s -> s.value() instanceof String text && SECRET.matcher(text).find())
                    .map(Spot::path)),
        plant(
            "no-secret-variable",
            "No function gets a secret by its environment: it shows in the console.",
            t ->
                variables(t).filter(v -> SECRET_NAME.matcher(v.name()).matches()).map(Spot::path)));
  }

  private static List<Rule> defaults() {
    return List.of(
        every(
            "device-name",
            "A device's name is up to 32 of a-z, 0-9 and -, so that it fits prefixes and queues.",
            t -> unless(t.at("Parameters.Device.AllowedPattern").is(DEVICE), "Device")),
        every(
            "optional-off",
            "What costs or opens something is off until somebody asks for it.",
            t ->
                Stream.of("FunctionUrl", "Ocr", "SnapStart", "OwnResultsQueue")
                    .map(name -> t.at("Parameters." + name))
                    .filter(Spot::exists)
                    .filter(p -> !p.at("Default").text().matches("off|no"))
                    .map(Spot::name)),
        every(
            "nobody-by-default",
            "No key, address or role is a default: it would be somebody's.",
            t ->
                parameters(t)
                    .filter(p -> p.name().matches(".*(Arn|Email|Uri|Certificate)"))
                    .filter(p -> !p.at("Default").text().isEmpty())
                    .map(Spot::name)),
        every(
            "pattern-refuses",
            "A pattern refuses stars, blanks and braces: they would widen an ARN.",
            t ->
                parameters(t)
                    .filter(p -> p.at("AllowedPattern").exists())
                    .filter(ParameterRules::takesAnything)
                    .map(Spot::name)));
  }

  private static List<Rule> choices() {
    return List.of(
        plant(
            "ocr-needs-image",
            "Tesseract without an image is refused before anything is made.",
            t ->
                unless(
                    t.at("Rules.OcrNeedsAnImage.RuleCondition")
                            .text()
                            .equals("{Fn::Equals=[{Ref=Ocr}, container]}")
                        && t.at("Rules.OcrNeedsAnImage.Assertions.0.Assert")
                            .text()
                            .equals("{Fn::Not=[{Fn::Equals=[{Ref=OcrImageUri}, ]}]}"),
                    "Rules.OcrNeedsAnImage")),
        plant(
            "log-level-cheap",
            "DEBUG and TRACE are not offered: logging would cost more than parsing.",
            t ->
                t.at("Parameters.LogLevel.AllowedValues").texts().stream()
                    .filter(level -> !level.matches("INFO|WARN|ERROR"))),
        plant(
            "ocr-by-digest",
            "An image is named by its digest, so that it cannot change unnoticed.",
            t ->
                unless(
                    t.at("Parameters.OcrImageUri.AllowedPattern")
                        .text()
                        .contains("@sha256:[0-9a-f]{64}"),
                    "OcrImageUri")),
        plant(
            "snapstart-small-disk",
            "SnapStart with more than 512 MB of disk is refused before anything is made.",
            t ->
                unless(
                    t.at("Rules.SnapStartNeedsSmallDisk.Assertions.0.Assert")
                            .text()
                            .equals("{Fn::Equals=[{Ref=EphemeralMegabytes}, 512]}")
                        && t.at("Rules.SnapStartNeedsSmallDisk.RuleCondition")
                            .text()
                            .equals("{Fn::Equals=[{Ref=SnapStart}, on]}"),
                    "Rules.SnapStartNeedsSmallDisk")),
        plant(
            "condition-used",
            "Every condition decides something.",
            t -> {
              Set<String> deciding = deciding(t);
              return t.at("Conditions")
                  .entries()
                  .map(Spot::name)
                  .filter(name -> !deciding.contains(name));
            }));
  }

  static Stream<Spot> parameters(Template t) {
    return t.at("Parameters").entries();
  }

  static Stream<Spot> variables(Template t) {
    return Stream.concat(
        t.at("Globals.Function.Environment.Variables").entries(),
        t.resources().flatMap(r -> r.at("Properties.Environment.Variables").entries()));
  }

  private static boolean bounded(Spot p) {
    if (p.at("AllowedValues").exists()) {
      return true;
    }
    return p.at("Type").is("Number")
        ? p.at("MinValue").exists() && p.at("MaxValue").exists()
        : p.at("AllowedPattern").exists();
  }

  private static boolean explainable(Spot p) {
    return p.at("AllowedPattern").exists();
  }

  private static boolean takesAnything(Spot p) {
    String pattern = p.at("AllowedPattern").text();
    return Stream.of("*", "a*", "${a}", "a b", "arn:aws:iam::123456789012:role/*")
        .anyMatch(text -> text.matches(pattern));
  }

  private static boolean defaultAllowed(Spot p) {
    String value = p.at("Default").text();
    if (!p.at("Default").exists()) {
      return true;
    }
    if (p.at("AllowedValues").exists()) {
      return p.at("AllowedValues").texts().contains(value);
    }
    if (p.at("MinValue").exists() && p.at("MaxValue").exists()) {
      long number = p.at("Default").number();
      return number >= p.at("MinValue").number() && number <= p.at("MaxValue").number();
    }
    return !p.at("AllowedPattern").exists() || value.matches(p.at("AllowedPattern").text());
  }

  /// What is named by `Ref` or inside a text.
  private static Set<String> used(Template t) {
    Set<String> used = new HashSet<>();
    Stream.of("Rules", "Conditions", "Globals", "Resources", "Outputs")
        .flatMap(section -> t.at(section).everything())
        .forEach(s -> {
          if (s.name().equals("Ref")) {
            used.add(s.text());
          } else if (s.value() instanceof String text && text.contains("${")) {
            NAMED.matcher(text).results().forEach(found -> used.add(found.group(1)));
          }
        });
    return used;
  }

  /// What a resource, an output or a choice depends on.
  private static Set<String> deciding(Template t) {
    Set<String> deciding = new HashSet<>();
    Stream.of("Globals", "Resources", "Outputs")
        .flatMap(section -> t.at(section).everything())
        .forEach(s -> {
          if (s.name().equals("Condition")) {
            deciding.add(s.text());
          } else if (s.name().equals("Fn::If")) {
            deciding.add(s.at("0").text());
          }
        });
    return deciding;
  }
}
