package dev.sandpiper.edge.fake.telegram;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Reads HTML as Telegram's server does, with its errors; and beyond them finds what the
/// documentation forbids and the server mends in silence.
public final class Markup {
  private static final Set<String> TAGS =
      Set.of(
          "a",
          "b",
          "strong",
          "i",
          "em",
          "s",
          "strike",
          "del",
          "u",
          "ins",
          "tg-spoiler",
          "tg-emoji",
          "span",
          "pre",
          "code",
          "blockquote");

  private final String html;
  private final StringBuilder text = new StringBuilder();
  private final List<Open> open = new ArrayList<>();
  private final List<Entity> entities = new ArrayList<>();
  private int at;

  private Markup(String html) {
    this.html = html;
  }

  /// A message after parsing; offsets count UTF-16 units.
  public record Parsed(String text, List<Entity> entities) {
    /// What the limit of 4096 counts.
    public int length() {
      return text.codePointCount(0, text.length());
    }

    /// What the documentation forbids; empty when nothing.
    public List<String> faults() {
      List<String> faults = new ArrayList<>();
      // What is inside closes first.
      for (int outer = 0; outer < entities.size(); outer++) {
        for (int inner = 0; inner < outer; inner++) {
          Entity around = entities.get(outer);
          Entity within = entities.get(inner);
          if (around.holds(within) && !mayHold(around.type(), within.type())) {
            faults.add(around.type() + " around " + within.type());
          }
        }
      }
      return faults;
    }

    private static boolean mayHold(String outer, String inner) {
      Set<String> styles = Set.of("bold", "italic", "underline", "strikethrough", "spoiler");
      return switch (outer) {
        case "pre", "code" -> false;
        case "blockquote" -> !inner.equals("blockquote");
        case "text_link" -> styles.contains(inner);
        default ->
            styles.contains(inner) || inner.equals("text_link") || inner.equals("blockquote");
      };
    }
  }

  /// @param type as in MessageEntity
  /// @param detail target of a link, language of code; empty when none
  public record Entity(String type, int offset, int length, String detail) {
    boolean holds(Entity other) {
      return offset <= other.offset && offset + length >= other.offset + other.length;
    }
  }

  /// What the server answers with 400.
  public static final class BadMarkupException extends Exception {
    private static final long serialVersionUID = 1L;

    BadMarkupException(String message) {
      super(message);
    }
  }

  private record Open(String tag, int begin, int textBegin, String detail) {}

  /// Reads a text in HTML mode.
  public static Parsed parse(String html) throws BadMarkupException {
    return new Markup(html).run();
  }

  private Parsed run() throws BadMarkupException {
    while (at < html.length()) {
      char c = html.charAt(at);
      if (c == '&') {
        text.append(entity());
      } else if (c != '<') {
        text.append(c);
        at++;
      } else if (html.startsWith("</", at)) {
        endTag();
      } else {
        startTag();
      }
    }
    if (!open.isEmpty()) {
      throw bad("Can't find end tag corresponding to start tag \"" + open.getLast().tag() + "\"");
    }
    return new Parsed(text.toString(), List.copyOf(entities));
  }

  /// The few named entities and the numeric ones; anything else is an ampersand.
  private String entity() {
    int end = html.indexOf(';', at);
    String name = end > at && end - at < 12 ? html.substring(at + 1, end) : "";
    String meant =
        switch (name) {
          case "lt" -> "<";
          case "gt" -> ">";
          case "amp" -> "&";
          case "quot" -> "\"";
          default -> numeric(name);
        };
    at = meant.isEmpty() ? at + 1 : end + 1;
    return meant.isEmpty() ? "&" : meant;
  }

  private static String numeric(String name) {
    try {
      int code =
          name.startsWith("#x")
              ? Integer.parseInt(name.substring(2), 16)
              : name.startsWith("#") ? Integer.parseInt(name.substring(1)) : 0;
      return code > 0 && Character.isValidCodePoint(code) ? Character.toString(code) : "";
    } catch (NumberFormatException _) {
      return "";
    }
  }

  private void startTag() throws BadMarkupException {
    int begin = at++;
    int nameBegin = at;
    while (at < html.length() && !isSpace(html.charAt(at)) && html.charAt(at) != '>') {
      at++;
    }
    if (at == html.length()) {
      throw bad("Unclosed start tag at byte offset " + begin);
    }
    String name = html.substring(nameBegin, at).toLowerCase(Locale.ROOT);
    if (!TAGS.contains(name)) {
      throw bad("Unsupported start tag \"" + name + "\" at byte offset " + begin);
    }
    String detail = "";
    while (html.charAt(at) != '>') {
      detail = attribute(name, begin, detail);
    }
    at++;
    open.add(new Open(name, begin, text.length(), detail));
  }

  private String attribute(String tag, int begin, String detail) throws BadMarkupException {
    skipSpace(begin);
    if (html.charAt(at) == '>') {
      return detail;
    }
    int nameBegin = at;
    while (at < html.length() && !isSpace(html.charAt(at)) && "=>".indexOf(html.charAt(at)) < 0) {
      at++;
    }
    String name = html.substring(nameBegin, at).toLowerCase(Locale.ROOT);
    if (name.isEmpty()) {
      throw bad("Empty attribute name in the tag \"" + tag + "\" at byte offset " + begin);
    }
    skipSpace(begin);
    if (html.charAt(at) != '=') {
      throw bad(
          "Expected equal sign in declaration of an attribute of the tag \""
              + tag
              + "\" at byte offset "
              + begin);
    }
    at++;
    skipSpace(begin);
    String value = value(begin);
    boolean kept =
        (tag.equals("a") && name.equals("href"))
            || (tag.equals("code") && name.equals("class") && value.startsWith("language-"));
    return kept ? value : detail;
  }

  private String value(int begin) throws BadMarkupException {
    char quote = html.charAt(at);
    StringBuilder value = new StringBuilder();
    if (quote != '"' && quote != '\'') {
      while (at < html.length()
          && (Character.isLetterOrDigit(html.charAt(at)) || ".-".indexOf(html.charAt(at)) >= 0)) {
        value.append(html.charAt(at++));
      }
      if (at == html.length() || (html.charAt(at) != '>' && !isSpace(html.charAt(at)))) {
        throw bad("Unexpected end of name token at byte offset " + begin);
      }
      return value.toString();
    }
    at++;
    while (at < html.length() && html.charAt(at) != quote) {
      if (html.charAt(at) == '&') {
        value.append(entity());
      } else {
        value.append(html.charAt(at++));
      }
    }
    if (at == html.length()) {
      throw bad("Unclosed start tag at byte offset " + begin);
    }
    at++;
    return value.toString();
  }

  private void skipSpace(int begin) throws BadMarkupException {
    while (at < html.length() && isSpace(html.charAt(at))) {
      at++;
    }
    if (at == html.length()) {
      throw bad("Unclosed start tag at byte offset " + begin);
    }
  }

  private void endTag() throws BadMarkupException {
    int begin = at;
    if (open.isEmpty()) {
      throw bad("Unexpected end tag at byte offset " + begin);
    }
    at += 2;
    int nameBegin = at;
    while (at < html.length() && !isSpace(html.charAt(at)) && html.charAt(at) != '>') {
      at++;
    }
    String name = html.substring(nameBegin, at).toLowerCase(Locale.ROOT);
    while (at < html.length() && isSpace(html.charAt(at))) {
      at++;
    }
    if (at == html.length() || html.charAt(at) != '>') {
      throw bad("Unclosed end tag at byte offset " + begin);
    }
    at++;
    Open opened = open.removeLast();
    if (!name.isEmpty() && !name.equals(opened.tag())) {
      throw bad(
          "Unmatched end tag at byte offset "
              + begin
              + ", expected \"</"
              + opened.tag()
              + ">\", found \"</"
              + name
              + ">\"");
    }
    close(opened);
  }

  private void close(Open opened) {
    int length = text.length() - opened.textBegin();
    String type =
        switch (opened.tag()) {
          case "b", "strong" -> "bold";
          case "i", "em" -> "italic";
          case "s", "strike", "del" -> "strikethrough";
          case "u", "ins" -> "underline";
          case "a" -> "text_link";
          case "tg-spoiler", "span" -> "spoiler";
          default -> opened.tag();
        };
    boolean language = type.equals("code") && !open.isEmpty() && open.getLast().tag().equals("pre");
    if (length > 0 && language) {
      // <pre><code class="language-…"> is one entity: the outer one takes the language.
      Open pre = open.removeLast();
      open.add(new Open(pre.tag(), pre.begin(), pre.textBegin(), opened.detail()));
    } else if (length > 0) {
      entities.add(new Entity(type, opened.textBegin(), length, opened.detail()));
    }
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\0' || c == 0x0b;
  }

  private static BadMarkupException bad(String message) {
    return new BadMarkupException("Bad Request: can't parse entities: " + message);
  }
}
