package dev.sandpiper.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.edge.ledger.Ledger;
import dev.sandpiper.edge.ledger.Purchase;
import dev.sandpiper.edge.ledger.Refusal;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class LetterTest {
  private static final String ANNA = TalkRig.OWNER;

  private static final String LETTER =
      """
      **Your week, 23 Nov 2026 to 29 Nov 2026: US$0.0123** (the week before: US$0.00)

      | Model | Calls | Spent |
      |---|---:|---:|
      | everyday | 1 | US$0.0123 |

      | For | Calls | Spent |
      |---|---:|---:|
      | ask | 1 | US$0.0123 |

      No document came, 1 message was answered. `/cost month` shows more.\
      """;

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

  private void spend(long micros) {
    Purchase purchase = new Purchase(Purchase.Kind.MODEL, "everyday", "ask", 1L, micros);
    switch (rig.shelves.ledger().reserve(purchase)) {
      case Ledger.Reserved(long number) -> {
        boolean _ =
            rig.shelves
                .database()
                .<Boolean>write(
                    tx -> rig.shelves.ledger().settle(tx, number, new Ledger.Cost(micros, false)));
      }
      case Ledger.Refused(Refusal refusal) -> throw new AssertionError(refusal.words());
    }
  }

  private long written() {
    return rig.shelves
        .database()
        .read(tx -> tx.queryOne("SELECT count(*) FROM letters", row -> row.number(1)).orElse(0L));
  }

  @Test
  void theLetterComesOnMondayMorningOnce() throws InterruptedException {
    assertThat(rig.ask(ANNA, "hello").text()).isEqualTo("You asked: hello");
    spend(12_300);
    rig.at("2026-11-30T06:59:59Z");
    assertThat(rig.ask(ANNA, "nothing yet?").text()).isEqualTo("You asked: nothing yet?");
    rig.at("2026-11-30T07:00:00Z");
    assertThat(phone.await(ANNA, 3).text()).startsWith("**Your week, 23 Nov 2026 to 29 Nov 2026:");
    restart("2026-11-30T08:00:00Z");
    assertThat(rig.ask(ANNA, "again?").text()).isEqualTo("You asked: again?");
    restart("2026-11-29T08:00:00Z"); // the clock is set back
    assertThat(rig.ask(ANNA, "and now?").text()).isEqualTo("You asked: and now?");
    restart("2026-11-30T09:00:00Z");
    assertThat(rig.ask(ANNA, "still?").text()).isEqualTo("You asked: still?");
    assertThat(phone.got(ANNA)).hasSize(6);
    assertThat(written()).isEqualTo(2); // the one before the first spending counts as written
  }

  @Test
  void whatWasMissedComesAtTheStartOnce() throws InterruptedException {
    assertThat(rig.ask(ANNA, "hello").text()).isEqualTo("You asked: hello");
    spend(12_300);
    restart("2026-12-02T10:00:00Z");
    assertThat(phone.await(ANNA, 2).text()).isEqualTo(LETTER);
    restart("2026-12-03T10:00:00Z");
    assertThat(rig.ask(ANNA, "again?").text()).isEqualTo("You asked: again?");
    assertThat(phone.got(ANNA)).hasSize(3);
    rig.at("2026-12-07T07:00:00Z");
    assertThat(rig.ask(ANNA, "a quiet week?").text()).isEqualTo("You asked: a quiet week?");
    assertThat(phone.got(ANNA)).hasSize(4);
  }
}
