package dev.sandpiper.edge.ask;

import dev.sandpiper.edge.library.DocumentInfo;
import dev.sandpiper.edge.library.Passage;
import dev.sandpiper.edge.library.Place;
import dev.sandpiper.edge.llm.ModelException;
import dev.sandpiper.edge.talk.Markdown;
import dev.sandpiper.edge.talk.Messages;
import dev.sandpiper.edge.talk.Voice;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/// What the librarian says in its own words, in one person's language.
final class Phrases {
  private final Messages messages;
  private final Locale language;

  Phrases(Messages messages, Locale language) {
    this.messages = messages;
    this.language = language;
  }

  String text(String key, Object... args) {
    return messages.text(language, key, args);
  }

  /// A reason in their language.
  String tell(ModelException.Reason reason) {
    // Instants carry their own zone.
    return new Voice(messages, language, ZoneOffset.UTC).tell(reason.key(), reason.args());
  }

  /// The language, as a prompt names it.
  String languageName() {
    return language.getDisplayLanguage(Locale.ENGLISH).isEmpty()
        ? "English"
        : language.getDisplayLanguage(Locale.ENGLISH);
  }

  /// A document's name, which is a stranger's words: it forms nothing.
  static String name(DocumentInfo document) {
    return quoted(document.name(), 80);
  }

  /// A stranger's words in one line: no sign of Markdown counts, and an address is code, so that
  /// nobody who shows it makes a link of it.
  static String quoted(String text, int longest) {
    String seen = Invisible.strip(text);
    String line =
        seen.length() > longest
            ? seen.substring(0, seen.offsetByCodePoints(0, cut(seen, longest))) + "…"
            : seen;
    StringBuilder out = new StringBuilder();
    int at = 0;
    for (Inert.Found address : Inert.find(line)) {
      out.append(plain(line.substring(at, address.start())));
      out.append(
          Markdown.code(Inert.bare(line.substring(address.start(), address.end())), longest));
      at = address.end();
    }
    return out.append(plain(line.substring(at))).toString();
  }

  private static int cut(String text, int longest) {
    return Math.min(longest, text.codePointCount(0, text.length()));
  }

  private static String plain(String text) {
    String before = text.startsWith(" ") ? " " : "";
    String after = text.length() > 1 && text.endsWith(" ") ? " " : "";
    return before + Markdown.plain(text, text.length() + 1) + after;
  }

  /// `1 · invoice.pdf, p. 3`, a line each.
  String sources(List<Passage> cited) {
    StringJoiner lines = new StringJoiner("\n");
    for (int i = 0; i < cited.size(); i++) {
      Passage passage = cited.get(i);
      String number = Integer.toString(i + 1);
      String name = name(passage.document());
      if (passage.pages() != null) {
        String page = Integer.toString(passage.pages().first());
        lines.add(text("ask.source-page", number, name, page));
      } else if (Place.shown(passage.place()).isPresent()) {
        String place = quoted(Place.shown(passage.place()).orElseThrow(), 80);
        lines.add(text("ask.source-place", number, name, place));
      } else {
        lines.add(text("ask.source", number, name));
      }
    }
    return lines.toString();
  }

  /// An answer with its sources below it.
  String withSources(String answer, List<Passage> cited) {
    return cited.isEmpty() ? answer : answer + "\n\n" + sources(cited);
  }
}
