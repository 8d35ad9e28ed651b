package dev.sandpiper.edge.chat;

import dev.sandpiper.edge.channel.Address;
import dev.sandpiper.edge.channel.Inbox;
import dev.sandpiper.edge.channel.Incoming;
import dev.sandpiper.edge.channel.IncomingFile;
import dev.sandpiper.edge.event.EventLog;
import dev.sandpiper.edge.people.Guard;
import dev.sandpiper.edge.people.Notice;
import dev.sandpiper.edge.people.People;
import dev.sandpiper.edge.people.Person;
import dev.sandpiper.edge.people.Verdict;
import dev.sandpiper.edge.queue.Job;
import dev.sandpiper.edge.queue.JobQueue;
import dev.sandpiper.edge.queue.JobState;
import dev.sandpiper.edge.queue.JobWatch;
import dev.sandpiper.edge.queue.NewJob;
import dev.sandpiper.edge.queue.Priority;
import dev.sandpiper.edge.store.Database;
import dev.sandpiper.edge.store.Tx;
import dev.sandpiper.edge.talk.Messages;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Takes messages in, and gives each chat's to be answered one after the other.
///
/// A message ends in the transaction that ends its job, whatever ends it; the same transaction
/// begins the chat's next one.
public final class Mailbox implements Inbox {

  /// The kind of the jobs it makes.
  public static final String ANSWER = "answer";

  /// Ended messages are cleared away once per so many new ones.
  private static final int CLEAR_EVERY = 256;

  private final Parts parts;
  private final Controls controls;
  private final ChatOptions options;
  private final InstantSource clock;
  private final Tidings tidings;
  private int added; // writer thread only

  /// What it works with.
  public record Parts(
      Database database,
      JobQueue queue,
      Guard guard,
      People people,
      Outbox outbox,
      EventLog events,
      Messages messages) {}

  /// @param documents what stops and resumes documents, for their buttons
  public Mailbox(Parts parts, DocumentControl documents, ChatOptions options, InstantSource clock) {
    this.parts = parts;
    this.options = options;
    this.clock = clock;
    this.tidings = new Tidings(parts.people(), parts.outbox(), parts.messages());
    this.controls = new Controls(parts.queue(), documents, tidings);
    parts.queue().watch(new Watch());
    parts.outbox().watchMoves(Mailbox::move);
  }

  @Override
  public Taken accept(Incoming incoming) {
    String channel = incoming.address().channel();
    boolean known =
        parts.database().read(tx -> MessageRows.isKnown(tx, channel, incoming.updateKey()));
    if (known) {
      return Taken.KNOWN;
    }
    return parts.guard().ignores(incoming)
        ? Taken.DENIED
        : parts.database().write(tx -> judge(tx, incoming));
  }

  private Taken judge(Tx tx, Incoming incoming) {
    Address address = incoming.address();
    if (MessageRows.isKnown(tx, address.channel(), incoming.updateKey())) {
      return Taken.KNOWN; // both deliveries were looked for before either was taken
    }
    return switch (parts.guard().admit(tx, incoming)) {
      case Verdict.Admitted(Person person) -> keep(tx, incoming, person);
      case Verdict.Paired(Person person, Notice notice) -> {
        // The code itself is not kept.
        Said said = new Said.Words("", List.of(), "", null, null);
        insert(tx, incoming, person, said, MessageState.DONE);
        tidings.door(tx, address, person.language(), notice);
        yield Taken.NEW;
      }
      case Verdict.TurnedAway(var notice) -> {
        if (notice != null) {
          tidings.door(tx, address, parts.guard().languageOf(incoming.sender()), notice);
        }
        yield Taken.DENIED;
      }
    };
  }

  private Taken keep(Tx tx, Incoming incoming, Person person) {
    Address address = incoming.address();
    Said said = said(incoming.content());
    Optional<Controls.Control> control = Controls.find(said);
    if (control.isPresent()) {
      long id = insert(tx, incoming, person, said, MessageState.DONE);
      controls.act(tx, control.get(), new Controls.By(id, address, person));
      return Taken.NEW;
    }
    if (isFull(tx, address)) {
      tidings.full(tx, address, person, options.maxWaiting());
      return Taken.DENIED;
    }
    long id = insert(tx, incoming, person, said, MessageState.WAITING);
    begin(tx, id, address);
    return Taken.NEW;
  }

  private long insert(Tx tx, Incoming incoming, Person person, Said said, MessageState state) {
    return MessageRows.insert(
        tx,
        new MessageRows.New(
            incoming.address().channel(),
            incoming.updateKey(),
            incoming.address(),
            person.id(),
            said),
        state,
        clock.instant());
  }

  /// Whether so much of a chat is unanswered, or so many answers unsent, that more would only wait.
  private boolean isFull(Tx tx, Address address) {
    int most = options.maxWaiting();
    return MessageRows.unanswered(tx, address.text(), most) >= most
        || parts.outbox().waiting(tx, address, most) >= most;
  }

  /// Adds a message of the agent to itself, in its place among those of the chat.
  ///
  /// @param key unique: the same one is added once
  void note(Tx tx, String key, Address address, long person, Said.News news) {
    if (!MessageRows.isKnown(tx, address.channel(), key)) {
      MessageRows.New message = new MessageRows.New(address.channel(), key, address, person, news);
      begin(tx, MessageRows.insert(tx, message, MessageState.WAITING, clock.instant()), address);
    }
  }

  /// Asks something on somebody's behalf, as if they had written it now, in its place among the
  /// messages of the chat.
  ///
  /// @param key unique: the same one asks once
  public void ask(Tx tx, String key, Address address, long person, Said.Scheduled said) {
    if (!MessageRows.isKnown(tx, address.channel(), key)) {
      MessageRows.New message = new MessageRows.New(address.channel(), key, address, person, said);
      begin(tx, MessageRows.insert(tx, message, MessageState.WAITING, clock.instant()), address);
    }
  }

  /// Whether what was asked under a key is not answered yet, and not given up.
  public boolean isOpen(Tx tx, Address address, String key) {
    return MessageRows.isOpen(tx, address.channel(), key);
  }

  /// How many messages of a person were answered since a moment.
  public long answeredSince(long person, Instant since) {
    return parts
        .database()
        .read(tx ->
            tx.queryOne(
                    "SELECT count(*) FROM messages WHERE person=? AND state='DONE' AND ended>=?",
                    row -> row.number(1),
                    person,
                    since)
                .orElse(0L));
  }

  private void begin(Tx tx, long id, Address address) {
    startNext(tx, address);
    clearEnded(tx);
    publish(tx, id, address, "open");
  }

  /// Gives the chat's next message a job, when none has one.
  private void startNext(Tx tx, Address address) {
    if (MessageRows.open(tx, address.text()).isPresent()) {
      return;
    }
    MessageRows.firstWaiting(tx, address.text())
        .ifPresent(next -> {
          long job =
              parts
                  .queue()
                  .enqueue(
                      tx,
                      NewJob.of(ANSWER, Priority.ANSWER, address.text(), Long.toString(next.id())));
          MessageRows.state(tx, next.id(), MessageState.OPEN, job);
        });
  }

  private Said said(Incoming.Content content) {
    return switch (content) {
      case Incoming.Content.Message message -> {
        String text = message.text();
        int length = text.codePointCount(0, text.length());
        boolean tooLong = length > options.maxText();
        yield new Said.Words(
            tooLong ? text.substring(0, text.offsetByCodePoints(0, 100)) : text,
            files(message.files()),
            message.messageId(),
            message.replyTo(),
            tooLong ? length : null);
      }
      case Incoming.Content.Press press -> new Said.Pressed(press.data(), press.messageId());
    };
  }

  private List<IncomingFile> files(List<IncomingFile> files) {
    return files.size() <= options.maxFiles() ? files : files.subList(0, options.maxFiles());
  }

  /// A message of the inbox.
  public Optional<Message> find(long id) {
    return parts.database().read(tx -> MessageRows.find(tx, id));
  }

  /// The message a job is to answer; empty when the job has become void.
  public Optional<Message> find(Job job) {
    return parts
        .database()
        .read(tx -> MessageRows.find(tx, messageOf(job)))
        .filter(message -> isOf(message, job));
  }

  /// Messages of a chat that could not be answered, newest first.
  public List<Message> parked(Address address, int limit) {
    return parts.database().read(tx -> MessageRows.parked(tx, address.text(), limit));
  }

  /// Messages that could not be answered, newest first.
  public List<Message> parked(int limit) {
    return parts.database().read(tx -> MessageRows.parked(tx, limit));
  }

  /// The chat in which a person has written last.
  public Optional<Address> findLastChat(Tx tx, long person) {
    return tx.queryOne(
        "SELECT address FROM messages WHERE person=? ORDER BY id DESC LIMIT 1",
        row -> Address.of(row.text(1)),
        person);
  }

  /// Tries to answer a parked message again.
  ///
  /// @return whether it was parked
  public boolean retry(Tx tx, long id) {
    return controls.retry(tx, id);
  }

  /// Takes a message back: what works on it is stopped.
  ///
  /// @return whether it was not answered yet
  public boolean cancel(Tx tx, long id) {
    return controls.cancel(tx, id);
  }

  /// Whether a message that is not answered yet names a blob: a sweep must spare it.
  public boolean mentions(String sha256) {
    return parts
        .database()
        .read(tx ->
            tx.queryOne(
                    "SELECT 1 FROM messages WHERE state IN ('WAITING', 'OPEN') AND"
                        + " instr(content, ?) LIMIT 1",
                    row -> row.number(1),
                    sha256)
                .isPresent());
  }

  /// Takes the words out of what a chat has said and been answered.
  void forget(Tx tx, Address address) {
    tx.update(
        "UPDATE messages SET content='{}', reason=NULL WHERE address=? AND state IN ('DONE',"
            + " 'CANCELLED')",
        address.text());
  }

  private static void move(Tx tx, Address from, Address to) {
    tx.update("UPDATE messages SET address=? WHERE address=?", to.text(), from.text());
  }

  private static long messageOf(Job job) {
    return Long.parseLong(job.payload());
  }

  private static boolean isOf(Message message, Job job) {
    return message.job() != null && message.job() == job.id();
  }

  private void publish(Tx tx, long id, Address address, String state) {
    String chat = JsonText.of(address.text());
    tx.afterCommit(() ->
        parts
            .events()
            .publish(
                "message",
                "{\"message\":" + id + ",\"chat\":" + chat + ",\"state\":\"" + state + "\"}"));
  }

  /// Messages that ended long ago and are no longer among the newest. A far side delivers an update
  /// again for some days at most.
  private void clearEnded(Tx tx) {
    added++;
    if (added % CLEAR_EVERY != 0) {
      return;
    }
    tx.update(
        "DELETE FROM messages WHERE id IN (SELECT id FROM messages WHERE id <= (SELECT max(id)"
            + " FROM messages) - ? AND ended < ? AND state IN ('DONE', 'CANCELLED') ORDER BY id"
            + " LIMIT ?)",
        options.keepMessages(),
        clock.instant().minus(options.keepFor()),
        4 * CLEAR_EVERY);
  }

  /// What becomes of a message when something becomes of its job.
  private final class Watch implements JobWatch {

    @Override
    public void ended(Tx tx, Job job, JobState state, @Nullable String reason) {
      Optional<Message> mine = message(tx, job);
      if (mine.isEmpty() || mine.get().state() != MessageState.OPEN) {
        return;
      }
      Message message = mine.get();
      switch (state) {
        case DONE -> end(tx, message, MessageState.DONE, null);
        case CANCELLED -> {
          end(tx, message, MessageState.CANCELLED, null);
          tidings.cancelled(tx, message);
        }
        case PARKED -> {
          end(tx, message, MessageState.PARKED, reason);
          tidings.parked(tx, message, String.valueOf(reason));
        }
        case READY, RUNNING, WAITING -> {}
      }
      startNext(tx, message.address());
    }

    /// An operator resumes the job itself: it waits its turn, too.
    @Override
    public void resumed(Tx tx, Job job) {
      Optional<Message> mine = message(tx, job);
      if (mine.isEmpty() || mine.get().state() != MessageState.PARKED) {
        return;
      }
      Message message = mine.get();
      MessageRows.state(tx, message.id(), MessageState.WAITING, null);
      parts.queue().cancel(tx, job.id());
      startNext(tx, message.address());
    }

    private Optional<Message> message(Tx tx, Job job) {
      return job.kind().equals(ANSWER)
          ? MessageRows.find(tx, messageOf(job)).filter(message -> isOf(message, job))
          : Optional.empty();
    }

    private void end(Tx tx, Message message, MessageState state, @Nullable String reason) {
      MessageRows.end(tx, message.id(), state, reason, clock.instant());
      if (state != MessageState.PARKED && Controls.hasCode(message.said())) {
        MessageRows.empty(tx, message.id());
      }
      publish(tx, message.id(), message.address(), state.name().toLowerCase(java.util.Locale.ROOT));
    }
  }
}
