package dev.sandpiper.edge.chat;

import dev.sandpiper.edge.burst.Turnstile;
import dev.sandpiper.edge.channel.Channel;
import dev.sandpiper.edge.channel.LiveReply;
import dev.sandpiper.edge.intake.Intake;
import dev.sandpiper.edge.intake.JobControl;
import dev.sandpiper.edge.intake.Rig;
import dev.sandpiper.edge.journal.Journal;
import dev.sandpiper.edge.people.Account;
import dev.sandpiper.edge.people.Guard;
import dev.sandpiper.edge.people.Pairing;
import dev.sandpiper.edge.people.People;
import dev.sandpiper.edge.people.Role;
import dev.sandpiper.edge.queue.Lane;
import dev.sandpiper.edge.queue.QueueOptions;
import dev.sandpiper.edge.schedule.Schedules;
import dev.sandpiper.edge.store.Tx;
import dev.sandpiper.edge.talk.Asker;
import dev.sandpiper.edge.talk.Command;
import dev.sandpiper.edge.talk.Messages;
import dev.sandpiper.edge.talk.Spoken;
import dev.sandpiper.edge.talk.TalkException;
import dev.sandpiper.edge.talk.Talker;
import dev.sandpiper.edge.talk.Turn;
import dev.sandpiper.edge.work.WorkLoop;
import dev.sandpiper.edge.work.answer.AnswerWork;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A whole conversation in a folder, with channels that loop and an asker of the test's. Documents
/// are parsed by hand.
public final class ChatRig implements AutoCloseable {

  /// A clock that a test moves; it also goes on by itself, so that nothing falls due at once.
  public static final class Clock implements InstantSource {
    private Duration ahead = Duration.ZERO;

    @Override
    public synchronized Instant instant() {
      return InstantSource.system().instant().plus(ahead);
    }

    synchronized void advance(Duration time) {
      ahead = ahead.plus(time);
    }
  }

  /// What the asker does.
  public interface Answer {
    Turn to(Spoken spoken, String question) throws InterruptedException, TalkException;
  }

  public final Rig rig;
  public final People people;
  public final Guard guard;
  public final Pairing pairing;
  public final Outbox outbox;
  public final Mailbox mailbox;
  public final Sessions sessions;
  public final Followers followers;
  public final ChatView view;
  public final AnswerWork work;
  public final Clock clock;
  private final WorkLoop loop;
  private final Postman postman;
  private final Channels switchedOn;
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private volatile Answer answer = (_, question) -> Turn.say("You said: " + question);

  /// Opens the rig; nothing is started.
  ///
  /// @param options the conversation's bounds
  public ChatRig(Path home, ChatOptions options, Clock clock, LoopChannel... channels)
      throws IOException {
    this(home, options, clock, _ -> List.of(channels), allowlist(channels));
  }

  /// With channels of any kind, made when the store is open.
  public ChatRig(
      Path home,
      ChatOptions options,
      Clock clock,
      Function<Rig, List<Channel>> making,
      Map<Account, Role> allowlist)
      throws IOException {
    this.clock = clock;
    this.rig = new Rig(home, 1 << 20, queueOptions());
    List<Channel> channels = making.apply(rig);
    people = new People(rig.database, clock);
    rig.database.<@Nullable Void>write(tx -> {
      people.list(tx, allowlist, Locale.ENGLISH);
      return null;
    });
    pairing = new Pairing(people, clock, new Random(5));
    guard =
        new Guard(rig.database, people, pairing, new Guard.Options(10_000, Locale.ENGLISH), clock);
    switchedOn = new Channels(channels);
    outbox = new Outbox(rig.database, switchedOn, options, clock);
    Messages messages = new Messages();
    mailbox =
        new Mailbox(
            new Mailbox.Parts(rig.database, rig.queue, guard, people, outbox, rig.events, messages),
            documents(),
            options,
            clock);
    followers = new Followers(mailbox, outbox, Set.of(Intake.PARSE, Intake.PART));
    rig.queue.watch(followers.watch());
    sessions = new Sessions(rig.database, outbox, options.history());
    view = new ChatView(rig.database, mailbox, outbox, sessions);
    Journal journal =
        new Journal(new PrintStream(log, true, StandardCharsets.UTF_8), InstantSource.system());
    work =
        new AnswerWork(
            new AnswerWork.Parts(
                new AnswerWork.Shelves(rig.database, rig.queue, rig.library, rig.intake),
                new AnswerWork.Chat(mailbox, outbox, sessions, followers, switchedOn),
                new Talker(commands(), Optional.of(asker()), messages),
                people,
                messages,
                new Schedules(rig.database, rig.queue, clock)),
            journal);
    loop =
        new WorkLoop(
            rig.database,
            rig.queue,
            List.of(work),
            new WorkLoop.Lanes(Lane.TALK, options.lanes(), Turnstile.OPEN),
            journal);
    postman =
        new Postman(
            new Postman.Parts(outbox, switchedOn, rig.blobs),
            options,
            new Clockwork(clock, new Random(3)),
            journal);
    channels.forEach(channel -> channel.start(mailbox));
  }

  /// With the usual bounds, but quick to try again.
  public static ChatRig open(Path home, LoopChannel... channels) throws IOException {
    return new ChatRig(home, quick(), new Clock(), channels);
  }

  public static ChatOptions quick() {
    ChatOptions defaults = ChatOptions.defaults();
    ChatOptions.SendOptions send = defaults.send();
    return defaults.sending(
        new ChatOptions.SendOptions(
            send.atOnce(),
            send.maxAttempts(),
            send.maxAge(),
            Duration.ofMillis(10),
            Duration.ofMillis(50),
            send.sameWithin(),
            Duration.ofSeconds(1)));
  }

  private static QueueOptions queueOptions() {
    QueueOptions defaults = QueueOptions.defaults();
    return new QueueOptions(
        defaults.maxDepth(),
        0,
        3,
        defaults.maxKills(),
        defaults.maxInterruptions(),
        Duration.ofMillis(10),
        Duration.ofMillis(20),
        defaults.maxRetryAfter(),
        defaults.keepEnded());
  }

  /// Ada, whose chats are numbered 1 to 100 on every channel.
  private static Map<Account, Role> allowlist(LoopChannel... channels) {
    Map<Account, Role> listed = new HashMap<>();
    for (LoopChannel channel : channels) {
      for (int chat = 1; chat <= 100; chat++) {
        listed.put(new Account(channel.name(), Integer.toString(chat)), Role.OWNER);
      }
    }
    return listed;
  }

  private DocumentControl documents() {
    JobControl control = new JobControl(rig.database, rig.library, rig.queue);
    return new DocumentControl() {
      @Override
      public boolean cancel(Tx tx, String sha256) {
        return control.cancel(tx, sha256);
      }

      @Override
      public boolean retry(Tx tx, String sha256) {
        return control.retry(tx, sha256);
      }
    };
  }

  private static Map<String, Command> commands() {
    Command ping =
        new Command() {
          @Override
          public String name() {
            return "ping";
          }

          @Override
          public Role least() {
            return Role.GUEST;
          }

          @Override
          public Turn run(Spoken spoken, String words, LiveReply live) {
            return Turn.say("pong " + words);
          }
        };
    return Map.of("ping", ping);
  }

  private Asker asker() {
    return new Asker() {
      @Override
      public Turn answer(Spoken spoken, String question, LiveReply live)
          throws InterruptedException, TalkException {
        return answer.to(spoken, question);
      }

      @Override
      public Turn summarise(Spoken spoken, String sha256, LiveReply live)
          throws InterruptedException, TalkException {
        return answer.to(spoken, "summary of " + spoken.files().getFirst().name());
      }
    };
  }

  /// Answers questions so from now on.
  public void answering(Answer newAnswer) {
    answer = newAnswer;
  }

  public ChatRig start() {
    startLanes();
    startPostman();
    return this;
  }

  void startLanes() {
    rig.queue.addListener(loop::stopCancelled);
    loop.start();
  }

  void startPostman() {
    postman.start();
  }

  /// Time passes, and whoever waits for a time looks again.
  void pass(Duration time) {
    clock.advance(time);
    outbox.signal().raise();
  }

  String log() {
    return log.toString(StandardCharsets.UTF_8);
  }

  /// Waits for something that will be so.
  public static void await(BooleanSupplier condition) throws InterruptedException {
    while (!condition.getAsBoolean()) {
      Thread.sleep(5);
    }
  }

  /// Ends it without a goodbye to anybody: what was under way stays as it is on the disk.
  void crash() {
    rig.database.close();
    loop.close();
    postman.close();
  }

  @Override
  public void close() {
    loop.close();
    postman.close();
    switchedOn.all().forEach(Channel::close);
    rig.close();
  }
}
