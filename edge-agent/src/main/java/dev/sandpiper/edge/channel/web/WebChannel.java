package dev.sandpiper.edge.channel.web;

import dev.sandpiper.edge.channel.Address;
import dev.sandpiper.edge.channel.Channel;
import dev.sandpiper.edge.channel.Delivery;
import dev.sandpiper.edge.channel.FileRefusedException;
import dev.sandpiper.edge.channel.Inbox;
import dev.sandpiper.edge.channel.Incoming;
import dev.sandpiper.edge.channel.IncomingFile;
import dev.sandpiper.edge.channel.LiveReply;
import dev.sandpiper.edge.channel.Outgoing;
import dev.sandpiper.edge.channel.Parcel;
import dev.sandpiper.edge.channel.PlainPieces;
import dev.sandpiper.edge.channel.Sender;
import dev.sandpiper.edge.event.EventSource;
import dev.sandpiper.edge.health.CheckResult;
import dev.sandpiper.edge.store.Blob;
import dev.sandpiper.edge.store.BlobStore;
import dev.sandpiper.edge.store.Tx;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Chat on the agent's own page. A chat is a visitor, on however many devices. What is delivered is
/// in the history, whether a page is open or not.
public final class WebChannel implements Channel {

  /// Its name in addresses.
  public static final String NAME = "web";

  /// Most files of one message.
  public static final int MOST_FILES = 20;

  /// Longest message of a person, in characters.
  public static final int LONGEST_TEXT = 32_000;

  private static final int LONGEST_PIECE = 16_000;
  private static final int FILE_ID_BYTES = 18;

  /// Files whose message never came are forgotten after this long.
  private static final Duration FILE_WAITS = Duration.ofDays(1);

  private final WebHistory history;
  private final BlobStore blobs;
  private final RandomGenerator random;
  private final WebFeeds feeds;
  private volatile @Nullable Inbox inbox;

  /// @param random a cryptographic source
  public WebChannel(
      WebHistory history, BlobStore blobs, InstantSource clock, RandomGenerator random) {
    this.history = history;
    this.blobs = blobs;
    this.random = random;
    this.feeds = new WebFeeds(clock);
  }

  /// What became of a message.
  public sealed interface Said {
    /// It is kept and will be answered, or was before.
    record Taken(WebMessage message) implements Said {}

    /// The visitor may not speak now.
    record Denied() implements Said {}

    /// It names a file or a button that is not there.
    record Missing() implements Said {}
  }

  /// Takes a message. When this returns `Taken`, it is on the disk; the same key says it once.
  ///
  /// @param key of the client's making: letters, digits, `-` and `_`
  /// @param files ids of files that were kept
  public Said say(Visitor visitor, String key, String text, List<String> files) {
    long id;
    try {
      id = history.begin(visitor.id(), key, text, files);
    } catch (IllegalArgumentException _) {
      return new Said.Missing();
    }
    WebMessage message = history.find(visitor.id(), id).orElseThrow();
    List<IncomingFile> incoming =
        message.files().stream()
            .map(file ->
                new IncomingFile(
                    file.name(), file.size(), file.mediaType(), visitor.id() + "/" + file.id()))
            .toList();
    Incoming.Content content =
        new Incoming.Content.Message(message.text(), incoming, Long.toString(id), null);
    if (taken(visitor, key, content) == Inbox.Taken.DENIED) {
      history.forget(id);
      return new Said.Denied();
    }
    history.taken(id);
    feeds.message(visitor.id(), message);
    return new Said.Taken(message);
  }

  /// Takes the press of a button.
  ///
  /// @param message the message it hangs on
  public Said press(Visitor visitor, String key, long message, String data) {
    Optional<WebMessage> pressed = history.find(visitor.id(), message);
    boolean there =
        pressed.stream()
            .flatMap(one -> one.buttons().stream())
            .anyMatch(button -> button.data().equals(data));
    if (!there) {
      return new Said.Missing();
    }
    Incoming.Content content = new Incoming.Content.Press(data, Long.toString(message));
    if (taken(visitor, key, content) == Inbox.Taken.DENIED) {
      return new Said.Denied();
    }
    history.pressed(message, data);
    WebMessage now = history.find(visitor.id(), message).orElseThrow();
    feeds.message(visitor.id(), now);
    return new Said.Taken(now);
  }

  private Inbox.Taken taken(Visitor visitor, String key, Incoming.Content content) {
    Inbox open = inbox;
    if (open == null) {
      throw new IllegalStateException("the web channel was not started");
    }
    return open.accept(
        new Incoming(
            visitor.id() + ":" + key,
            new Address(NAME, visitor.id()),
            new Sender(NAME, visitor.id(), visitor.name(), visitor.language().getLanguage()),
            false,
            content));
  }

  /// Keeps a file until its message comes.
  ///
  /// @param bytes what it holds
  /// @throws dev.sandpiper.edge.store.BlobTooLargeException when it is over `maxBytes`
  public WebFile keep(Visitor visitor, String name, String mediaType, Bytes bytes)
      throws IOException {
    Blob blob = blobs.put(bytes.in(), bytes.most());
    byte[] id = new byte[FILE_ID_BYTES];
    random.nextBytes(id);
    WebFile file =
        new WebFile(
            Base64.getUrlEncoder().withoutPadding().encodeToString(id),
            name,
            mediaType,
            blob.sha256(),
            blob.size());
    history.keep(visitor.id(), file, FILE_WAITS);
    return file;
  }

  /// A file's bytes.
  ///
  /// @param in the caller closes it
  /// @param most largest size that is kept
  public record Bytes(InputStream in, long most) {}

  /// What happens in a visitor's chat.
  ///
  /// @return empty when too many of their pages are open
  public Optional<EventSource> listen(Visitor visitor, long session) {
    return feeds.open(visitor.id(), session);
  }

  /// Ends what a session listens to.
  public void endListening(long session) {
    feeds.end(session);
  }

  /// Forgets what was said in a chat, as far as it is answered; the pages that show it look again.
  public void forget(Tx tx, Address address) {
    if (address.channel().equals(NAME)) {
      WebHistory.forget(tx, address);
      tx.afterCommit(() -> feeds.forget(address.chat()));
    }
  }

  /// What was said.
  public WebHistory history() {
    return history;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void start(Inbox inbox) {
    this.inbox = inbox;
  }

  /// The page shows messages of any length; only one that would make it slow is cut, at a line.
  @Override
  public List<String> split(String markdown) {
    return PlainPieces.cut(markdown, LONGEST_PIECE);
  }

  @Override
  public Delivery deliver(Parcel parcel) {
    String chat = parcel.address().chat();
    // A client's key has no colon: nobody can take the place of what is to be delivered.
    String key = "out:" + parcel.key();
    WebHistory.Saying saying =
        switch (parcel.content()) {
          case Outgoing.Text text ->
              new WebHistory.Saying(chat, key, text.markdown(), text.buttons(), null, null);
          case Outgoing.Edit edit ->
              new WebHistory.Saying(
                  chat, key, edit.markdown(), edit.buttons(), number(parcel.target()), null);
          case Outgoing.Attachment file ->
              new WebHistory.Saying(
                  chat, key, file.caption(), List.of(), null, attached(parcel, file));
        };
    WebMessage message = history.say(saying);
    feeds.message(chat, message);
    return new Delivery.Delivered(Long.toString(message.id()));
  }

  private WebFile attached(Parcel parcel, Outgoing.Attachment file) {
    long size;
    try {
      size = java.nio.file.Files.size(blobs.path(file.sha256()));
    } catch (IOException _) {
      size = 0; // deleted meanwhile: the page says so when somebody asks for it
    }
    return new WebFile("out-" + parcel.key(), file.name(), file.mediaType(), file.sha256(), size);
  }

  private static @Nullable Long number(@Nullable String text) {
    try {
      return text == null ? null : Long.valueOf(text);
    } catch (NumberFormatException _) {
      return null;
    }
  }

  @Override
  public boolean isIdempotent() {
    return true;
  }

  @Override
  public InputStream open(IncomingFile file) throws IOException {
    int slash = file.reference().indexOf('/');
    String chat = file.reference().substring(0, Math.max(0, slash));
    WebFile kept =
        history
            .file(chat, file.reference().substring(slash + 1))
            .orElseThrow(() -> gone(file.name()));
    try {
      return blobs.read(kept.sha256());
    } catch (NoSuchFileException _) {
      throw gone(file.name());
    }
  }

  private static FileRefusedException gone(String name) {
    return new FileRefusedException(
        FileRefusedException.Reason.GONE,
        name + " is not on the agent's disk any more. Send it again.");
  }

  @Override
  public LiveReply live(Address address) {
    return feeds.live(address.chat());
  }

  @Override
  public CheckResult check() {
    return CheckResult.ok(NAME, "the page is served");
  }

  @Override
  public void close() {
    inbox = null;
  }
}
