package dev.sandpiper.parser.format.text;

import dev.sandpiper.parser.detect.CharsetDetector;
import dev.sandpiper.parser.detect.Format;
import dev.sandpiper.parser.document.Block;
import dev.sandpiper.parser.document.Document;
import dev.sandpiper.parser.document.Metadata;
import dev.sandpiper.parser.format.FormatParser;
import dev.sandpiper.parser.format.ParseContext;
import dev.sandpiper.parser.task.ByteSource;
import java.io.IOException;
import java.io.Reader;
import java.util.List;
import java.util.Set;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Node;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/// Markdown: CommonMark with GFM tables.
public final class MarkdownReader implements FormatParser {

  /// The parser holds its tree in memory; what is longer is no longer written by people.
  private static final int LONGEST = 8 << 20;

  /// Deeper quotes and lists are read as text.
  private static final int DEEPEST = 50;

  @Override
  public Set<Format> formats() {
    return Set.of(Format.MARKDOWN);
  }

  @Override
  public Document parse(ByteSource source, Format format, ParseContext context) throws IOException {
    Parser parser =
        Parser.builder()
            .extensions(List.of(TablesExtension.create()))
            .includeSourceSpans(IncludeSourceSpans.BLOCKS)
            .maxOpenBlockParsers(DEEPEST)
            .build();
    Node root = parser.parse(EmphasisBound.apply(text(source, context), context));
    List<Block> blocks = new MarkdownBlocks(new TextRoom(context)).blocks(root);
    return new Document(Metadata.NONE, 1, blocks);
  }

  private static String text(ByteSource source, ParseContext context) throws IOException {
    StringBuilder text = new StringBuilder();
    try (Reader reader = CharsetDetector.open(source)) {
      char[] buffer = new char[8192];
      for (int n = reader.read(buffer); n > 0 && text.length() < LONGEST; n = reader.read(buffer)) {
        context.budget().checkDeadline();
        text.append(buffer, 0, n);
      }
    }
    if (text.length() >= LONGEST) {
      context.warn(
          "truncated", "Only the first 8 million characters of the Markdown were read.", null);
    }
    return text.toString();
  }
}
