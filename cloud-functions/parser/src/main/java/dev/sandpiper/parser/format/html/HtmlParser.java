package dev.sandpiper.parser.format.html;

import dev.sandpiper.parser.detect.Format;
import dev.sandpiper.parser.document.Block;
import dev.sandpiper.parser.document.Document;
import dev.sandpiper.parser.document.SourceSpan;
import dev.sandpiper.parser.format.FormatParser;
import dev.sandpiper.parser.format.ParseContext;
import dev.sandpiper.parser.task.ByteSource;
import dev.sandpiper.parser.task.ParseFailure;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/// Reads HTML. Of a web page with clear boilerplate around its text the main text is kept, with a
/// warning; of every other page everything a reader sees.
public final class HtmlParser implements FormatParser {

  /// A tree takes about ten times the bytes of its page.
  private static final long LARGEST = 24L << 20;

  @Override
  public Set<Format> formats() {
    return Set.of(Format.HTML);
  }

  @Override
  public Document parse(ByteSource source, Format format, ParseContext context) throws IOException {
    if (source.size() > LARGEST) {
      throw new ParseFailure(
          ParseFailure.Code.OVER_LIMIT,
          "%s is an HTML page of %,d bytes, more than the %,d that can be read. Split it."
              .formatted(source.name(), source.size(), LARGEST));
    }
    String html = HtmlCharset.decode(source.head((int) LARGEST));
    org.jsoup.nodes.Document page = HtmlBlocks.parse(html, context.budget());
    context.budget().checkDeadline();
    return new Document(HtmlMetadata.read(page), 1, blocks(page, context));
  }

  private static List<Block> blocks(org.jsoup.nodes.Document page, ParseContext context) {
    HtmlBlocks.Origin origin = HtmlBlocks.Origin.of(SourceSpan.whole(), page);
    MainContent main = MainContent.find(page);
    int percent = main == null ? PageFrame.remove(page) : main.percentLeftOut();
    if (percent > 0) {
      leftOut(percent, context);
    }
    return main == null
        ? HtmlBlocks.of(page.body(), origin, context)
        : HtmlBlocks.of(main.nodes(), origin, context);
  }

  private static void leftOut(int percent, ParseContext context) {
    context.warn(
        "boilerplate-removed",
        "Navigation and other text around the article were left out: "
            + percent
            + " % of the page's characters.",
        null);
  }
}
