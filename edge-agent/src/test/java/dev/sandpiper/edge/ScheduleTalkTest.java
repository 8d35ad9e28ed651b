package dev.sandpiper.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.edge.schedule.Schedule;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ScheduleTalkTest {
  private static final String ANNA = TalkRig.OWNER;

  @TempDir Path home;
  private final Phone phone = new Phone();
  private @Nullable TalkRig open;

  private TalkRig rig(String at, String more) {
    close();
    TalkRig rig = new TalkRig(home, phone, new TalkRig.Clock(at), more);
    open = rig;
    return rig;
  }

  @AfterEach
  void close() {
    if (open != null) {
      open.close();
    }
    open = null;
  }

  private List<String> heard() {
    return phone.got(ANNA).stream().map(Phone.Got::text).toList();
  }

  @Test
  void aCronLineIsPlannedPausedAndDoneByHand() throws InterruptedException {
    TalkRig rig = rig("2026-11-24T12:00:00Z", "");
    assertThat(rig.ask(ANNA, "/schedule 0 8 * * 1-5 water").text())
        .isEqualTo("I will remind you by `0 8 * * 1-5`: water (next: 25 Nov 2026, 08:00)");
    assertThat(rig.ask(ANNA, "/schedule 0 25 * * * water").text())
        .isEqualTo(
            "That is no cron line: field 2 (hour) has \"25\"; allowed are 0 to 23, \\*, lists 1,5,"
                + " ranges 1-5, steps \\*/2 and 1-5/2");
    assertThat(rig.ask(ANNA, "/schedule * * * * * water").text())
        .isEqualTo("That would be too often: 5 minutes lie between two times at least.");
    assertThat(rig.ask(ANNA, "/schedule pause 1").text())
        .isEqualTo(
            "Number 1 is paused: water. Nothing of this time is made up for later. /schedule resume"
                + " 1 goes on.");
    assertThat(rig.ask(ANNA, "/schedule").text())
        .isEqualTo("One thing is planned:\n\n- **1** by `0 8 * * 1-5`: water (paused)");
    assertThat(rig.ask(ANNA, "/schedule run 1").text()).isEqualTo("⏰ water");
    assertThat(rig.ask(ANNA, "/schedule resume 1").text()).isEqualTo("Number 1 goes on: water");
    assertThat(rig.ask(ANNA, "/schedule").text())
        .isEqualTo(
            "One thing is planned:\n\n- **1** by `0 8 * * 1-5`: water (next: 25 Nov 2026, 08:00);"
                + " last by hand 24 Nov 2026, 13:00");
  }

  @Test
  void aWatchSpeaksOnlyOfNews() throws InterruptedException {
    TalkRig rig = rig("2026-11-24T12:00:00Z", "");
    rig.ask(ANNA, "/schedule every hour heartbeat nothing new");
    rig.ask(ANNA, "/schedule every hour heartbeat bills");
    rig.at("2026-11-24T13:00:00Z");
    assertThat(phone.await(ANNA, 3).text()).isEqualTo("You asked: bills");
    rig.at("2026-11-24T14:00:00Z");
    awaitOutcome(rig, "2", "quiet: nothing new");
    awaitOutcome(rig, "1", "quiet: nothing to tell");
    rig.ask(ANNA, "still there?");
    assertThat(heard()).hasSize(4);
  }

  private static void awaitOutcome(TalkRig rig, String name, String reason)
      throws InterruptedException {
    while (!reason.equals(rig.desk.schedules().history(name, 1).getFirst().reason())) {
      Thread.sleep(2);
    }
  }

  @Test
  void aRefusalIsToldOnceAndTheNextTimeIsPlanned() throws InterruptedException {
    TalkRig rig = rig("2026-11-24T12:00:00Z", "");
    rig.ask(ANNA, "/schedule every hour ask forbidden");
    rig.at("2026-11-24T13:00:00Z");
    assertThat(phone.await(ANNA, 2).text())
        .isEqualTo(
            "The schedule 1 could not do its work: The budget is used up. It is tried again at its"
                + " next time; I say so once.");
    rig.at("2026-11-24T14:00:00Z");
    while (rig.desk.schedules().history("1", 9).size() < 2 || rig.desk.view().counts().open() > 0) {
      Thread.sleep(2);
    }
    assertThat(rig.desk.schedules().history("1", 9))
        .extracting(firing -> firing.outcome() + " " + firing.reason())
        .containsExactly("REFUSED The budget is used up.", "REFUSED The budget is used up.");
    rig.ask(ANNA, "still there?");
    assertThat(heard()).hasSize(3);
    assertThat(rig.desk.schedules().find("1").orElseThrow().next())
        .isEqualTo("2026-11-24T15:00:00Z");
  }

  @Test
  void aScheduleMakesNoSchedules() throws InterruptedException {
    TalkRig rig = rig("2026-11-24T12:00:00Z", "");
    rig.ask(ANNA, "/schedule every hour /remind in 1h tea");
    rig.at("2026-11-24T13:00:00Z");
    assertThat(phone.await(ANNA, 2).text())
        .isEqualTo(
            "The schedule 1 asks this, and a schedule makes and changes no schedules: it might feed"
                + " itself. Write it yourself.");
    assertThat(rig.desk.schedules().count()).isEqualTo(1);
  }

  @Test
  void theConfigurationPlansForWhomItNames() throws InterruptedException {
    String morning =
        """
        [schedules.morning]
        when = "daily 08:00"
        text = "water"
        """;
    TalkRig rig = rig("2026-11-24T12:00:00Z", morning);
    Schedule schedule = rig.desk.schedules().find("morning").orElseThrow();
    assertThat(schedule.owner().address().text()).isEqualTo("phone:1");
    assertThat(schedule.next()).isEqualTo("2026-11-25T07:00:00Z");
    assertThat(rig.ask(ANNA, "/schedule cancel morning").text())
        .isEqualTo(
            "morning stands in the configuration: remove it there and restart the agent, or"
                + " /schedule pause morning");
    rig = rig("2026-11-25T06:00:00Z", morning.replace("08:00", "06:30"));
    assertThat(rig.desk.schedules().find("morning").orElseThrow().next())
        .isEqualTo("2026-11-26T05:30:00Z");
    rig = rig("2026-11-26T06:00:00Z", "");
    assertThat(rig.desk.schedules().count()).isZero();
    assertThat(heard()).hasSize(1);
  }

  @Test
  void aDigestTellsWhatCameAndIsSilentWithoutNews() throws Exception {
    TalkRig rig = rig("2026-11-24T12:00:00Z", "");
    assertThat(rig.ask(ANNA, "/schedule every day 8:00 digest").text())
        .isEqualTo(
            "I will tell you every day at 08:00 what came in, what failed and what is next."
                + " (next: 25 Nov 2026, 08:00)");
    rig.document(ANNA, "bill.txt", "A bill");
    int before = heard().size();
    rig.at("2026-11-25T07:00:00Z");
    assertThat(phone.await(ANNA, before + 1).text())
        .startsWith("**Since 24 Nov 2026, 08:00**\n\n- One document was read: bill.txt\n- ");
    rig.at("2026-11-26T07:00:00Z");
    awaitOutcome(rig, "1", "quiet: nothing to tell");
    assertThat(heard()).hasSize(before + 1);
  }
}
