package dev.sandpiper.edge;

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
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A channel whose far side is people with phones, in the test. It outlives the agent.
class Phone implements Channel {

  /// What somebody got.
  ///
  /// @param file an attachment's bytes as text; empty when it is none
  record Got(String chat, String text, List<Button> buttons, String name, String file) {
    /// The button with this label.
    Button button(String label) {
      return buttons.stream().filter(b -> b.label().equals(label)).findFirst().orElseThrow();
    }
  }

  private final Map<String, String> files = new HashMap<>();
  private final List<Got> got = new ArrayList<>();
  private @Nullable Inbox inbox;
  private int sent;

  @Override
  public String name() {
    return "phone";
  }

  @Override
  public synchronized void start(Inbox newInbox) {
    inbox = newInbox;
  }

  @Override
  public List<String> split(String markdown) {
    return List.of(markdown);
  }

  @Override
  public synchronized Delivery deliver(Parcel parcel) {
    String chat = parcel.address().chat();
    got.add(
        switch (parcel.content()) {
          case Outgoing.Text text -> new Got(chat, text.markdown(), text.buttons(), "", "");
          case Outgoing.Edit edit -> new Got(chat, edit.markdown(), edit.buttons(), "", "");
          case Outgoing.Attachment file ->
              new Got(chat, file.caption(), List.of(), file.name(), read(parcel));
        });
    notifyAll();
    return new Delivery.Delivered("far-" + got.size());
  }

  private static String read(Parcel parcel) {
    try {
      return parcel.file() == null
          ? ""
          : Files.readString(parcel.file(), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean isIdempotent() {
    return false;
  }

  @Override
  public synchronized InputStream open(IncomingFile file) throws IOException {
    String text = files.get(file.reference());
    if (text == null) {
      throw new FileRefusedException(FileRefusedException.Reason.GONE, "It is gone.");
    }
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public LiveReply live(Address address) {
    return LiveReply.none();
  }

  @Override
  public CheckResult check() {
    return CheckResult.ok("phone", "it rings");
  }

  @Override
  public synchronized void close() {
    inbox = null;
  }

  /// Somebody writes; their chat has their number.
  Inbox.Taken write(String who, String text) {
    return write(who, "en", text);
  }

  /// Somebody writes whose phone speaks a language.
  Inbox.Taken write(String who, @Nullable String language, String text) {
    return deliver(nextKey(), who, language, text);
  }

  /// Somebody sends a file.
  synchronized Inbox.Taken send(String who, String name, String text) {
    files.put(name, text);
    return accept(
        nextKey(),
        who,
        "en",
        new Incoming.Content.Message(
            "", List.of(new IncomingFile(name, text.length(), "text/plain", name)), "m", null));
  }

  /// Somebody sends a file that is gone before anybody can have it.
  void miss(String who, String name) {
    IncomingFile file = new IncomingFile(name, 5, null, "missing " + name);
    accept(nextKey(), who, "de", new Incoming.Content.Message("", List.of(file), "m", null));
  }

  /// A message, perhaps delivered before.
  Inbox.Taken deliver(String key, String who, @Nullable String language, String text) {
    return accept(
        key, who, language, new Incoming.Content.Message(text, List.of(), "m" + key, null));
  }

  /// Somebody presses a button.
  Inbox.Taken press(String who, Button button) {
    return accept(nextKey(), who, "en", new Incoming.Content.Press(button.data(), "far"));
  }

  private synchronized String nextKey() {
    sent++;
    return "u" + sent;
  }

  private Inbox.Taken accept(
      String key, String who, @Nullable String language, Incoming.Content content) {
    Inbox to;
    synchronized (this) {
      to = inbox;
    }
    if (to == null) {
      throw new IllegalStateException("nobody listens");
    }
    return to.accept(
        new Incoming(
            key,
            new Address("phone", who),
            new Sender("phone", who, "Name " + who, language),
            false,
            content));
  }

  /// Everything somebody got.
  synchronized List<Got> got(String who) {
    return got.stream().filter(one -> one.chat().equals(who)).toList();
  }

  /// Waits until somebody has got so much, and answers the last of it.
  synchronized Got await(String who, int count) throws InterruptedException {
    while (got(who).size() < count) {
      wait();
    }
    return got(who).get(count - 1);
  }
}
