package dev.sandpiper.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.edge.schedule.Schedules;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ReminderTest {
  private static final String ANNA = TalkRig.OWNER;

  @TempDir Path home;
  private final Phone phone = new Phone();
  private TalkRig rig;

  @BeforeEach
  void open() {
    rig = new TalkRig(home, phone, new TalkRig.Clock("2026-11-24T12:00:00Z"));
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private void restart(String at) {
    rig.close();
    rig = new TalkRig(home, phone, new TalkRig.Clock(at));
  }

  private String say(String text) throws InterruptedException {
    return rig.ask(ANNA, text).text();
  }

  private List<String> heard() {
    return phone.got(ANNA).stream().map(Phone.Got::text).toList();
  }

  @Test
  void aReminderComesOnceAtItsTime() throws InterruptedException {
    assertThat(say("/remind tomorrow 9:00 call *Anna*"))
        .isEqualTo("I will remind you on Wed, 25 Nov 2026, 09:00: call \\*Anna\\*");
    rig.at("2026-11-25T07:59:59Z");
    assertThat(say("still there?")).isEqualTo("You asked: still there?");
    rig.at("2026-11-25T08:00:00Z");
    assertThat(phone.await(ANNA, 3).text()).isEqualTo("⏰ call *Anna*");
    rig.at("2026-11-26T08:00:00Z");
    assertThat(say("anything else?")).isEqualTo("You asked: anything else?");
    assertThat(heard()).hasSize(4);
    assertThat(say("/remind")).startsWith("Nothing is planned. Say when and what, as in");
  }

  @Test
  void aReminderOutlivesRestartsAndIsNotRepeated() throws InterruptedException {
    say("/remind in 2h tea");
    restart("2026-11-24T13:00:00Z");
    assertThat(say("/remind list"))
        .isEqualTo("One thing is planned:\n\n- **1** on Tue, 24 Nov 2026, 15:00: tea");
    restart("2026-11-24T14:00:00Z");
    assertThat(phone.await(ANNA, 3).text()).isEqualTo("⏰ tea");
    restart("2026-11-24T14:00:01Z");
    assertThat(say("hello")).isEqualTo("You asked: hello");
    assertThat(heard()).hasSize(4);
  }

  @Test
  void whatWasMissedComesOnceAndSaysSo() throws InterruptedException {
    assertThat(say("/schedule every day 8:00 water"))
        .isEqualTo("I will remind you every day at 08:00: water (next: 25 Nov 2026, 08:00)");
    restart("2026-11-28T12:00:00Z");
    assertThat(phone.await(ANNA, 2).text())
        .isEqualTo("⏰ water\n\n(was due 28 Nov 2026, 08:00, 5 hours late)");
    rig.at("2026-11-29T07:00:00Z");
    assertThat(phone.await(ANNA, 3).text()).isEqualTo("⏰ water");
    say("hello");
    assertThat(heard()).hasSize(4);
  }

  @Test
  void aScheduleAsksWhatIsToBeAnswered() throws InterruptedException {
    assertThat(say("/schedule every Monday 8:00 ask what invoices came"))
        .isEqualTo(
            "I will answer this every Monday at 08:00: what invoices came"
                + " (next: 30 Nov 2026, 08:00)");
    rig.at("2026-11-30T07:00:00Z");
    assertThat(phone.await(ANNA, 2).text()).isEqualTo("You asked: what invoices came");
    rig.at("2026-12-07T07:00:00Z");
    assertThat(phone.await(ANNA, 3).text()).isEqualTo("You asked: what invoices came");
    say("/schedule every day 9:00 /model");
    rig.at("2026-12-08T08:00:00Z");
    assertThat(phone.await(ANNA, 5).text()).startsWith("You are answered by the usual model");
  }

  @Test
  void whatIsCalledOffDoesNotCome() throws InterruptedException {
    say("/remind in 2h tea");
    assertThat(rig.ask(TalkRig.MEMBER, "/remind cancel 1").text())
        .isEqualTo("You have planned nothing with the number 1. /remind lists what is planned.");
    Phone.Got list = rig.ask(ANNA, "/remind");
    assertThat(rig.press(ANNA, list.button("Call off 1")).text())
        .isEqualTo("Number 1 is called off: tea");
    rig.at("2026-11-24T15:00:00Z");
    assertThat(say("hello")).isEqualTo("You asked: hello");
    assertThat(heard()).hasSize(4);
  }

  @Test
  void whoIsRemovedIsNotReminded() throws InterruptedException {
    phone.write("77", "/pair " + rig.code(dev.sandpiper.edge.people.Role.MEMBER));
    phone.await("77", 1);
    rig.ask("77", "/remind in 1h tea");
    long person =
        rig.desk
            .base()
            .door()
            .people()
            .find(new dev.sandpiper.edge.people.Account("phone", "77"))
            .orElseThrow()
            .id();
    rig.shelves.database().write(tx -> rig.desk.base().door().people().remove(tx, person));
    say("/remind in 1h coffee");
    rig.at("2026-11-24T13:00:00Z");
    assertThat(phone.await(ANNA, 2).text()).isEqualTo("⏰ coffee");
    restart("2026-11-24T14:00:00Z");
    say("hello");
    assertThat(phone.got("77")).hasSize(2);
    assertThat(rig.desk.schedules().count()).isZero();
  }

  @Test
  void whatCannotBePlannedIsExplained() throws InterruptedException {
    assertThat(say("/remind call Anna"))
        .isEqualTo(
            "Say when and what, as in `/remind tomorrow 9:00 call Anna` or `/remind in 2h tea`.");
    assertThat(say("/remind tomorrow 9:00"))
        .isEqualTo("What shall I say then? Write it behind the time.");
    assertThat(say("/remind today 9:00 tea"))
        .isEqualTo("That time is over. Name one that is yet to come.");
    assertThat(say("/remind 1.1.2040 tea"))
        .isEqualTo("That is more than ten years ahead, which I dare not promise.");
    assertThat(say("/schedule every 2 minutes tea"))
        .isEqualTo("That would be too often: 5 minutes lie between two times at least.");
    assertThat(say("/remind in 1h " + "x".repeat(1_001)))
        .isEqualTo("That is too long: a reminder has 1,000 characters at most.");
    for (int i = 0; i < Schedules.MOST; i++) {
      say("/remind in 1h tea");
    }
    assertThat(say("/remind in 1h tea"))
        .isEqualTo(
            "You have planned 100 things, which is as many as I take. Call some off: /remind");
  }

  @Test
  void germanIsUnderstoodAndSpoken() throws InterruptedException {
    say("/language de");
    assertThat(say("/remind übermorgen um 18 Uhr Anna anrufen"))
        .isEqualTo("Ich erinnere dich am Do., 26.11.2026, 18:00: Anna anrufen");
    assertThat(say("/schedule jeden Montag und Freitag 7:30 Müll"))
        .isEqualTo(
            "Ich erinnere dich jeden Montag, Freitag um 07:30: Müll (zuerst: 27.11.2026, 07:30)");
    assertThat(say("/schedule alle 2 Stunden strecken"))
        .isEqualTo("Ich erinnere dich alle 2 Stunden: strecken (zuerst: 24.11.2026, 15:00)");
    restart("2026-11-26T20:00:00Z");
    phone.await(ANNA, 6);
    assertThat(heard().subList(4, 6))
        .containsExactlyInAnyOrder(
            "⏰ Anna anrufen\n\n(war fällig: 26.11.2026, 18:00, 3 Stunden zu spät)", "⏰ strecken");
  }
}
