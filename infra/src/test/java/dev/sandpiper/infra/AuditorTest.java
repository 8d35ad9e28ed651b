package dev.sandpiper.infra;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AuditorTest {

  @ParameterizedTest
  @EnumSource
  void templateBreaksNoRule(Template.Kind kind) {
    assertThat(Auditor.audit(kind.read())).isEmpty();
  }

  @Test
  void rulesAreManyAndNamedOnce() {
    assertThat(Auditor.RULES).hasSizeGreaterThanOrEqualTo(150);
    assertThat(Auditor.RULES).extracting(Rule::name).doesNotHaveDuplicates();
    assertThat(Auditor.RULES).allMatch(rule -> rule.sentence().matches("[A-Z].*\\."));
  }
}
