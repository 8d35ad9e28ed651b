package dev.sandpiper.edge.chat;

import dev.sandpiper.edge.channel.Address;
import dev.sandpiper.edge.people.Person;
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

  /// Does it, and answers when nothing else will.
  void act(Tx tx, Control control, By by) {
    boolean done =
        switch (control) {
          case Control.CancelChat _ -> cancelChat(tx, by);
          case Control.CancelMessage(long id) -> isOf(tx, id, by) && cancel(tx, id);
          case Control.RetryMessage(long id) -> isOf(tx, id, by) && retry(tx, id);
          case Control.CancelDocument(long id) ->
              Followers.document(tx, id, by.address())
                  .map(document -> documents.cancel(tx, document))
                  .orElse(false);
          case Control.RetryDocument(long id) ->
              Followers.document(tx, id, by.address())
                  .map(document -> documents.retry(tx, document))
                  .orElse(false);
        };
    tidings.controlled(tx, by, control, done);
  }

  /// The answer that is being made; without one, the documents that are being read for this chat.
  private boolean cancelChat(Tx tx, By by) {
    Optional<Message> open = MessageRows.open(tx, by.address().text());
    if (open.isPresent()) {
      return cancel(tx, open.get().id());
    }
    boolean any = false;
    List<String> followed = Followers.documents(tx, by.address());
    for (String document : followed) {
      any |= documents.cancel(tx, document);
    }
    return any;
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
