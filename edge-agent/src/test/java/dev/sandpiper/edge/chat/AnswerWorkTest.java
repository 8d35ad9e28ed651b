package dev.sandpiper.edge.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.edge.channel.Address;
import dev.sandpiper.edge.channel.Button;
import dev.sandpiper.edge.channel.IncomingFile;
import dev.sandpiper.edge.channel.Outgoing;
import dev.sandpiper.edge.llm.ChatMessage;
import dev.sandpiper.edge.queue.JobFilter;
import dev.sandpiper.edge.queue.JobState;
import dev.sandpiper.edge.queue.Lane;
import dev.sandpiper.edge.queue.Lease;
import dev.sandpiper.edge.talk.TalkException;
import dev.sandpiper.edge.talk.Turn;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
@SuppressWarnings("NullAway.Init")
class AnswerWorkTest {
  private static final Address CHAT = new Address("loop", "1");

  @TempDir Path home;

  private final LoopChannel channel = new LoopChannel("loop", true);
  private ChatRig rig;

  @BeforeEach
  void open() throws Exception {
    rig = ChatRig.open(home, channel);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void aStaleLeaseChangesNothing() throws Exception {
    rig.answering((_, question) ->
        new Turn(
            List.of(Outgoing.text("answer to " + question)),
            tx ->
                tx.update(
                    "INSERT INTO outbox_pauses (channel, until, reason) VALUES ('effect', 0,"
                        + " '')")));
    channel.write("u1", "1", "question");
    Lease old = rig.rig.queue.claim(Lane.TALK).orElseThrow();
    boolean released = rig.rig.database.write(tx -> rig.rig.queue.release(tx, old));
    assertThat(released).isTrue();
    Lease newer = rig.rig.queue.claim(Lane.TALK).orElseThrow();
    rig.work.run(old);
    assertThat(rig.view.counts().toSend()).isZero();
    assertThat(effects()).isZero();
    assertThat(rig.sessions.load(CHAT)).isEmpty();
    rig.work.run(newer);
    assertThat(rig.view.counts().toSend()).isEqualTo(1);
    assertThat(effects()).isEqualTo(1);
    assertThat(rig.sessions.load(CHAT))
        .containsExactly(
            new ChatMessage.User("question"),
            new ChatMessage.Assistant("answer to question", List.of()));
    rig.work.run(newer);
    assertThat(rig.view.counts().toSend()).as("a second run finds nothing to do").isEqualTo(1);
  }

  @Test
  void aBrokenEffectTakesTheWholeTurnWithIt() throws Exception {
    rig.answering((_, _) ->
        new Turn(
            List.of(Outgoing.text("never said")),
            _ -> {
              throw new IllegalStateException("broken effect");
            }));
    rig.start();
    channel.write("u1", "1", "question");
    List<LoopChannel.Arrived> arrived = channel.await(1);
    assertThat(arrived.getFirst().text())
        .isEqualTo(
            "I could not answer “question”. It failed 3 times: Defect in the agent:"
                + " java.lang.IllegalStateException: broken effect");
    assertThat(rig.sessions.load(CHAT)).isEmpty();
  }

  @Test
  void whatWouldNotHelpIsSaidAtOnce() throws Exception {
    rig.answering((_, _) -> {
      throw TalkException.permanent("The question is too long for the model.", null);
    });
    rig.start();
    channel.write("u1", "1", "question");
    channel.await(1);
    assertThat(channel.texts("1")).containsExactly("The question is too long for the model.");
    assertThat(rig.view.counts().parked()).isZero();
  }

  @Test
  void whatCouldNotBeTriedIsNotAFailure() throws Exception {
    AtomicInteger tries = new AtomicInteger();
    rig.answering((_, question) -> {
      if (tries.incrementAndGet() <= 5) {
        throw TalkException.notYet("All models rest.", Duration.ofMillis(1), null);
      }
      return Turn.say("answer to " + question);
    });
    rig.start();
    channel.write("u1", "1", "question");
    channel.await(1);
    assertThat(channel.texts("1")).containsExactly("answer to question");
  }

  @Test
  void aLongWaitIsToldOnceAndHonoured() throws Exception {
    rig.answering((_, _) -> {
      throw TalkException.passing("The model is busy.", Duration.ofMinutes(20), null);
    });
    channel.write("u1", "1", "question");
    rig.work.run(rig.rig.queue.claim(Lane.TALK).orElseThrow());
    assertThat(rig.rig.queue.claim(Lane.TALK)).isEmpty();
    rig.startPostman();
    channel.await(1);
    assertThat(channel.texts("1"))
        .containsExactly("I will try again in 20 minutes. The model is busy.");
    assertThat(rig.view.counts().open()).isEqualTo(1);
  }

  @Test
  void somebodyWhoIsRemovedMeanwhileIsNotAnswered() throws Exception {
    channel.write("u1", "1", "question");
    long person = rig.mailbox.find(1).orElseThrow().person();
    rig.rig.database.<Integer>write(tx -> {
      tx.update("DELETE FROM accounts WHERE person=?", person);
      tx.update("DELETE FROM people WHERE id=?", person);
      return 0;
    });
    rig.start();
    ChatRig.await(() -> rig.view.counts().open() == 0);
    assertThat(rig.view.counts().toSend()).isZero();
  }

  @Test
  void aDocumentIsReadAndItsSenderToldOnce() throws Exception {
    rig.start();
    IncomingFile invoice = channel.file("invoice.txt", "You owe 42 €.");
    channel.write("u1", "1", "what do I owe?", invoice);
    channel.await(1);
    assertThat(channel.texts("1")).containsExactly("Reading invoice.txt …");
    rig.rig.parseNext("You owe 42 €.");
    channel.await(3);
    assertThat(channel.texts("1").subList(1, 3))
        .containsExactly("I have read invoice.txt (1 page).", "You said: summary of invoice.txt");
    assertThat(channel.await(3).get(1).parcel().target()).isEqualTo("far-1");
    assertThat(rig.sessions.load(CHAT))
        .containsExactly(
            new ChatMessage.User("what do I owe?"),
            new ChatMessage.Assistant("You said: summary of invoice.txt", List.of()));
    channel.write("u2", "1", "", invoice);
    channel.await(6);
    assertThat(channel.texts("1").subList(3, 6))
        .as("known bytes are told at once")
        .containsExactly(
            "Reading invoice.txt …",
            "I have read invoice.txt (1 page).",
            "You said: summary of invoice.txt");
    assertThat(people()).isEqualTo(1);
  }

  @Test
  void everybodyWhoSentADocumentIsTold() throws Exception {
    rig.start();
    IncomingFile file = channel.file("minutes.txt", "Minutes.");
    channel.write("u1", "1", "", file);
    channel.write("u2", "2", "", file);
    channel.await(2);
    rig.rig.parseNext("Minutes.");
    channel.await(6);
    assertThat(channel.texts("1")).hasSize(3).last().isEqualTo("You said: summary of minutes.txt");
    assertThat(channel.texts("2")).hasSize(3).last().isEqualTo("You said: summary of minutes.txt");
    assertThat(people()).isEqualTo(2);
  }

  @Test
  void aDocumentThatCannotBeReadIsExplained() throws Exception {
    rig.start();
    channel.write("u1", "1", "", channel.file("secret.pdf", "encrypted"));
    channel.await(1);
    rig.rig.rejectNext(
        "encrypted", "secret.pdf is encrypted. Remove the password and send it again.");
    channel.await(2);
    assertThat(channel.texts("1").getLast())
        .isEqualTo(
            "I cannot read secret.pdf: secret.pdf is encrypted. Remove the password and send it"
                + " again.");
  }

  @Test
  void aParkedDocumentIsToldOnceAndItsButtonsWork() throws Exception {
    rig.start();
    channel.write("u1", "1", "", channel.file("hard.pdf", "hard"));
    channel.await(1);
    park("no worker");
    List<LoopChannel.Arrived> arrived = channel.await(2);
    assertThat(arrived.getLast().text()).isEqualTo("I could not read hard.pdf yet: no worker");
    Button retry = arrived.getLast().buttons().getFirst();
    channel.press("u2", "1", retry);
    channel.await(3);
    park("no worker again");
    channel.await(4);
    assertThat(channel.texts("1").getLast())
        .isEqualTo("I could not read hard.pdf yet: no worker again");
    channel.press("u3", "1", retry);
    channel.await(5);
    rig.rig.parseNext("Hard.");
    channel.await(7);
    assertThat(channel.texts("1").getLast()).isEqualTo("You said: summary of hard.pdf");
    assertThat(followers()).isZero();
  }

  @Test
  void cancelStopsTheDocumentThatIsBeingRead() throws Exception {
    rig.start();
    channel.write("u1", "1", "", channel.file("long.pdf", "long"));
    channel.await(1);
    ChatRig.await(() -> rig.view.counts().open() == 0);
    channel.write("u2", "1", "/cancel");
    channel.await(2);
    assertThat(channel.texts("1").getLast()).isEqualTo("Cancelled: long.pdf.");
    assertThat(rig.rig.queue.view().list(JobFilter.in(JobState.CANCELLED, 5))).hasSize(1);
  }

  @Test
  void cancelLeavesADocumentToOthersWhoWaitForIt() throws Exception {
    rig.start();
    channel.write("u1", "1", "", channel.file("long.pdf", "long"));
    channel.write("u2", "2", "", channel.file("same.pdf", "long"));
    channel.await(2);
    ChatRig.await(() -> rig.view.counts().open() == 0);
    channel.write("u3", "1", "/cancel");
    channel.await(3);
    assertThat(channel.texts("1").getLast())
        .isEqualTo(
            "I will say no more of long.pdf here. Somebody else waits for it, so I go on reading"
                + " it.");
    assertThat(channel.texts("1")).hasSize(2);
    rig.rig.parseNext("Long.");
    channel.await(5);
    assertThat(channel.texts("2").getLast()).isEqualTo("You said: summary of same.pdf");
    assertThat(channel.texts("1")).hasSize(2);
    assertThat(followers()).isZero();
  }

  @Test
  void aDeletedDocumentTakesWhatWasSaidOfItWithIt() throws Exception {
    rig.answering((_, question) ->
        question.length() == 64
            ? Turn.say("“The code is 4711.” [1]").quoting(Set.of(question))
            : Turn.say("About " + question));
    rig.start();
    channel.write("u1", "1", "", channel.file("secret.txt", "The code is 4711."));
    channel.await(1);
    String sha256 = rig.rig.queue.view().list(JobFilter.in(JobState.READY, 1)).getFirst().subject();
    rig.rig.parseNext("The code is 4711.");
    channel.await(3);
    channel.write("u2", "2", sha256);
    channel.write("u3", "2", "something else");
    channel.await(5);
    ChatRig.await(() -> rig.view.counts().open() == 0 && unsent() == 0);
    assertThat(kept()).contains("secret.txt", "4711", sha256, "something else");
    assertThat(rig.rig.library.delete(sha256)).isTrue();
    assertThat(kept()).contains("something else").doesNotContain("secret.txt", "4711", sha256);
    assertThat(quotes()).isZero();
  }

  /// Everything that was said, either way.
  private String kept() {
    return rig.rig.database.read(tx ->
        String.join(
            "\n",
            tx.query(
                "SELECT content FROM messages UNION ALL SELECT content FROM outbox",
                row -> row.text(1))));
  }

  private long unsent() {
    return count("outbox WHERE state IN ('READY', 'SENDING')");
  }

  private long quotes() {
    return count("quotes");
  }

  @Test
  void aDeletedDocumentIsSaidToBeGone() throws Exception {
    rig.start();
    channel.write("u1", "1", "", channel.file("gone.txt", "gone"));
    channel.await(1);
    String sha256 = rig.rig.queue.view().list(JobFilter.in(JobState.READY, 1)).getFirst().subject();
    assertThat(rig.rig.library.delete(sha256)).isTrue();
    channel.await(2);
    assertThat(channel.texts("1").getLast())
        .isEqualTo("gone.txt was deleted before I could read it.");
    assertThat(people()).isZero();
  }

  @Test
  void filesThatCannotBeHadAreExplainedOrTriedAgain() throws Exception {
    rig.start();
    IncomingFile large = new IncomingFile("large.bin", 1 << 21, null, "large.bin");
    IncomingFile missing = new IncomingFile("missing.txt", 5, null, "missing.txt");
    channel.write("u1", "1", "", large, missing);
    channel.await(2);
    assertThat(channel.texts("1").get(0))
        .isEqualTo(
            "I could not take large.bin: I take documents of at most 1 MB (limits.document). Send a"
                + " smaller one, or ask my owner to raise that.");
    assertThat(channel.texts("1").get(1))
        .isEqualTo("I could not take missing.txt: it is not there any more. Send it again.");
    channel.write("u2", "1", "", channel.broken("slow.txt", new IOException("reset")));
    channel.await(3);
    assertThat(channel.texts("1").get(2))
        .isEqualTo(
            "I could not answer “slow.txt”. It failed 3 times: The file slow.txt could not be"
                + " fetched: reset");
  }

  @Test
  void whatWasSaidCanBeForgotten() throws Exception {
    rig.start();
    channel.write("u1", "1", "my secret");
    channel.await(1);
    ChatRig.await(() -> rig.view.counts().toSend() == 0 && rig.view.counts().open() == 0);
    assertThat(rig.view.chats(10)).extracting(ChatView.Chat::address).containsExactly(CHAT);
    rig.rig.database.<Integer>write(tx -> {
      rig.view.forget(tx, CHAT);
      return 0;
    });
    long left =
        rig.rig.database.<Long>read(tx ->
            tx.queryOne(
                    "SELECT (SELECT count(*) FROM messages WHERE instr(content, 'secret')) +"
                        + " (SELECT count(*) FROM outbox WHERE instr(content, 'secret')) +"
                        + " (SELECT count(*) FROM sessions)",
                    row -> row.number(1))
                .orElseThrow());
    assertThat(left).isZero();
    assertThat(channel.write("u1", "1", "my secret")).hasToString("KNOWN");
  }

  private void park(String reason) {
    Lease lease = rig.rig.queue.claim().orElseThrow();
    rig.rig.database.<Integer>write(tx -> {
      rig.rig.library.storeParked(tx, lease.job().subject(), reason);
      rig.rig.queue.park(tx, lease, reason);
      return 0;
    });
  }

  private long effects() {
    return count("outbox_pauses");
  }

  private long people() {
    return count("document_people");
  }

  private long followers() {
    return count("followers");
  }

  private long count(String table) {
    return rig.rig.database.<Long>read(
        tx -> tx.queryOne("SELECT count(*) FROM " + table, row -> row.number(1)).orElseThrow());
  }
}
