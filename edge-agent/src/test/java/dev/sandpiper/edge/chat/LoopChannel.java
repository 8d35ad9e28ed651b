package dev.sandpiper.edge.chat;

import dev.sandpiper.edge.channel.Address;
import dev.sandpiper.edge.channel.Button;
import dev.sandpiper.edge.channel.Channel;
import dev.sandpiper.edge.channel.Delivery;
import dev.sandpiper.edge.channel.FileRefusedException;
import dev.sandpiper.edge.channel.Inbox;
import dev.sandpiper.edge.channel.Incoming;
import dev.sandpiper.edge.channel.IncomingFile;
import dev.sandpiper.edge.channel.LiveReply;
import dev.sandpiper.edge.channel.Outgoing;
import dev.sandpiper.edge.channel.Parcel;
import dev.sandpiper.edge.channel.Sender;
import dev.sandpiper.edge.health.CheckResult;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// A channel whose far side is in the test: it keeps what it was sent, and answers sends as the
/// test says. It outlives agents, as a far side does.
public final class LoopChannel implements Channel {

  /// Answers a send in the test's way; `null`: as usual.
  public interface Script {
    @Nullable Delivery deliver(Parcel parcel) throws InterruptedException;
  }

  /// What arrived.
  public record Arrived(String farId, Parcel parcel) {
    public String text() {
      return switch (parcel.content()) {
        case Outgoing.Text text -> text.markdown();
        case Outgoing.Edit edit -> edit.markdown();
        case Outgoing.Attachment file -> file.caption();
      };
    }

    public List<Button> buttons() {
      return switch (parcel.content()) {
        case Outgoing.Text text -> text.buttons();
        case Outgoing.Edit edit -> edit.buttons();
        case Outgoing.Attachment _ -> List.of();
      };
    }
  }

  private final String name;
  private final boolean idempotent;
  private final int longest;
  private final AtomicLong ids = new AtomicLong();
  private final Map<String, Object> files = new HashMap<>();
  private final List<Arrived> arrived = new ArrayList<>();
  private final Map<String, String> seen = new HashMap<>();
  private final Deque<Script> script = new ArrayDeque<>();
  private @Nullable Script always;
  private volatile @Nullable Inbox inbox;

  public LoopChannel(String name, boolean idempotent) {
    this(name, idempotent, 2_000);
  }

  /// @param longest piece, in characters
  public LoopChannel(String name, boolean idempotent, int longest) {
    this.name = name;
    this.idempotent = idempotent;
    this.longest = longest;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void start(Inbox newInbox) {
    inbox = newInbox;
  }

  @Override
  public List<String> split(String markdown) {
    List<String> pieces = new ArrayList<>();
    for (int i = 0; i < markdown.length(); i += longest) {
      pieces.add(markdown.substring(i, Math.min(markdown.length(), i + longest)));
    }
    return pieces;
  }

  @Override
  public Delivery deliver(Parcel parcel) throws InterruptedException {
    Script next;
    synchronized (this) {
      next = script.isEmpty() ? always : script.removeFirst();
    }
    Delivery scripted = next == null ? null : next.deliver(parcel);
    return scripted == null ? take(parcel) : scripted;
  }

  /// What a far side does with a parcel.
  public synchronized Delivery take(Parcel parcel) {
    String known = idempotent ? seen.get(parcel.key()) : null;
    if (known != null) {
      return new Delivery.Delivered(known);
    }
    String farId = "far-" + ids.incrementAndGet();
    seen.put(parcel.key(), farId);
    arrived.add(new Arrived(farId, parcel));
    notifyAll();
    return new Delivery.Delivered(farId);
  }

  /// Answers the next sends, one each.
  public synchronized LoopChannel next(Script... scripts) {
    script.addAll(List.of(scripts));
    return this;
  }

  /// Answers every send that has no answer of its own.
  public synchronized void always(@Nullable Script newAlways) {
    always = newAlways;
  }

  @Override
  public boolean isIdempotent() {
    return idempotent;
  }

  @Override
  public synchronized InputStream open(IncomingFile file) throws IOException {
    return switch (files.get(file.reference())) {
      case byte[] bytes -> new ByteArrayInputStream(bytes);
      case IOException e -> throw e;
      case null ->
          throw new FileRefusedException(
              FileRefusedException.Reason.GONE, "It is gone from " + name + ".");
      default -> throw new IllegalStateException();
    };
  }

  /// Puts a file there.
  public synchronized IncomingFile file(String fileName, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    files.put(fileName, bytes);
    return new IncomingFile(fileName, bytes.length, "text/plain", fileName);
  }

  /// Puts a file there that cannot be had.
  public synchronized IncomingFile broken(String fileName, IOException e) {
    files.put(fileName, e);
    return new IncomingFile(fileName, 10, "text/plain", fileName);
  }

  @Override
  public LiveReply live(Address address) {
    return LiveReply.none();
  }

  @Override
  public CheckResult check() {
    return CheckResult.ok(name, "it loops");
  }

  @Override
  public void close() {
    inbox = null;
  }

  /// Somebody writes.
  public Inbox.Taken write(String updateKey, String chat, String text, IncomingFile... with) {
    return receive(
        updateKey,
        chat,
        new Incoming.Content.Message(text, List.of(with), "their-" + updateKey, null));
  }

  /// Somebody presses a button.
  public Inbox.Taken press(String updateKey, String chat, Button button) {
    return receive(updateKey, chat, new Incoming.Content.Press(button.data(), "far-1"));
  }

  private Inbox.Taken receive(String updateKey, String chat, Incoming.Content content) {
    Inbox to = inbox;
    if (to == null) {
      throw new IllegalStateException("nobody listens");
    }
    return to.accept(
        new Incoming(
            updateKey,
            new Address(name, chat),
            new Sender(name, chat, "Ada", "en"),
            false,
            content));
  }

  /// What has arrived.
  public synchronized List<Arrived> arrived() {
    return List.copyOf(arrived);
  }

  /// The texts that have arrived in a chat.
  public synchronized List<String> texts(String chat) {
    return arrived.stream()
        .filter(a -> a.parcel().address().chat().equals(chat))
        .map(Arrived::text)
        .toList();
  }

  /// Waits until so much has arrived.
  public synchronized List<Arrived> await(int count) throws InterruptedException {
    while (arrived.size() < count) {
      wait();
    }
    return List.copyOf(arrived);
  }
}
