package dev.sandpiper.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.edge.ledger.Alarm;
import dev.sandpiper.edge.ledger.Ledger;
import dev.sandpiper.edge.ledger.Period;
import dev.sandpiper.edge.ledger.Phrase;
import dev.sandpiper.edge.ledger.Purchase;
import dev.sandpiper.edge.ledger.Refusal;
import dev.sandpiper.edge.people.People;
import dev.sandpiper.edge.people.Role;
import dev.sandpiper.edge.talk.Messages;
import dev.sandpiper.edge.talk.Voice;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Money as people in a chat see it.
@Timeout(120)
class MoneyTalkTest {
  private static final String ANNA = TalkRig.OWNER;
  private static final String BEN = TalkRig.MEMBER;
  private static final ZonedDateTime MIDNIGHT =
      ZonedDateTime.of(2026, 11, 25, 0, 0, 0, 0, ZoneId.of("Europe/Berlin"));

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

  private String say(String who, String text) throws InterruptedException {
    return rig.ask(who, text).text();
  }

  private long person(Role role) {
    return rig.desk.base().door().people().list().stream()
        .map(People.Entry::person)
        .filter(one -> one.role() == role)
        .findFirst()
        .orElseThrow()
        .id();
  }

  private long reserve(String workflow, Role role, long micros) {
    Ledger.Decision decision =
        rig.shelves
            .ledger()
            .reserve(new Purchase(Purchase.Kind.MODEL, "everyday", workflow, person(role), micros));
    return switch (decision) {
      case Ledger.Reserved(long number) -> number;
      case Ledger.Refused(Refusal refusal) -> throw new AssertionError(refusal.words());
    };
  }

  private void spend(String workflow, Role role, long micros) {
    long number = reserve(workflow, role, micros);
    assertThat(
            rig.shelves
                .database()
                .<Boolean>write(
                    tx -> rig.shelves.ledger().settle(tx, number, new Ledger.Cost(micros, false))))
        .isTrue();
  }

  @Test
  void costIsSeenByOwnersForAllAndByOthersForThemselves() throws InterruptedException {
    assertThat(say(ANNA, "/cost")).isEqualTo("**Today: US$0.00**\n\n**This month: US$0.00**");
    spend("ask", Role.OWNER, 12_300);
    spend("summary", Role.MEMBER, 1_200_000);
    long _ = reserve("ask", Role.OWNER, 50_000);
    Phone.Got all = rig.ask(ANNA, "/cost");
    assertThat(all.text())
        .isEqualTo(
            """
            **Today: US$1.21**

            **This month: US$1.21**

            | Model | Calls | Spent |
            |---|---:|---:|
            | everyday | 2 | US$1.21 |

            | For | Calls | Spent |
            |---|---:|---:|
            | summary | 1 | US$1.20 |
            | ask | 1 | US$0.0123 |

            - 1 purchase is under way: US$0.0500 set aside.\
            """);
    assertThat(rig.press(ANNA, all.button("By person")).text())
        .startsWith("**This month: US$1.21**\n\n| Person | Calls | Spent |\n|---|---:|---:|\n| ");
    assertThat(say(BEN, "/cost month"))
        .isEqualTo(
            """
            **This month: US$1.20**

            | Model | Calls | Spent |
            |---|---:|---:|
            | everyday | 1 | US$1.20 |

            | For | Calls | Spent |
            |---|---:|---:|
            | summary | 1 | US$1.20 |\
            """);
    assertThat(say(BEN, "/cost person")).isEqualTo("`/cost today` or `/cost month`");
    assertThat(say(ANNA, "/cost yesterday"))
        .isEqualTo("`/cost today`, `/cost month` or `/cost person`");
    say(ANNA, "/language de");
    assertThat(say(ANNA, "/cost heute"))
        .startsWith("**Heute: 1,21 $**\n\n| Modell | Aufrufe | Kosten |\n|---|---:|---:|\n");
  }

  @Test
  void whatIsAdriftIsToldAndCountsInFull() throws InterruptedException {
    long number = reserve("ask", Role.OWNER, 70_000);
    rig.shelves
        .database()
        .write(tx -> {
          rig.shelves.ledger().lose(tx, number);
          return number;
        });
    assertThat(say(ANNA, "/cost today"))
        .isEqualTo(
            "**Today: US$0.00**\n\n- 1 purchase is adrift, at most US$0.0700: nobody knows what"
                + " became of it, so it counts in full. A bill can tell: `sandpiper cost import`.");
  }

  private void ring(Alarm alarm) {
    rig.shelves
        .database()
        .write(tx -> {
          new MoneyBell(new OwnerMail(rig.desk), rig.desk.base().door().people()).ring(tx, alarm);
          return 0;
        });
  }

  @Test
  void ownersAreToldInTheirLanguageInTheirLastChat() throws InterruptedException {
    say(ANNA, "hello");
    ring(new Alarm.Nearly("total", Period.DAY, "", 1_000_000, 800_000));
    assertThat(phone.await(ANNA, 2).text())
        .isEqualTo(
            "💰 80 % of the budget total is spent today: US$0.80 of US$1.00. When nothing is left,"
                + " nothing is bought until tomorrow. `/cost` shows what it went for.");
    say(ANNA, "/language de");
    ring(
        new Alarm.UsedUp(
            new Refusal.UsedUp("total", Period.DAY, 1_000_000, 990_000, 20_000, MIDNIGHT), "ask"));
    assertThat(phone.await(ANNA, 4).text())
        .isEqualTo(
            "💰 Das Budget total von ask (1,00 $ am Tag) ist aufgebraucht: 0,99 $ sind ausgegeben"
                + " oder zurückgelegt, und was bis zu 0,02 $ kosten kann, wurde abgelehnt. Es geht"
                + " wieder am 25.11.2026, 00:00 (Europe/Berlin), oder wenn du `per_day` des Budgets"
                + " total erhöhst.");
    rig.shelves.ledger().looped("ask", "list_jobs");
    assertThat(phone.await(ANNA, 5).text())
        .isEqualTo(
            "Während es für ask arbeitete, hat ein Modell das Werkzeug list\\_jobs immer wieder"
                + " gleich verlangt. Es wurde angehalten und hat mit dem geantwortet, was es hatte."
                + " Wenn das oft vorkommt, nimm dort ein anderes Modell.");
    assertThat(phone.got(BEN)).isEmpty();
  }

  @Test
  void aRefusalIsSaidInEveryLanguageWithTheSameContent() {
    Phrase phrase =
        Phrase.of(new Refusal.UsedUp("total", Period.DAY, 1_000_000, 900_000, 100_001, MIDNIGHT));
    assertThat(tell(Locale.ENGLISH, phrase))
        .isEqualTo(
            "The budget total (US$1.00 a day) is used up: US$0.90 is spent or set aside, and this"
                + " may cost up to US$0.100001. It works again on 25 Nov 2026, 00:00"
                + " (Europe/Berlin), or when you raise `per_day` of the budget total.");
    assertThat(tell(Locale.GERMAN, phrase))
        .isEqualTo(
            "Das Budget total (1,00 $ am Tag) ist aufgebraucht: 0,90 $ sind ausgegeben oder"
                + " zurückgelegt, und dies kann bis zu 0,100001 $ kosten. Es geht wieder am"
                + " 25.11.2026, 00:00 (Europe/Berlin), oder wenn du `per_day` des Budgets total"
                + " erhöhst.");
  }

  private static String tell(Locale locale, Phrase phrase) {
    return new Voice(new Messages(), locale, ZoneId.of("UTC")).tell(phrase.key(), phrase.args());
  }
}
