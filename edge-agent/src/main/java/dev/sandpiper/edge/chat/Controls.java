package dev.sandpiper.edge.chat;

import dev.sandpiper.edge.channel.Address;
import dev.sandpiper.edge.people.Guard;
import dev.sandpiper.edge.people.Person;
import dev.sandpiper.edge.people.Role;
import dev.sandpiper.edge.queue.JobQueue;
import dev.sandpiper.edge.store.Tx;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// What acts at once, past the queue: stopping, and trying again. Behind an answer that is being
/// made it would come too late.
final class Controls {
  static final String CANCEL = "cancel:";
  static final String RETRY = "retry:";

  /// Alone, with a bot's name at most; with words behind it, it is a command like any other.
  private static final Pattern CANCEL_COMMAND =
      Pattern.compile("\\s*/cancel(?:@\\w{1,64})?\\s*", Pattern.CASE_INSENSITIVE);

  private final JobQueue queue;
  private final DocumentControl documents;
  private final Tidings tidings;

  Controls(JobQueue queue, DocumentControl documents, Tidings tidings) {
    this.queue = queue;
    this.documents = documents;
    this.tidings = tidings;
  }

  /// Something to do at once.
  sealed interface Control {
    /// Stop what this chat waits for.
    record CancelChat() implements Control {}

    /// Take a message back.
    record CancelMessage(long message) implements Control {}

    /// Answer a parked message.
    record RetryMessage(long message) implements Control {}

    /// Stop a document somebody waits for.
    record CancelDocument(long follower) implements Control {}

    /// Parse a parked document.
    record RetryDocument(long follower) implements Control {}
  }

  /// Who does it, where.
  ///
  /// @param message the one that asks for it
  record By(long message, Address address, Person person) {}

  static Optional<Control> find(Said said) {
    return switch (said) {
      case Said.Words words
          when words.files().isEmpty() && CANCEL_COMMAND.matcher(words.text()).matches() ->
          Optional.of(new Control.CancelChat());
      case Said.Pressed(String data, String _) when data.startsWith(CANCEL) ->
          target(data.substring(CANCEL.length()), true);
      case Said.Pressed(String data, String _) when data.startsWith(RETRY) ->
          target(data.substring(RETRY.length()), false);
      case Said.Words _, Said.Pressed _, Said.News _, Said.Scheduled _ -> Optional.empty();
    };
  }

  /// Whether it carries a pairing code: that is not kept once it has been answered.
  static boolean hasCode(Said said) {
    return said instanceof Said.Words words && Guard.carriesCode(words.text());
  }

  private static Optional<Control> target(String target, boolean cancel) {
    if (target.length() < 2 || !target.substring(1).chars().allMatch(Character::isDigit)) {
      return Optional.empty();
    }
    long id = Long.parseLong(target.substring(1, Math.min(target.length(), 19)));
    return switch (target.charAt(0)) {
      case 'm' ->
          Optional.of(cancel ? new Control.CancelMessage(id) : new Control.RetryMessage(id));
      case 'd' ->
          Optional.of(cancel ? new Control.CancelDocument(id) : new Control.RetryDocument(id));
      default -> Optional.empty();
    };
  }

  /// What became of it.
  enum Outcome {
    DONE,
    NOTHING,
    /// Only whose it is may stop it, and an owner.
    NOT_YOURS;

    static Outcome of(boolean done) {
      return done ? DONE : NOTHING;
    }
  }

  /// Does it, and answers when nothing else will.
  void act(Tx tx, Control control, By by) {
    Outcome outcome =
        switch (control) {
          case Control.CancelChat _ -> cancelChat(tx, by);
          case Control.CancelMessage(long id) ->
              isOf(tx, id, by) ? cancelMessage(tx, id, by) : Outcome.NOTHING;
          case Control.RetryMessage(long id) -> Outcome.of(isOf(tx, id, by) && retry(tx, id));
          case Control.CancelDocument(long id) ->
              Followers.document(tx, id, by.address())
                  .map(document -> cancelDocument(tx, document, by))
                  .orElse(Outcome.NOTHING);
          case Control.RetryDocument(long id) ->
              Outcome.of(
                  Followers.document(tx, id, by.address())
                      .map(document -> documents.retry(tx, document))
                      .orElse(false));
        };
    tidings.controlled(tx, by, control, outcome);
  }

  /// The answer that is being made; without one, the documents that are being read for who asks.
  private Outcome cancelChat(Tx tx, By by) {
    Optional<Message> open = MessageRows.open(tx, by.address().text());
    if (open.isPresent()) {
      return cancelMessage(tx, open.get().id(), by);
    }
    Outcome outcome = Outcome.NOTHING;
    for (String document : Followers.documents(tx, by.address())) {
      Outcome its = cancelDocument(tx, document, by);
      outcome = its == Outcome.DONE || outcome == Outcome.NOTHING ? its : outcome;
    }
    return outcome;
  }

  private Outcome cancelMessage(Tx tx, long id, By by) {
    boolean foreign =
        MessageRows.find(tx, id).map(message -> !mayStop(message.person(), by)).orElse(false);
    return foreign ? Outcome.NOT_YOURS : Outcome.of(cancel(tx, id));
  }

  /// Stops a document for those who follow it here; the reading itself only when nobody else waits.
  private Outcome cancelDocument(Tx tx, String document, By by) {
    List<Followers.Waiting> all = Followers.waiting(tx, document);
    List<Followers.Waiting> mine =
        all.stream()
            .filter(one -> one.address().equals(by.address()) && mayStop(one.person(), by))
            .toList();
    if (mine.isEmpty()) {
      return Outcome.NOT_YOURS;
    }
    if (mine.size() == all.size()) {
      return Outcome.of(documents.cancel(tx, document));
    }
    for (Followers.Waiting one : mine) {
      Followers.leave(tx, one.id());
    }
    tidings.left(tx, by, mine.getFirst());
    return Outcome.DONE;
  }

  private static boolean mayStop(long person, By by) {
    return person == by.person().id() || by.person().role().atLeast(Role.OWNER);
  }

  /// A button works in its own chat only.
  private static boolean isOf(Tx tx, long message, By by) {
    return MessageRows.find(tx, message)
        .map(found -> found.address().equals(by.address()))
        .orElse(false);
  }

  boolean retry(Tx tx, long id) {
    return MessageRows.find(tx, id)
        .filter(message -> message.state() == MessageState.PARKED)
        .map(Message::job)
        .map(job -> queue.resume(tx, job))
        .orElse(false);
  }

  boolean cancel(Tx tx, long id) {
    Optional<Message> message = MessageRows.find(tx, id);
    if (message.isEmpty()) {
      return false;
    }
    Long job = message.get().job();
    return switch (message.get().state()) {
      case OPEN -> job != null && queue.cancel(tx, job);
      case PARKED, WAITING -> {
        MessageRows.state(tx, id, MessageState.CANCELLED, job);
        if (hasCode(message.get().said())) {
          MessageRows.empty(tx, id);
        }
        if (job != null) {
          queue.cancel(tx, job);
        }
        tidings.cancelled(tx, message.get());
        yield true;
      }
      case DONE, CANCELLED -> false;
    };
  }
}
