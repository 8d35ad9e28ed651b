package dev.sandpiper.infra;

import java.util.List;
import java.util.stream.Stream;

/// All rules, and what they find.
final class Auditor {

  static final List<Rule> RULES =
      Stream.of(
              ParameterRules.rules(),
              BucketRules.rules(),
              QueueRules.rules(),
              PolicyRules.rules(),
              FunctionRules.rules(),
              WatchRules.rules(),
              FormRules.rules(),
              IdentityRules.rules())
          .flatMap(List::stream)
          .toList();

  private Auditor() {}

  static List<Rule.Finding> audit(Template template) {
    return RULES.stream().flatMap(rule -> rule.findings(template).stream()).toList();
  }
}
