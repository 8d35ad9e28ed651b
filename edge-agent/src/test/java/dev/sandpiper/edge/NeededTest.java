package dev.sandpiper.edge;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class NeededTest {

  @Test
  void missingToolFailsInCi() {
    assertThatThrownBy(() -> Needed.that(false, "a tool", /* ci= */ true))
        .isInstanceOf(AssertionError.class)
        .hasMessage("CI must have what every test needs: a tool");
  }

  @Test
  void missingToolSkipsElsewhere() {
    assertThatThrownBy(() -> Needed.that(false, "a tool", /* ci= */ false))
        .isNotInstanceOf(AssertionError.class)
        .hasMessageContaining("a tool");
  }

  @Test
  void presentToolLetsTheTestGoOn() {
    Needed.that(true, "a tool", /* ci= */ true);
  }
}
