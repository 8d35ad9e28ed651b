package dev.sandpiper.edge.library;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Set;

/// Takes the signs of Markdown, and the HTML in it, out of a text: what is left is what a reader
/// sees. One pass; what looks ahead is bounded.
final class PlainText {

  private static final int LONGEST_TAG = 500;
  private static final int LONGEST_LINK = 2_000;
  private static final int LONGEST_ENTITY = 10;
  private static final String ESCAPABLE = "\\`*_{}[]()#+-.!|~<>&\"'";

  private static final Set<String> BLOCK_TAGS =
      Set.of(
          "table",
          "caption",
          "colgroup",
          "col",
          "thead",
          "tbody",
          "tfoot",
          "tr",
          "td",
          "th",
          "br",
          "hr",
          "p",
          "div",
          "ul",
          "ol",
          "li",
          "dl",
          "dt",
          "dd",
          "pre",
          "blockquote",
          "details",
          "summary",
          "h1",
          "h2",
          "h3",
          "h4",
          "h5",
          "h6",
          "img");
  private static final Set<String> INLINE_TAGS =
      Set.of(
          "a", "b", "i", "u", "s", "em", "strong", "sub", "sup", "span", "code", "del", "ins",
          "mark", "small");

  /// Stands for what a later pass leaves out; text that comes in holds none.
  private static final char DROPPED = '\0';

  private final String text;
  private final StringBuilder out;
  private final Deque<Integer> brackets = new ArrayDeque<>();
  private int at;

  private PlainText(String text) {
    this.text = text;
    this.out = new StringBuilder(text.length());
  }

  static String of(String markdown) {
    return new PlainText(markdown).read();
  }

  private String read() {
    boolean code = false;
    while (at < text.length()) {
      int end = text.indexOf('\n', at);
      int stop = end < 0 ? text.length() : end;
      if (text.startsWith("```", at)) {
        code = !code;
      } else if (code) {
        out.append(text, at, stop);
      } else if (!isRule(stop)) {
        line(stop);
      }
      // A link or tag may have gone on into the next line.
      at = Math.max(at, stop);
      if (at < text.length() && text.charAt(at) == '\n') {
        out.append('\n');
        at++;
      }
    }
    return withoutDropped();
  }

  private String withoutDropped() {
    StringBuilder kept = new StringBuilder(out.length());
    out.chars().filter(c -> c != DROPPED).forEach(c -> kept.append((char) c));
    return kept.toString();
  }

  /// Whether the line is nothing but a rule: between the head and the body of a table, or alone.
  private boolean isRule(int stop) {
    boolean dashes = false;
    for (int i = at; i < stop; i++) {
      char c = text.charAt(i);
      dashes |= c == '-';
      if (c != '-' && c != '|' && c != ':' && c != ' ') {
        return false;
      }
    }
    return dashes && stop - at >= 3;
  }

  private void line(int stop) {
    while (at < stop && (text.charAt(at) == ' ' || text.charAt(at) == '>')) {
      at++;
    }
    int marks = at;
    while (marks < stop && text.charAt(marks) == '#') {
      marks++;
    }
    if (marks > at && marks < stop && text.charAt(marks) == ' ') {
      at = marks + 1;
    }
    while (at < stop) {
      sign(text.charAt(at));
    }
  }

  private void sign(char c) {
    switch (c) {
      case '\\' -> escape();
      case '*', '_', '~', '`' -> emphasis(c);
      case '|' -> instead(" ", 1);
      case '!' -> {
        // the mark of a picture
        instead(next() == '[' ? "" : "!", 1);
      }
      case '[' -> {
        brackets.push(out.length());
        instead("[", 1);
      }
      case ']' -> link();
      case '<' -> tag();
      case '&' -> entity();
      default -> instead(c == DROPPED ? " " : String.valueOf(c), 1);
    }
  }

  private char next() {
    return at + 1 < text.length() ? text.charAt(at + 1) : '\n';
  }

  private void instead(String shown, int length) {
    out.append(shown);
    at += length;
  }

  private void escape() {
    if (ESCAPABLE.indexOf(next()) >= 0) {
      instead(String.valueOf(next()), 2);
    } else {
      instead("\\", 1);
    }
  }

  /// A run of signs is markup when it touches a word; `_` inside a word is a letter of it.
  private void emphasis(char c) {
    int end = at;
    while (end < text.length() && text.charAt(end) == c) {
      end++;
    }
    boolean before = at > 0 && !Character.isWhitespace(text.charAt(at - 1));
    boolean after = end < text.length() && !Character.isWhitespace(text.charAt(end));
    boolean inWord =
        before
            && after
            && Character.isLetterOrDigit(text.charAt(at - 1))
            && Character.isLetterOrDigit(text.charAt(end));
    boolean markup =
        switch (c) {
          case '_' -> (before || after) && !inWord;
          case '~' -> (before || after) && end - at == 2;
          default -> before || after;
        };
    instead(markup ? "" : text.substring(at, end), end - at);
  }

  /// Of a link its text stays.
  private void link() {
    Integer open = brackets.poll();
    int close = next() == '(' ? within(')', at + 2, LONGEST_LINK) : -1;
    if (open == null || close < 0) {
      instead("]", 1);
      return;
    }
    out.setCharAt(open, DROPPED);
    at = close + 1;
  }

  private void tag() {
    char first = next();
    int close = within('>', at + 1, LONGEST_TAG);
    if (close < 0) {
      instead("<", 1);
      return;
    }
    String inside = text.substring(at + 1, close);
    String name = tagName(inside);
    if (first == '!' || BLOCK_TAGS.contains(name)) {
      instead(" ", close + 1 - at);
    } else if (INLINE_TAGS.contains(name)) {
      instead("", close + 1 - at);
    } else if (inside.indexOf(' ') < 0 && (inside.contains("://") || inside.contains("@"))) {
      instead(inside, close + 1 - at);
    } else {
      instead("<", 1);
    }
  }

  private static String tagName(String inside) {
    int start = inside.startsWith("/") ? 1 : 0;
    int end = start;
    while (end < inside.length() && Character.isLetterOrDigit(inside.charAt(end))) {
      end++;
    }
    return inside.substring(start, end).toLowerCase(Locale.ROOT);
  }

  private int within(char wanted, int from, int most) {
    int stop = Math.min(text.length(), from + most);
    for (int i = from; i < stop; i++) {
      if (text.charAt(i) == wanted) {
        return i;
      }
    }
    return -1;
  }

  private void entity() {
    int end = within(';', at + 1, LONGEST_ENTITY);
    String shown =
        end < 0
            ? null
            : switch (text.substring(at + 1, end)) {
              case "amp" -> "&";
              case "lt" -> "<";
              case "gt" -> ">";
              case "quot" -> "\"";
              case "#39", "apos" -> "'";
              case "nbsp" -> " ";
              default -> null;
            };
    if (shown == null) {
      instead("&", 1);
    } else {
      instead(shown, end + 1 - at);
    }
  }
}
