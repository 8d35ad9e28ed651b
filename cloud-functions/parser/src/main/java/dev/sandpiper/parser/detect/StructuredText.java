package dev.sandpiper.parser.detect;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Texts with a structure that cannot be taken for prose: HTML, XML, mail, JSON, RTF.
final class StructuredText {

  private static final int JSON_SLACK = 4096;

  private static final Set<String> HTML_ELEMENTS =
      Set.of(
          "html",
          "head",
          "body",
          "title",
          "meta",
          "link",
          "base",
          "script",
          "style",
          "div",
          "p",
          "table",
          "h1",
          "h2",
          "h3",
          "ul",
          "ol",
          "span",
          "a",
          "b",
          "center",
          "font",
          "form",
          "img",
          "br",
          "hr",
          "pre",
          "frameset",
          "article",
          "section",
          "main",
          "header",
          "nav",
          "blockquote");

  private static final Set<String> MAIL_HEADERS =
      Set.of(
          "from",
          "to",
          "cc",
          "bcc",
          "subject",
          "date",
          "reply-to",
          "sender",
          "content-type",
          "content-transfer-encoding",
          "in-reply-to",
          "references");

  /// One of these is enough.
  private static final Set<String> MAIL_ONLY =
      Set.of(
          "received",
          "return-path",
          "message-id",
          "mime-version",
          "delivered-to",
          "dkim-signature",
          "x-mailer",
          "arc-seal",
          "x-originating-ip");

  private StructuredText() {}

  static @Nullable Format format(String text, boolean whole, String name) {
    int start = 0;
    while (start < text.length() && Character.isWhitespace(text.charAt(start))) {
      start++;
    }
    if (start == text.length()) {
      return null;
    }
    if (text.startsWith("{\\rtf", start)) {
      return Format.RTF;
    }
    if (isMail(text.substring(start), name)) {
      return Format.EML;
    }
    return switch (text.charAt(start)) {
      case '<' -> markup(text.substring(start), whole, name);
      case '{', '[' -> isJson(text.substring(start), whole) ? Format.JSON : null;
      default -> hasHtmlSkeleton(text) ? Format.HTML : null;
    };
  }

  private static @Nullable Format markup(String text, boolean whole, String name) {
    String root = root(text);
    String local = root.substring(root.indexOf(':') + 1).toLowerCase(Locale.ROOT);
    boolean declared = text.startsWith("<?xml");
    if (local.equals("html") || (!declared && hasHtmlSkeleton(text))) {
      return Format.HTML;
    }
    if (declared) {
      return Format.XML;
    }
    if (HTML_ELEMENTS.contains(local)) {
      return PlainKinds.hasExtension(name, ".md", ".markdown") ? null : Format.HTML;
    }
    boolean closed =
        text.contains("</" + root + ">") || (!whole && text.contains("</")) || text.contains("/>");
    return !root.isEmpty() && closed ? Format.XML : null;
  }

  /// The name of the first element, or of the declared document type; empty when there is none.
  private static String root(String text) {
    int at = 0;
    while (at >= 0 && at < text.length()) {
      at = text.indexOf('<', at);
      if (at < 0 || at + 1 >= text.length()) {
        return "";
      }
      if (text.startsWith("<!--", at)) {
        at = text.indexOf("-->", at);
      } else if (text.startsWith("<?", at)) {
        at = text.indexOf("?>", at);
      } else if (text.regionMatches(true, at, "<!doctype", 0, 9)) {
        return nameAt(text, at + 9);
      } else if (Character.isLetter(text.charAt(at + 1)) || text.charAt(at + 1) == '_') {
        return nameAt(text, at + 1);
      } else {
        return "";
      }
    }
    return "";
  }

  private static String nameAt(String text, int from) {
    int start = from;
    while (start < text.length() && Character.isWhitespace(text.charAt(start))) {
      start++;
    }
    int end = start;
    while (end < text.length() && isNamePart(text.charAt(end))) {
      end++;
    }
    return text.substring(start, end);
  }

  private static boolean isNamePart(char c) {
    return Character.isLetterOrDigit(c) || c == ':' || c == '-' || c == '_' || c == '.';
  }

  /// Pages often begin with comments, script or stray text.
  private static boolean hasHtmlSkeleton(String text) {
    int html = indexOfTag(text, "<html");
    if (html >= 0) {
      return indexOfTag(text, "<head") > html || indexOfTag(text, "<body") > html;
    }
    return indexOfTag(text, "<!doctype html") == 0;
  }

  private static int indexOfTag(String text, String tag) {
    for (int at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at + 1)) {
      if (text.regionMatches(true, at, tag, 0, tag.length())) {
        return at;
      }
    }
    return -1;
  }

  /// Counts header lines up to the first empty one.
  private static boolean isMail(String text, String name) {
    int weak = 0;
    int certain = 0;
    int lines = 0;
    int at = text.startsWith("From ") ? lineEnd(text, 0) : 0;
    boolean mailbox = at > 0;
    while (at < text.length() && lines < 200) {
      int end = lineEnd(text, at);
      String line = text.substring(at, end).stripTrailing();
      if (line.isEmpty()) {
        break;
      }
      if (lines == 0 || (line.charAt(0) != ' ' && line.charAt(0) != '\t')) {
        String header = headerName(line);
        if (header == null) {
          if (lines == 0) {
            return false;
          }
          break;
        }
        certain += MAIL_ONLY.contains(header) ? 1 : 0;
        weak += MAIL_HEADERS.contains(header) ? 1 : 0;
      }
      lines++;
      at = end;
    }
    boolean named = PlainKinds.hasExtension(name, ".eml", ".mht", ".mhtml", ".mbox");
    int enough = named || mailbox ? 1 : 3;
    return (certain > 0 && certain + weak >= Math.min(2, enough)) || weak >= enough;
  }

  private static int lineEnd(String text, int from) {
    int end = text.indexOf('\n', from);
    return end < 0 ? text.length() : end + 1;
  }

  private static @Nullable String headerName(String line) {
    int colon = line.indexOf(':');
    if (colon < 1 || colon > 60) {
      return null;
    }
    for (int i = 0; i < colon; i++) {
      char c = line.charAt(i);
      if (c <= ' ' || c >= 0x7F) {
        return null;
      }
    }
    return line.substring(0, colon).toLowerCase(Locale.ROOT);
  }

  /// Whether the text is JSON as far as it goes; one value or one per line.
  private static boolean isJson(String text, boolean whole) {
    int tokens = 0;
    try (JsonParser parser = new JsonFactory().createParser(text)) {
      while (parser.nextToken() != null) {
        tokens++;
      }
      return tokens > 1;
    } catch (IOException e) {
      return !whole && tokens > 2 && isNearEnd(e, text.length());
    }
  }

  private static boolean isNearEnd(IOException e, int length) {
    return e instanceof com.fasterxml.jackson.core.JsonProcessingException json
        && (json.getLocation() == null || json.getLocation().getCharOffset() > length - JSON_SLACK);
  }
}
