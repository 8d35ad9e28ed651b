package dev.sandpiper.edge.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.edge.rhythm.Rhythm;
import dev.sandpiper.edge.rhythm.RhythmReader;
import dev.sandpiper.edge.rhythm.Timing;
import dev.sandpiper.edge.schedule.FileSchedules.Change;
import dev.sandpiper.edge.schedule.FileSchedules.Changed;
import dev.sandpiper.edge.schedule.FileSchedules.Wanted;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SchedulesTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final Instant START = Instant.parse("2026-11-24T12:00:00Z");

  @TempDir Path folder;
  private ScheduleHome home;

  @BeforeEach
  void open() {
    home = new ScheduleHome(folder, START);
  }

  @AfterEach
  void close() {
    home.close();
  }

  private static Schedule.Plan plan(String when, Kind kind, CatchUp catchUp) {
    Rhythm rhythm = RhythmReader.read(when, START);
    return new Schedule.Plan(new Timing(rhythm, BERLIN), kind, "x", catchUp, Schedule.CHAT);
  }

  private static CatchUp policy(CatchUp.Policy policy) {
    return CatchUp.of(policy);
  }

  @Test
  void whatWasMissedIsMadeUpForAsThePolicySays() {
    long skip = home.add(plan("0 8 * * *", Kind.SAY, policy(CatchUp.Policy.SKIP)));
    long once = home.add(plan("0 8 * * *", Kind.SAY, policy(CatchUp.Policy.ONCE)));
    long all = home.add(plan("0 8 * * *", Kind.SAY, policy(CatchUp.Policy.ALL).atMost(2)));
    home.at("2026-11-27T12:00:00Z");
    home.restart();
    home.run();
    assertThat(home.history(Long.toString(skip)))
        .containsExactly("MISSED x3 2026-11-25T07:00:00Z: later than its grace of 5m");
    assertThat(home.history(Long.toString(once)))
        .containsExactly(
            "MISSED x2 2026-11-25T07:00:00Z: the latest stands for it",
            "CAUGHT_UP 2026-11-27T07:00:00Z");
    assertThat(home.history(Long.toString(all)))
        .containsExactly(
            "MISSED 2026-11-25T07:00:00Z: more than the 2 that are made up for, or too late",
            "CAUGHT_UP 2026-11-27T07:00:00Z",
            "CAUGHT_UP 2026-11-26T07:00:00Z");
    home.at("2026-11-28T07:00:30Z");
    home.run();
    assertThat(home.history(Long.toString(skip)).getFirst())
        .isEqualTo("FIRED 2026-11-28T07:00:00Z");
  }

  @Test
  void aClockThatWasAheadTakesNothingAway() {
    long daily = home.add(plan("0 8 * * *", Kind.SAY, CatchUp.USUAL));
    home.at("2026-12-24T12:00:00Z");
    home.run();
    home.at("2026-11-24T13:00:00Z");
    assertThat(home.schedules.settle()).isEqualTo(1);
    assertThat(home.schedules.settle()).isZero();
    for (String day : new String[] {"2026-11-25", "2026-11-26"}) {
      home.at(day + "T07:00:10Z");
      home.run();
    }
    assertThat(home.fired(daily))
        .containsExactly(
            Instant.parse("2026-11-25T07:00:00Z"),
            Instant.parse("2026-11-26T07:00:00Z"),
            Instant.parse("2026-12-24T07:00:00Z"));
    home.at("2026-12-24T07:00:10Z");
    home.run();
    home.at("2026-12-25T07:00:10Z");
    home.run();
    // What was not made up for in between is stood for by the latest, which had its turn already.
    assertThat(home.fired(daily)).hasSize(4).endsWith(Instant.parse("2026-12-25T07:00:00Z"));
  }

  @Test
  void aClockThatIsPutBackRepeatsNothing() {
    long daily = home.add(plan("0 8 * * *", Kind.SAY, CatchUp.USUAL));
    home.at("2026-11-25T07:00:10Z");
    home.run();
    home.at("2026-11-25T06:30:00Z");
    home.restart();
    home.at("2026-11-25T07:00:10Z");
    assertThat(home.run()).isEmpty();
    assertThat(home.fired(daily)).hasSize(1);
  }

  @Test
  void newRulesOfAZoneMoveATimeAndNeitherRepeatNorLoseIt() {
    long daily = home.add(plan("0 8 * * *", Kind.SAY, CatchUp.USUAL));
    home.at("2026-11-25T07:00:10Z");
    home.run();
    // As if it had been planned by other rules, by which 8:00 was an hour later.
    home.change(tx -> tx.update("UPDATE schedules SET next=next+3600000 WHERE id=?", daily));
    home.change(tx -> tx.update("UPDATE jobs SET due=due+3600000 WHERE due IS NOT NULL"));
    home.restart();
    home.at("2026-11-26T07:00:10Z");
    home.run();
    home.at("2026-11-26T08:00:10Z");
    home.run();
    assertThat(home.fired(daily))
        .containsExactly(
            Instant.parse("2026-11-25T07:00:00Z"), Instant.parse("2026-11-26T07:00:00Z"));
  }

  @Test
  void aRunThatHasNotEndedIsNotBegunAgain() {
    long ask = home.add(plan("0 * * * *", Kind.ASK, CatchUp.USUAL));
    home.at("2026-11-24T13:00:00Z");
    home.open.addAll(home.run());
    home.at("2026-11-24T14:00:00Z");
    assertThat(home.run()).isEmpty();
    home.open.clear();
    home.at("2026-11-24T15:00:00Z");
    home.run();
    assertThat(home.history(Long.toString(ask)))
        .containsExactly(
            "FIRED 2026-11-24T15:00:00Z",
            "SKIPPED 2026-11-24T14:00:00Z: the run of 2026-11-24T13:00:00Z has not ended",
            "FIRED 2026-11-24T13:00:00Z");
  }

  @Test
  void aPauseIsNotMadeUpForAndARunByHandChangesNoPlan() {
    long daily = home.add(plan("0 8 * * *", Kind.SAY, policy(CatchUp.Policy.ALL)));
    home.change(tx -> assertThat(home.schedules.pause(tx, daily)).isTrue());
    home.change(tx -> assertThat(home.schedules.pause(tx, daily)).isFalse());
    home.at("2026-11-26T12:00:00Z");
    home.restart();
    assertThat(home.run()).isEmpty();
    home.change(tx -> home.schedules.runNow(tx, daily));
    assertThat(home.run()).hasSize(1);
    home.change(tx -> assertThat(home.schedules.resume(tx, daily)).isTrue());
    assertThat(home.run()).isEmpty();
    home.at("2026-11-27T07:00:00Z");
    home.run();
    assertThat(home.history(Long.toString(daily)))
        .containsExactly("FIRED 2026-11-27T07:00:00Z", "BY_HAND 2026-11-26T12:00:00.001Z");
  }

  @Test
  void theConfigurationSaysWhatIsPlannedAndBringsNothingBack() {
    Schedule.Owner owner = new Schedule.Owner(1, ScheduleHome.CHAT);
    Wanted daily = new Wanted("m", owner, plan("0 8 * * *", Kind.SAY, CatchUp.USUAL), "0 8 * * *");
    assertThat(home.apply(daily)).containsExactly(new Changed("m", Change.ADDED));
    assertThat(home.apply(daily)).containsExactly(new Changed("m", Change.SAME));
    home.at("2026-11-25T07:00:00Z");
    home.run();
    home.at("2026-11-25T12:00:00Z");
    Wanted earlier =
        new Wanted("m", owner, plan("0 7 * * *", Kind.SAY, CatchUp.USUAL), "0 7 * * *");
    assertThat(home.apply(earlier)).containsExactly(new Changed("m", Change.CHANGED));
    assertThat(home.run()).isEmpty();
    assertThat(home.schedules.find("m").orElseThrow().next()).isEqualTo("2026-11-26T06:00:00Z");
    home.change(tx -> home.schedules.pause(tx, home.schedules.find("m").orElseThrow().id()));
    assertThat(home.apply(earlier)).containsExactly(new Changed("m", Change.SAME));
    assertThat(home.schedules.find("m").orElseThrow().standing().paused()).isTrue();
    assertThat(home.apply()).containsExactly(new Changed("m", Change.REMOVED));
    Wanted over =
        new Wanted(
            "o", owner, plan("once 2026-11-01 08:00", Kind.SAY, CatchUp.USUAL), "once 2026-11-01");
    assertThat(home.apply(over)).containsExactly(new Changed("o", Change.OVER));
    assertThat(home.schedules.all()).isEmpty();
  }

  @Test
  void aHeartbeatRepeatsNothingAndARefusalIsToldOnce() {
    long beat = home.add(plan("0 * * * *", Kind.HEARTBEAT, CatchUp.USUAL));
    String name = Long.toString(beat);
    long[] planned = new long[4];
    for (int i = 0; i < planned.length; i++) {
      home.at(Instant.parse("2026-11-24T13:00:00Z").plusSeconds(3_600L * i));
      planned[i] = home.instant().toEpochMilli();
      home.run();
    }
    home.change(tx -> {
      assertThat(home.schedules.answered(tx, name, planned[0], "one  bill")).isTrue();
      assertThat(home.schedules.answered(tx, name, planned[1], "one bill")).isFalse();
      assertThat(home.schedules.answered(tx, name, planned[1], null)).isFalse();
      assertThat(home.schedules.refused(tx, name, planned[2], "no money")).isTrue();
      assertThat(home.schedules.refused(tx, name, planned[3], "no money")).isFalse();
    });
    assertThat(home.history(name))
        .containsExactly(
            "REFUSED 2026-11-24T16:00:00Z: no money",
            "REFUSED 2026-11-24T15:00:00Z: no money",
            "FIRED 2026-11-24T14:00:00Z: quiet: nothing to tell",
            "FIRED 2026-11-24T13:00:00Z");
  }
}
