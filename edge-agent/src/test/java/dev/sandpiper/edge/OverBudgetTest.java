package dev.sandpiper.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.edge.burst.BurstStatus;
import dev.sandpiper.edge.channel.Channel;
import dev.sandpiper.edge.config.Environment;
import dev.sandpiper.edge.fake.model.ModelFake;
import dev.sandpiper.edge.fake.model.Reply;
import dev.sandpiper.edge.ledger.CloudPurse;
import dev.sandpiper.edge.ledger.Ledger;
import dev.sandpiper.edge.ledger.Purchase;
import dev.sandpiper.edge.ledger.Refusal;
import dev.sandpiper.edge.talk.Asker;
import dev.sandpiper.edge.talk.Command;
import dev.sandpiper.edge.talk.command.StatusCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// When a budget is used up, nothing is bought on any way, everybody is told the same, and it works
/// again at midnight in the owner's zone: the real conversation, models and ledger.
@Timeout(120)
class OverBudgetTest {

  private static final String REFUSED = "The budget \"total\" ($0.05 a day) is used up: $0.0";
  private static final String AGAIN = "It works again on ";

  @TempDir Path home;

  private final Phone phone = new Phone();

  @SuppressWarnings("NullAway.Init")
  private ModelFake fake;

  @SuppressWarnings("NullAway.Init")
  private TalkRig rig;

  @SuppressWarnings("NullAway.Init")
  private Wiring wiring;

  /// A phone, and everything else as the configuration has it.
  private record Real(Phone phone, AgentTalk talk) implements ConversationSource {
    @Override
    public List<Channel> channels(ConversationDesk.Base base) {
      return List.of(phone);
    }

    @Override
    public List<Command> commands(ConversationDesk desk) {
      return talk.commands(desk);
    }

    @Override
    public Optional<Asker> asker(ConversationDesk desk) {
      return talk.asker(desk);
    }

    @Override
    public void close() {
      talk.close();
    }
  }

  @BeforeEach
  void start() throws IOException {
    fake = ModelFake.start();
    fake.script(_ -> Optional.of(Reply.says("It ends on 30 September 2031 [1].")));
    String more =
        """
        [budgets.total]
        per_day = 0.05
        [providers.fake]
        kind = "openai"
        base_url = "%s"
        [models.everyday]
        provider = "fake"
        model = "m-1"
        price_input = 1.0
        price_output = 2.0
        price_date = 2026-12-01
        [schedules.morning]
        when = "daily 08:00"
        kind = "ask"
        text = "When does the boiler warranty end?"
        """
            .formatted(fake.openai());
    rig =
        new TalkRig(
            home,
            phone,
            new TalkRig.Clock("2026-12-01T05:00:00Z"),
            more,
            (phone, made) -> {
              wiring = made;
              return new Real(
                  phone,
                  new AgentTalk(
                      new AgentTalk.World(
                          new Environment(Map.of(), home),
                          made::caller,
                          new Distribution(home),
                          new StatusCommand.Surroundings(2, () -> BurstStatus.OFF, List::of))));
            });
  }

  @AfterEach
  void stop() throws Exception {
    rig.close();
    wiring.loop().close();
    fake.close();
  }

  private void spendAll() {
    Ledger ledger = rig.shelves.ledger();
    Ledger.Decision decision =
        ledger.reserve(new Purchase(Purchase.Kind.MODEL, "everyday", "test", null, 49_700L));
    assertThat(decision)
        .isInstanceOfSatisfying(
            Ledger.Reserved.class,
            reserved ->
                assertThat(
                        rig.shelves
                            .database()
                            .<Boolean>write(tx ->
                                ledger.settle(
                                    tx, reserved.number(), new Ledger.Cost(49_700L, false))))
                    .isTrue());
  }

  @Test
  void everyWayIsClosedUntilMidnight() throws Exception {
    long _ = rig.document(TalkRig.OWNER, "boiler.txt", "The boiler warranty ends in 2031.");
    spendAll();
    int asked = fake.asked().size();
    int before = phone.got(TalkRig.MEMBER).size();

    // A question in a chat: what the documents say, and why no model was asked.
    phone.write(TalkRig.MEMBER, "en", "When does the boiler warranty end?");
    String answer = phone.await(TalkRig.MEMBER, before + 1).text();
    assertThat(answer).contains("boiler.txt").contains("used up").contains(AGAIN);

    // A schedule: refused, told once, and planned again.
    rig.at("2026-12-01T07:00:10Z");
    awaitHistory("REFUSED 2026-12-01T07:00:00Z");
    assertThat(rig.desk.schedules().history("morning", 1).getFirst().reason()).contains("used up");

    // The cloud.
    assertThat(CloudPurse.look(rig.shelves.ledger(), new CloudPurse.Worst(5_000L)))
        .map(Refusal::words)
        .hasValueSatisfying(words -> assertThat(words).startsWith(REFUSED));
    assertThat(fake.asked()).as("nobody was asked").hasSize(asked);

    // Midnight in Berlin.
    rig.at("2026-12-01T23:00:00Z");
    int again = phone.got(TalkRig.MEMBER).size();
    phone.write(TalkRig.MEMBER, "en", "When does the boiler warranty end?");
    assertThat(phone.await(TalkRig.MEMBER, again + 1).text())
        .contains("30 September 2031")
        .doesNotContain("used up");
    rig.at("2026-12-02T07:00:10Z");
    awaitHistory("FIRED 2026-12-02T07:00:00Z");
    assertThat(CloudPurse.look(rig.shelves.ledger(), new CloudPurse.Worst(5_000L))).isEmpty();
  }

  private void awaitHistory(String line) throws InterruptedException {
    String newest = "";
    while (!newest.equals(line)) {
      newest =
          rig.desk.schedules().history("morning", 1).stream()
              .map(firing -> firing.outcome() + " " + firing.slot().at())
              .findFirst()
              .orElse("none");
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }
}
