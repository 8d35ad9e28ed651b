package dev.sandpiper.edge.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sandpiper.edge.channel.Button;
import dev.sandpiper.edge.channel.Inbox.Taken;
import dev.sandpiper.edge.queue.Job;
import dev.sandpiper.edge.queue.JobFilter;
import dev.sandpiper.edge.queue.JobState;
import dev.sandpiper.edge.store.StoreException;
import dev.sandpiper.edge.talk.TalkException;
import dev.sandpiper.edge.talk.Turn;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
@SuppressWarnings("NullAway.Init")
class MailboxTest {

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
  void aMessageIsAnsweredOnceHoweverOftenItComes() throws Exception {
    rig.start();
    assertThat(channel.write("u1", "1", "hello")).isEqualTo(Taken.NEW);
    assertThat(channel.write("u1", "1", "hello")).isEqualTo(Taken.KNOWN);
    channel.await(1);
    assertThat(channel.write("u1", "1", "hello")).isEqualTo(Taken.KNOWN);
    channel.write("u2", "1", "again");
    channel.await(2);
    assertThat(channel.texts("1")).containsExactly("You said: hello", "You said: again");
  }

  @Test
  void nothingOfAStrangerIsKept() {
    assertThat(channel.write("u1", "stranger", "let me in, password hunter2"))
        .isEqualTo(Taken.DENIED);
    assertThat(rig.mailbox.find(1)).isEmpty();
    assertThat(rig.rig.queue.view().counts().values()).containsOnly(0L);
    assertThat(rig.view.counts().toSend()).as("told once who they are").isEqualTo(1);
    assertThat(channel.write("u2", "stranger", "hello?")).isEqualTo(Taken.DENIED);
    assertThat(rig.view.counts().toSend()).isEqualTo(1);
  }

  @Test
  void whatCannotBeKeptIsNotAcknowledged() {
    rig.rig.database.close();
    assertThatThrownBy(() -> channel.write("u1", "1", "hello")).isInstanceOf(StoreException.class);
  }

  @Test
  void aChatIsAnsweredInOrderWhateverBecomesOfEachMessage() throws Exception {
    AtomicInteger failures = new AtomicInteger();
    List<String> asked = new ArrayList<>();
    rig.answering((_, question) -> {
      synchronized (asked) {
        asked.add(question);
      }
      if (question.equals("fails twice") && failures.incrementAndGet() <= 2) {
        throw TalkException.passing("not now", null, null);
      }
      if (question.equals("never")) {
        throw TalkException.passing("the model is away", null, null);
      }
      return Turn.say(question);
    });
    for (String text : List.of("first", "fails twice", "never", "last")) {
      channel.write(text, "1", text);
    }
    rig.start();
    channel.await(4);
    assertThat(channel.texts("1").getFirst()).isEqualTo("first");
    assertThat(channel.texts("1").get(1)).isEqualTo("fails twice");
    assertThat(channel.texts("1").get(2))
        .isEqualTo("I could not answer “never”. It failed 3 times: the model is away");
    assertThat(channel.texts("1").get(3)).isEqualTo("last");
    assertThat(asked)
        .containsExactly(
            "first",
            "fails twice",
            "fails twice",
            "fails twice",
            "never",
            "never",
            "never",
            "last");
    assertThat(rig.view.counts().parked()).isEqualTo(1);
    assertThat(channel.await(4).get(2).buttons())
        .extracting(Button::label)
        .containsExactly("Try again", "Cancel");
  }

  @Test
  void aParkedMessageIsAnsweredWhenItsButtonIsPressed() throws Exception {
    rig.answering((_, _) -> {
      throw TalkException.passing("the model is away", null, null);
    });
    rig.start();
    channel.write("u1", "1", "hello");
    Button retry = channel.await(1).getFirst().buttons().getFirst();
    rig.answering((_, question) -> Turn.say("now: " + question));
    assertThat(channel.press("u2", "1", retry)).isEqualTo(Taken.NEW);
    assertThat(channel.press("u2", "1", retry)).isEqualTo(Taken.KNOWN);
    channel.await(3);
    assertThat(channel.texts("1")).contains("I am trying it again.", "now: hello");
    assertThat(rig.view.counts().parked()).isZero();
    channel.press("u3", "1", retry);
    channel.await(4);
    assertThat(channel.texts("1").getLast())
        .isEqualTo("There is nothing to try again: it is under way, answered or cancelled.");
  }

  @Test
  void aButtonWorksInItsOwnChatOnly() throws Exception {
    rig.answering((_, _) -> {
      throw TalkException.passing("away", null, null);
    });
    rig.start();
    channel.write("u1", "1", "hello");
    Button retry = channel.await(1).getFirst().buttons().getFirst();
    channel.press("u2", "2", retry);
    channel.await(2);
    assertThat(channel.texts("2"))
        .containsExactly("There is nothing to try again: it is under way, answered or cancelled.");
    assertThat(rig.view.counts().parked()).isEqualTo(1);
  }

  @Test
  void anOperatorsRetryWaitsItsTurn() throws Exception {
    rig.answering((_, _) -> {
      throw TalkException.passing("away", null, null);
    });
    rig.start();
    channel.write("u1", "1", "parked");
    channel.await(1);
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    rig.answering((_, question) -> {
      begun.countDown();
      go.await();
      return Turn.say(question);
    });
    channel.write("u2", "1", "second");
    begun.await();
    Job parked = rig.rig.queue.view().list(JobFilter.in(JobState.PARKED, 1)).getFirst();
    boolean resumed = rig.rig.database.write(tx -> rig.rig.queue.resume(tx, parked.id()));
    assertThat(resumed).isTrue();
    assertThat(rig.rig.queue.view().counts())
        .as("one open job of the chat")
        .containsEntry(JobState.RUNNING, 1L)
        .containsEntry(JobState.READY, 0L);
    go.countDown();
    channel.await(3);
    assertThat(channel.texts("1").subList(1, 3)).containsExactly("second", "parked");
  }

  @Test
  void cancelStopsWhatIsBeingAnsweredAndTheNextGoesOn() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    rig.answering((_, question) -> {
      if (!question.equals("endless")) {
        return Turn.say(question);
      }
      begun.countDown();
      try {
        new CountDownLatch(1).await();
        throw new IllegalStateException("cannot be");
      } finally {
        stopped.countDown();
      }
    });
    rig.start();
    channel.write("u1", "1", "endless");
    channel.write("u2", "1", "next");
    begun.await();
    assertThat(channel.write("u3", "1", "/cancel")).isEqualTo(Taken.NEW);
    stopped.await();
    channel.await(2);
    assertThat(channel.texts("1")).containsExactly("Cancelled: “endless”.", "next");
    channel.write("u4", "1", "/cancel");
    channel.await(3);
    assertThat(channel.texts("1").getLast()).isEqualTo("There is nothing to cancel here.");
  }

  @Test
  void aRestartGoesOnWhereItWas() throws Exception {
    channel.write("u1", "1", "one");
    channel.write("u2", "1", "two");
    rig.crash();
    rig = ChatRig.open(home, channel);
    assertThat(channel.write("u2", "1", "two")).isEqualTo(Taken.KNOWN);
    rig.start();
    channel.await(2);
    assertThat(channel.texts("1")).containsExactly("You said: one", "You said: two");
  }

  @Test
  void tooManyWaitingMessagesAreTurnedAwayAndTheirSenderToldOnce() throws Exception {
    rig.close();
    rig = new ChatRig(home, ChatRig.quick().taking(4, 3, 1_000), new ChatRig.Clock(), channel);
    for (int i = 0; i < 3; i++) {
      assertThat(channel.write("u" + i, "1", "m" + i)).isEqualTo(Taken.NEW);
    }
    assertThat(channel.write("u3", "1", "m3")).isEqualTo(Taken.DENIED);
    assertThat(channel.write("u4", "1", "m4")).isEqualTo(Taken.DENIED);
    assertThat(channel.write("u5", "2", "elsewhere")).isEqualTo(Taken.NEW);
    rig.startPostman();
    channel.await(1);
    assertThat(channel.texts("1"))
        .containsExactly(
            "There are 3 messages here that I have not answered yet. The last one was not taken:"
                + " wait until some are answered, then send it again.");
  }

  @Test
  void aMessageThatIsTooLongIsAnsweredWithTheNextStep() throws Exception {
    rig.start();
    channel.write("u1", "1", "x".repeat(32_001));
    channel.await(1);
    assertThat(channel.texts("1"))
        .containsExactly(
            "This message has 32,001 characters, which is more than I can take as a message. Send"
                + " it as a text file.");
  }

  @Test
  void anUnknownCommandSuggestsTheNearest() throws Exception {
    rig.start();
    channel.write("u1", "1", "/pnig now");
    channel.write("u2", "1", "/ping@sandpiper now");
    channel.write("u3", "1", "/xyzzyxyzzy");
    channel.await(3);
    assertThat(channel.texts("1"))
        .containsExactly(
            "There is no command /pnig. Did you mean /ping? /help lists them all.",
            "pong now",
            "There is no command /xyzzyxyzzy. /help lists them all.");
  }
}
