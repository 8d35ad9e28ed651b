package dev.sandpiper.edge.channel.text;

import java.util.List;
import java.util.regex.Pattern;
import org.commonmark.ext.gfm.strikethrough.StrikethroughExtension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Node;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/// Reads CommonMark as chats know it: with tables, `~~struck~~` text and `||spoilers||`.
public final class Markdown {

  /// Deepest nesting of blocks in blocks that is read as such; what is deeper is text.
  private static final int MAX_DEPTH = 20;

  private static final Pattern UNFIT =
      Pattern.compile(
          "\\x00|[\\x{D800}-\\x{DBFF}](?![\\x{DC00}-\\x{DFFF}])|(?<![\\x{D800}-\\x{DBFF}])[\\x{DC00}-\\x{DFFF}]");

  private static final Parser PARSER =
      Parser.builder()
          .extensions(
              List.of(
                  TablesExtension.create(),
                  StrikethroughExtension.builder().requireTwoTildes(true).build()))
          .customDelimiterProcessor(new Spoiler.Processor())
          .includeSourceSpans(IncludeSourceSpans.BLOCKS_AND_INLINES)
          .maxOpenBlockParsers(MAX_DEPTH)
          .build();

  private Markdown() {}

  /// Reads a text; there is none that cannot be read.
  public static Node parse(String markdown) {
    return PARSER.parse(clean(markdown));
  }

  /// The text without halves of characters and NUL, which no wire can carry.
  static String clean(String text) {
    return UNFIT.matcher(text).replaceAll("\uFFFD");
  }

  /// Markdown that says exactly these words.
  public static String escape(String words) {
    StringBuilder out = new StringBuilder(words.length() + words.length() / 8);
    boolean lineStart = true;
    for (int i = 0; i < words.length(); i++) {
      char c = words.charAt(i);
      if (c == '\n' || c == '\r') {
        out.append('\n');
        lineStart = true;
      } else if (!(lineStart && (c == ' ' || c == '\t'))) {
        out.append(isPunctuation(c) ? "\\" : "").append(c);
        lineStart = false;
      }
    }
    return out.toString();
  }

  /// Whether a backslash before it makes it an ordinary character.
  static boolean isPunctuation(char c) {
    return (c > ' ' && c < '0')
        || (c > '9' && c < 'A')
        || (c > 'Z' && c < 'a')
        || (c > 'z' && c < 127);
  }
}
