package dev.sandpiper.edge.channel.text;

import java.util.List;
import org.commonmark.ext.gfm.strikethrough.StrikethroughExtension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Node;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/// Reads CommonMark as chats know it: with tables, `~~struck~~` text and `||spoilers||`.
public final class Markdown {

  /// Deepest nesting of blocks in blocks that is read as such; what is deeper is text.
  private static final int MAX_DEPTH = 20;

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
    StringBuilder clean = null;
    for (int i = 0; i < text.length(); i++) {
      if (!isFit(text, i)) {
        clean = clean == null ? new StringBuilder(text) : clean;
        clean.setCharAt(i, '\uFFFD');
      }
    }
    return clean == null ? text : clean.toString();
  }

  private static boolean isFit(String text, int index) {
    char c = text.charAt(index);
    if (Character.isHighSurrogate(c)) {
      return index + 1 < text.length() && Character.isLowSurrogate(text.charAt(index + 1));
    }
    return c != 0
        && (!Character.isLowSurrogate(c)
            || (index > 0 && Character.isHighSurrogate(text.charAt(index - 1))));
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
