package dev.sandpiper.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each rule is proven by a template that breaks it, and it alone.
class MutationTest {

  static Stream<Mutation> mutations() {
    return Stream.of(ResourceMutations.all(), AccessMutations.all(), RunMutations.all())
        .flatMap(all -> all);
  }

  @ParameterizedTest
  @MethodSource("mutations")
  void mutatedTemplateBreaksThatRuleAlone(Mutation mutation) {
    List<Rule.Finding> findings = Auditor.audit(mutation.template());
    Set<String> broken =
        findings.stream().map(f -> f.rule().name()).collect(Collectors.toCollection(TreeSet::new));
    assertThat(broken).as(findings.toString()).containsExactly(mutation.rule());
  }

  @Test
  void everyRuleIsProven() {
    Set<String> rules = Auditor.RULES.stream().map(Rule::name).collect(Collectors.toSet());
    Set<String> proven = mutations().map(Mutation::rule).collect(Collectors.toSet());
    assertThat(proven).containsExactlyInAnyOrderElementsOf(rules);
  }
}
