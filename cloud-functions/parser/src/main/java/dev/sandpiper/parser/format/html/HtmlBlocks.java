package dev.sandpiper.parser.format.html;

import dev.sandpiper.parser.document.Block;
import dev.sandpiper.parser.document.SourceSpan;
import dev.sandpiper.parser.format.ParseContext;
import dev.sandpiper.parser.task.ParseBudget;
import dev.sandpiper.parser.task.ParseFailure;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.parser.Parser;
import org.jspecify.annotations.Nullable;

/// Turns HTML elements into blocks.
public final class HtmlBlocks {

  private static final int DEEPEST_TREE = 256;

  /// Where blocks come from and how their links are read.
  ///
  /// @param span the place given to every block
  /// @param links makes a link of an attribute's value, or `null` for none
  public record Origin(SourceSpan span, LinkReader links) {
    /// Links as they are written, or seen from the `<base>` of `page`.
    public static Origin of(SourceSpan span, Document page) {
      return new Origin(span, Links.of(page));
    }
  }

  /// Reads links.
  @FunctionalInterface
  public interface LinkReader {
    /// The target named by `attribute`, or `null` when it leads nowhere.
    @Nullable String read(Element element, String attribute);
  }

  /// Asks for the time whenever the parser wants more of the text.
  private static final class TimedReader extends StringReader {
    private final ParseBudget budget;

    TimedReader(String text, ParseBudget budget) {
      super(text);
      this.budget = budget;
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
      budget.checkDeadline();
      return super.read(buffer, offset, length);
    }
  }

  private HtmlBlocks() {}

  /// Parses markup while there is time; its tree is at most 256 elements deep, what lies deeper is
  /// flattened. What its style sheets hide is marked as hidden.
  ///
  /// @throws ParseFailure `DEADLINE` when the time is up
  public static Document parse(String html, ParseBudget budget) {
    Document page =
        Parser.htmlParser().setMaxDepth(DEEPEST_TREE).parseInput(new TimedReader(html, budget), "");
    StyleSheet.apply(page);
    return page;
  }

  /// The blocks of what is inside `root`. Spends characters and cells.
  public static List<Block> of(Element root, Origin origin, ParseContext context) {
    return of(root.childNodes(), origin, context);
  }

  static List<Block> of(List<Node> nodes, Origin origin, ParseContext context) {
    HtmlFlow flow = new HtmlFlow(new HtmlFlow.Setting(origin, context, 0));
    nodes.forEach(node -> flow.add(node, InlineText.Style.PLAIN));
    return flow.blocks();
  }
}
