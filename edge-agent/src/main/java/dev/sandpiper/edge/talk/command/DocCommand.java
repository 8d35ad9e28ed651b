package dev.sandpiper.edge.talk.command;

import dev.sandpiper.edge.channel.Button;
import dev.sandpiper.edge.channel.LiveReply;
import dev.sandpiper.edge.channel.Outgoing;
import dev.sandpiper.edge.library.DocumentInfo;
import dev.sandpiper.edge.library.DocumentState;
import dev.sandpiper.edge.people.Role;
import dev.sandpiper.edge.store.Blob;
import dev.sandpiper.edge.talk.Asker;
import dev.sandpiper.edge.talk.Command;
import dev.sandpiper.edge.talk.Markdown;
import dev.sandpiper.edge.talk.Spoken;
import dev.sandpiper.edge.talk.TalkException;
import dev.sandpiper.edge.talk.Turn;
import dev.sandpiper.edge.talk.Voice;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// `/doc`: what is known about a document; its summary, the original, its text.
record DocCommand(Desk desk, Asker asker) implements Command {

  /// No channel takes more.
  static final long MOST_BYTES = 50L << 20;

  private static final String MARKDOWN = "text/markdown";

  /// What can be had of a document; the words stand behind its name.
  private enum Part {
    SUMMARY,
    ORIGINAL,
    TEXT;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Override
  public String name() {
    return "doc";
  }

  @Override
  public Role least() {
    return Role.GUEST;
  }

  @Override
  public Turn run(Spoken spoken, String words, LiveReply live)
      throws InterruptedException, TalkException {
    Voice voice = desk.voice(spoken);
    if (words.isEmpty()) {
      return newest(spoken, voice);
    }
    Optional<DocumentInfo> whole = desk.find(spoken.person(), words);
    if (whole.isPresent()) {
      return card(voice, whole.get()).quoting(Set.of(whole.get().sha256()));
    }
    int space = words.lastIndexOf(' ');
    Optional<Part> part = part(voice, words.substring(space + 1));
    if (space < 0 || part.isEmpty()) {
      return Turn.say(voice.say("command.doc.none", Markdown.plain(words, 100)));
    }
    String key = words.substring(0, space).strip();
    Optional<DocumentInfo> document = desk.find(spoken.person(), key);
    if (document.isEmpty()) {
      return Turn.say(voice.say("command.doc.none", Markdown.plain(key, 100)));
    }
    Turn turn =
        switch (part.get()) {
          case SUMMARY -> summary(spoken, voice, document.get(), live);
          case ORIGINAL -> original(voice, document.get());
          case TEXT -> text(voice, document.get());
        };
    return turn.quoting(Set.of(document.get().sha256()));
  }

  private Turn newest(Spoken spoken, Voice voice) {
    List<DocumentInfo> documents =
        desk.library()
            .list(
                dev.sandpiper.edge.library.DocumentFilter.newest(10), Desk.sentBy(spoken.person()));
    if (documents.isEmpty()) {
      return Turn.say(voice.say("command.doc.empty"));
    }
    StringBuilder text = new StringBuilder(voice.say("command.doc.newest")).append('\n');
    for (DocumentInfo document : documents) {
      text.append("\n- **#").append(document.id()).append("** ");
      text.append(Markdown.name(document.name()));
    }
    return Turn.say(text.append("\n\n").append(voice.say("command.doc.what")).toString());
  }

  private static Optional<Part> part(Voice voice, String word) {
    for (Part part : Part.values()) {
      if (word.equalsIgnoreCase(part.word())
          || word.equalsIgnoreCase(voice.say("command.doc." + part.word()))) {
        return Optional.of(part);
      }
    }
    return Optional.empty();
  }

  private static Turn card(Voice voice, DocumentInfo document) {
    List<String> lines = new ArrayList<>();
    lines.add("**#" + document.id() + " " + Markdown.name(document.name()) + "**");
    if (document.title() != null) {
      lines.add(voice.say("command.doc.title", Markdown.plain(document.title(), 200)));
    }
    if (!document.authors().isEmpty()) {
      String authors = String.join(", ", document.authors());
      lines.add(voice.say("command.doc.authors", Markdown.plain(authors, 200)));
    }
    String size = voice.size(document.size());
    lines.add(document.pages() > 0 ? voice.say("command.doc.pages", document.pages(), size) : size);
    lines.add(voice.say("command.doc.received", voice.time(document.received())));
    lines.add(state(voice, document));
    if (!document.tags().isEmpty()) {
      String tags = String.join(", ", document.tags());
      lines.add(voice.say("command.doc.tags", Markdown.plain(tags, 200)));
    }
    List<Button> buttons = new ArrayList<>();
    for (Part part : Part.values()) {
      if (part == Part.ORIGINAL || document.state() == DocumentState.PARSED) {
        buttons.add(
            new Button(
                voice.say("command.doc." + part.word()),
                "/doc #" + document.id() + " " + part.word()));
      }
    }
    String text = String.join("  \n", lines);
    return new Turn(List.of(new Outgoing.Text(text, buttons, null)), _ -> {});
  }

  private static String state(Voice voice, DocumentInfo document) {
    String key = "command.doc.state." + document.state().name().toLowerCase(Locale.ROOT);
    return document.message() == null
        ? voice.say(key)
        : voice.say(key) + ": " + Markdown.plain(document.message(), 300);
  }

  private Turn summary(Spoken spoken, Voice voice, DocumentInfo document, LiveReply live)
      throws InterruptedException, TalkException {
    return document.state() == DocumentState.PARSED
        ? asker.summarise(spoken, document.sha256(), live)
        : Turn.say(notRead(voice, document));
  }

  private static Turn original(Voice voice, DocumentInfo document) {
    if (document.size() > MOST_BYTES) {
      return Turn.say(
          voice.say(
              "command.doc.large",
              Markdown.name(document.name()),
              voice.size(document.size()),
              voice.size(MOST_BYTES)));
    }
    String type = document.mediaType() == null ? "application/octet-stream" : document.mediaType();
    return new Turn(
        List.of(new Outgoing.Attachment(document.name(), type, document.sha256(), "")), _ -> {});
  }

  private Turn text(Voice voice, DocumentInfo document) throws TalkException {
    if (document.state() != DocumentState.PARSED) {
      return Turn.say(notRead(voice, document));
    }
    try {
      Blob blob = text(document);
      if (blob.size() > MOST_BYTES) {
        return Turn.say(
            voice.say(
                "command.doc.large",
                Markdown.name(document.name()),
                voice.size(blob.size()),
                voice.size(MOST_BYTES)));
      }
      return new Turn(
          List.of(new Outgoing.Attachment(document.name() + ".md", MARKDOWN, blob.sha256(), "")),
          tx -> desk.library().derived(tx, document.sha256(), blob.sha256()));
    } catch (IOException e) {
      throw TalkException.passing(
          voice.say("command.doc.unreadable", Markdown.name(document.name())), null, e);
    }
  }

  private Blob text(DocumentInfo document) throws IOException {
    Path file = desk.blobs().tempFile();
    try {
      try (OutputStream out = Files.newOutputStream(file)) {
        desk.library().writeMarkdown(document.sha256(), out);
      }
      try (InputStream in = Files.newInputStream(file)) {
        return desk.blobs().put(in, Long.MAX_VALUE);
      }
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private static String notRead(Voice voice, DocumentInfo document) {
    return voice.say("command.doc.not-read", Markdown.name(document.name()))
        + " "
        + state(voice, document);
  }
}
