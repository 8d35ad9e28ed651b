package dev.sandpiper.edge.work.answer;

import dev.sandpiper.edge.channel.Address;
import dev.sandpiper.edge.channel.Channel;
import dev.sandpiper.edge.channel.LiveReply;
import dev.sandpiper.edge.channel.Outgoing;
import dev.sandpiper.edge.chat.Channels;
import dev.sandpiper.edge.chat.Followers;
import dev.sandpiper.edge.chat.Mailbox;
import dev.sandpiper.edge.chat.Message;
import dev.sandpiper.edge.chat.Outbox;
import dev.sandpiper.edge.chat.Said;
import dev.sandpiper.edge.chat.Sessions;
import dev.sandpiper.edge.intake.Intake;
import dev.sandpiper.edge.journal.Journal;
import dev.sandpiper.edge.library.Library;
import dev.sandpiper.edge.people.People;
import dev.sandpiper.edge.people.Person;
import dev.sandpiper.edge.queue.Disposition;
import dev.sandpiper.edge.queue.FailureKind;
import dev.sandpiper.edge.queue.JobQueue;
import dev.sandpiper.edge.queue.Lease;
import dev.sandpiper.edge.schedule.Schedules;
import dev.sandpiper.edge.store.Database;
import dev.sandpiper.edge.store.Tx;
import dev.sandpiper.edge.store.Work;
import dev.sandpiper.edge.talk.Markdown;
import dev.sandpiper.edge.talk.Messages;
import dev.sandpiper.edge.talk.Spoken;
import dev.sandpiper.edge.talk.TalkException;
import dev.sandpiper.edge.talk.Talker;
import dev.sandpiper.edge.talk.Turn;
import dev.sandpiper.edge.work.JobWork;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Answers messages: fetches their files, lets the talker decide, and applies its turn.
public final class AnswerWork implements JobWork {
  /// A wait that a person wants to know of.
  private static final Duration LONG = Duration.ofMinutes(1);

  private static final int LONGEST_REASON = 500;

  private final Parts parts;
  private final Arrivals arrivals;
  private final Documents documents;
  private final Journal journal;

  /// What it works with.
  public record Parts(
      Shelves shelves,
      Chat chat,
      Talker talker,
      People people,
      Messages messages,
      Schedules schedules) {}

  /// Where things are kept.
  public record Shelves(Database database, JobQueue queue, Library library, Intake intake) {}

  /// The conversation.
  public record Chat(
      Mailbox mailbox, Outbox outbox, Sessions sessions, Followers followers, Channels channels) {}

  public AnswerWork(Parts parts, Journal journal) {
    this.parts = parts;
    this.arrivals = new Arrivals(parts.shelves().intake(), parts.messages());
    this.documents = new Documents(parts);
    this.journal = journal;
  }

  @Override
  public Set<String> kinds() {
    return Set.of(Mailbox.ANSWER);
  }

  @Override
  public void run(Lease lease) throws InterruptedException {
    Optional<Message> message = parts.chat().mailbox().find(lease.job());
    Optional<Person> person =
        message.flatMap(found ->
            parts.shelves().database().read(tx -> parts.people().find(tx, found.person())));
    if (message.isEmpty() || person.isEmpty()) {
      // Taken back, or its sender is not let in any more: there is nothing left to do.
      write(lease, tx -> parts.shelves().queue().finish(tx, lease, outcome("void")));
      return;
    }
    Address address = message.get().address();
    Optional<Channel> channel = parts.chat().channels().find(address.channel());
    try (LiveReply live = channel.map(c -> c.live(address)).orElseGet(LiveReply::none)) {
      answer(lease, new Asked(message.get(), person.get(), channel), live);
    }
  }

  /// A message with what belongs to it.
  private record Asked(Message message, Person person, Optional<Channel> channel) {}

  private void answer(Lease lease, Asked asked, LiveReply live) throws InterruptedException {
    try {
      Reply reply = reply(asked, live);
      commit(lease, asked, reply);
    } catch (TalkException e) {
      if (e.isRefused() && asked.message().said() instanceof Said.Scheduled said) {
        refused(lease, asked, said, String.valueOf(e.getMessage()));
      } else if (e.isPermanent()) {
        commit(lease, asked, Reply.of(Turn.say(String.valueOf(e.getMessage()))));
      } else {
        retry(lease, asked, e);
      }
    }
  }

  private Reply reply(Asked asked, LiveReply live) throws InterruptedException, TalkException {
    return switch (asked.message().said()) {
      case Said.Words words when words.tooLong() != null ->
          Reply.of(
              Turn.say(
                  parts
                      .messages()
                      .text(asked.person().language(), "chat.too-long", words.tooLong())));
      case Said.Words words -> words(asked, words, live);
      case Said.Pressed pressed ->
          Reply.of(
              parts
                  .talker()
                  .answer(spoken(asked, pressed.data(), List.of(), pressed.messageId()), live));
      case Said.News news -> {
        Spoken.ReceivedFile file = new Spoken.ReceivedFile(news.name(), news.document(), null);
        Spoken spoken = spoken(asked, news.caption(), List.of(file), null);
        yield documents.tell(spoken, news, live).about(news.document());
      }
      case Said.Scheduled scheduled -> scheduled(asked, scheduled, live);
    };
  }

  private Reply words(Asked asked, Said.Words words, LiveReply live)
      throws InterruptedException, TalkException {
    List<Spoken.ReceivedFile> files =
        words.files().isEmpty() || asked.channel().isEmpty()
            ? List.of()
            : arrivals.fetch(asked.channel().get(), words.files(), asked.person().language());
    Spoken spoken = spoken(asked, words.text(), files, words.replyTo());
    boolean command = Talker.isCommand(words.text());
    Reply received = documents.received(spoken, !command);
    if (!command && !files.isEmpty()) {
      return received; // what was written with a document is answered when that is read
    }
    Turn turn = parts.talker().answer(spoken, live);
    return received.and(turn).remembering(command ? "" : words.text());
  }

  /// A schedule asks: nobody watches the answer grow that may be left out.
  private Reply scheduled(Asked asked, Said.Scheduled said, LiveReply live)
      throws InterruptedException, TalkException {
    Spoken spoken =
        new Spoken(
            asked.message().id(),
            asked.person(),
            asked.message().address(),
            said.text(),
            List.of(),
            null,
            new Spoken.Run(said.schedule(), said.isQuiet()));
    Turn turn = parts.talker().answer(spoken, said.isQuiet() ? LiveReply.none() : live);
    Reply reply = Reply.of(turn).remembering(Talker.isCommand(said.text()) ? "" : said.text());
    return said.note().isEmpty() || reply.answers().isEmpty()
        ? reply
        : reply.and(Turn.say(said.note()));
  }

  private static Spoken spoken(
      Asked asked, String text, List<Spoken.ReceivedFile> files, @Nullable String replyTo) {
    Message message = asked.message();
    return new Spoken(message.id(), asked.person(), message.address(), text, files, replyTo);
  }

  /// The answers, the effects, the history and the end of the job, or nothing of it.
  private void commit(Lease lease, Asked asked, Reply reply) {
    Address address = asked.message().address();
    List<Outgoing> pieces = parts.chat().outbox().cut(address, reply.answers());
    write(
        lease,
        tx -> {
          if (!parts.shelves().queue().finish(tx, lease, outcome("answered"))) {
            return false;
          }
          reply.effects().forEach(effect -> effect.apply(tx));
          if (asked.message().said() instanceof Said.Scheduled said
              && !parts.schedules().answered(tx, said.schedule(), said.planned(), reply.said())) {
            return true;
          }
          List<String> keys = parts.chat().outbox().put(tx, address, asked.message().id(), pieces);
          parts.chat().outbox().quotes(tx, asked.message().id(), keys, reply.quoted());
          reply.progress().forEach(progress -> progress.apply(tx, keys));
          if (!reply.history().isEmpty()) {
            parts.chat().sessions().append(tx, address, reply.history());
          }
          return true;
        });
  }

  /// The owner hears of it, but not each time.
  private void refused(Lease lease, Asked asked, Said.Scheduled said, String reason) {
    Address address = asked.message().address();
    String text =
        parts
            .messages()
            .text(asked.person().language(), "chat.schedule-refused", said.schedule(), reason);
    List<Outgoing> pieces = parts.chat().outbox().cut(address, List.of(Outgoing.text(text)));
    write(
        lease,
        tx -> {
          if (!parts.shelves().queue().finish(tx, lease, outcome("refused"))) {
            return false;
          }
          if (parts.schedules().refused(tx, said.schedule(), said.planned(), reason)) {
            parts.chat().outbox().put(tx, address, asked.message().id(), pieces);
          }
          return true;
        });
  }

  /// Tries it again later. When that is long, the person is told, once.
  private void retry(Lease lease, Asked asked, TalkException e) {
    Duration after = e.retryAfter();
    String reason = String.valueOf(e.getMessage());
    write(
        lease,
        tx -> {
          JobQueue queue = parts.shelves().queue();
          Disposition disposition =
              e.isNotYet()
                  ? queue.postpone(tx, lease, reason, after)
                  : queue.retry(tx, lease, FailureKind.TRANSIENT, reason, after);
          if (after != null && after.compareTo(LONG) >= 0 && disposition == Disposition.RETRYING) {
            tellLater(tx, asked, reason, after);
          }
          if (disposition == Disposition.PARKED
              && asked.message().said() instanceof Said.Scheduled said) {
            parts.schedules().failed(tx, said.schedule(), said.planned(), reason);
          }
          return disposition != Disposition.STALE;
        });
    report(lease, reason);
  }

  private void tellLater(Tx tx, Asked asked, String reason, Duration after) {
    Message message = asked.message();
    if (parts.chat().outbox().hasAnswered(tx, message.id())) {
      return;
    }
    String text =
        parts
            .messages()
            .text(
                asked.person().language(),
                "chat.later",
                after.toMinutes(),
                Markdown.plain(reason, LONGEST_REASON));
    parts.chat().outbox().put(tx, message.address(), message.id(), List.of(Outgoing.text(text)));
  }

  private void report(Lease lease, String reason) {
    journal.warn(
        "answer-failed",
        "job",
        lease.job().id(),
        "attempt",
        lease.job().attempts(),
        "reason",
        reason);
  }

  @Override
  public void failed(Lease lease, String reason) {
    write(
        lease,
        tx ->
            parts.shelves().queue().retry(tx, lease, FailureKind.TRANSIENT, reason, null)
                != Disposition.STALE);
    report(lease, reason);
  }

  private void write(Lease lease, Work<Boolean> work) {
    boolean mine = parts.shelves().database().write(work);
    if (!mine) {
      journal.info("late-answer", "job", lease.job().id(), "attempt", lease.job().attempts());
    }
  }

  private static String outcome(String state) {
    return "{\"state\":\"" + state + "\"}";
  }
}
