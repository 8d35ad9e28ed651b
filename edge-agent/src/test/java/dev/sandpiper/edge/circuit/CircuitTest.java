package dev.sandpiper.edge.circuit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.edge.burst.Fault;
import dev.sandpiper.edge.circuit.Circuit.Allowance;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CircuitTest {

  private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");

  private final Circuit circuit = new Circuit(0, null, null);

  @ParameterizedTest
  @EnumSource(names = {"NETWORK", "CREDENTIALS", "CLOCK", "DENIED"})
  void aFewRefusalsOfTheWayThereOpenIt(Fault fault) {
    assertThat(circuit.refused(false, fault.othersToo(), "no", NOW)).isFalse();
    assertThat(circuit.refused(false, fault.othersToo(), "no", NOW)).isFalse();
    assertThat(circuit.allowance(NOW)).isEqualTo(Allowance.ALL);
    assertThat(circuit.refused(false, fault.othersToo(), "no way", NOW)).isTrue();
    assertThat(circuit.allowance(NOW)).isEqualTo(Allowance.NONE);
    assertThat(circuit.reason()).isEqualTo("no way");
  }

  @ParameterizedTest
  @EnumSource(names = {"INTERNAL", "MISSING"})
  void aTasksOwnTroubleOpensItOnlyWhenItIsEverybodys(Fault fault) {
    for (int i = 1; i < Circuit.MOST_DEFECTS; i++) {
      assertThat(circuit.refused(false, fault.othersToo(), "no", NOW)).isFalse();
    }
    assertThat(circuit.refused(false, fault.othersToo(), "no", NOW)).isTrue();
  }

  @Test
  void anAnswerForgivesRefusals() {
    circuit.refused(false, Fault.NETWORK.othersToo(), "no", NOW);
    circuit.refused(false, Fault.NETWORK.othersToo(), "no", NOW);
    assertThat(circuit.answered()).isFalse();
    circuit.refused(false, Fault.NETWORK.othersToo(), "no", NOW);
    circuit.refused(false, Fault.NETWORK.othersToo(), "no", NOW);
    assertThat(circuit.allowance(NOW)).isEqualTo(Allowance.ALL);
  }

  @Test
  void afterItsRestOneTaskTriesIt() {
    open();
    Instant later = NOW.plus(Circuit.FIRST_REST);
    assertThat(circuit.allowance(later.minusMillis(1))).isEqualTo(Allowance.NONE);
    assertThat(circuit.allowance(later)).isEqualTo(Allowance.PROBE);
    assertThat(circuit.begin()).isTrue();
    assertThat(circuit.allowance(later)).as("while it is tried").isEqualTo(Allowance.NONE);
    assertThat(circuit.answered()).isTrue();
    assertThat(circuit.allowance(later)).isEqualTo(Allowance.ALL);
  }

  @Test
  void everyTrialThatFailsDoublesTheRestUpToTheLongest() {
    open();
    Instant now = NOW;
    Duration rest = Circuit.FIRST_REST;
    for (int i = 0; i < 10; i++) {
      assertThat(circuit.retryAt()).isEqualTo(now.plus(rest));
      now = now.plus(rest);
      assertThat(circuit.begin()).isTrue();
      assertThat(circuit.refused(true, Fault.NETWORK.othersToo(), "still no", now)).isTrue();
      rest = rest.multipliedBy(2);
      rest = rest.compareTo(Circuit.LONGEST_REST) < 0 ? rest : Circuit.LONGEST_REST;
    }
    assertThat(rest).isEqualTo(Circuit.LONGEST_REST);
  }

  @Test
  void refusalsOfTasksThatWereUnderWayDoNotProlongIt() {
    open();
    Instant retryAt = circuit.retryAt();
    for (int i = 0; i < 60; i++) {
      assertThat(circuit.refused(false, Fault.NETWORK.othersToo(), "no", NOW.plusSeconds(3)))
          .isFalse();
    }
    assertThat(circuit.retryAt()).isEqualTo(retryAt);
  }

  @Test
  void aTrialThatWasGivenUpLetsAnotherTry() {
    open();
    Instant later = NOW.plus(Circuit.FIRST_REST);
    circuit.begin();
    circuit.abandoned(true);
    assertThat(circuit.allowance(later)).isEqualTo(Allowance.PROBE);
  }

  @Test
  void aClockThatWasSetBackDoesNotKeepItOpen() {
    Circuit old = new Circuit(2, NOW.plus(Duration.ofDays(400)), "no");
    assertThat(old.allowance(NOW)).isEqualTo(Allowance.PROBE);
  }

  @Test
  void itIsTakenUpAsItWasLeft() {
    Circuit old = new Circuit(1, NOW.plusSeconds(5), "no");
    assertThat(old.allowance(NOW)).isEqualTo(Allowance.NONE);
    old.begin();
    old.refused(true, Fault.CLOCK.othersToo(), "no", NOW);
    assertThat(old.retryAt()).isEqualTo(NOW.plusSeconds(10));
    assertThat(old.trips()).isEqualTo(2);
  }

  private void open() {
    for (int i = 0; i < Circuit.MOST_REFUSALS; i++) {
      circuit.refused(false, Fault.NETWORK.othersToo(), "no", NOW);
    }
  }
}
