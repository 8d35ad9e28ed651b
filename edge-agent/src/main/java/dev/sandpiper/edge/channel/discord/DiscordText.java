package dev.sandpiper.edge.channel.discord;

import dev.sandpiper.edge.channel.text.Flow;
import dev.sandpiper.edge.channel.text.Markdown;
import dev.sandpiper.edge.channel.text.Splitter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.CustomBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;
import org.commonmark.node.SourceSpan;
import org.commonmark.node.StrongEmphasis;

/// CommonMark as Discord shows it. Discord reads Markdown itself, so that little is changed: a
/// table becomes a block of code, a small heading one of the smallest it knows, and `__bold__`,
/// which Discord underlines, `**bold**`.
final class DiscordText {

  /// Longest message, in code points.
  static final int LONGEST = 2_000;

  private static final int SMALLEST_HEADING = 3;

  private static final Splitter SPLITTER = new Splitter(LONGEST, DiscordText::length);

  private DiscordText() {}

  static List<String> split(String markdown) {
    return SPLITTER.split(markdown);
  }

  private static int length(String markdown) {
    String shown = render(markdown);
    return shown.codePointCount(0, shown.length());
  }

  private record Change(int from, int to, String text) {}

  /// What is sent for a piece.
  static String render(String markdown) {
    Node document = Markdown.parse(markdown);
    List<Change> changes = new ArrayList<>();
    document.accept(new Finder(markdown, changes));
    changes.sort(Comparator.comparingInt(Change::from));
    StringBuilder out = new StringBuilder();
    int at = 0;
    for (Change change : changes) {
      if (change.from() >= at) {
        out.append(markdown, at, change.from()).append(change.text());
        at = change.to();
      }
    }
    return out.append(markdown, at, markdown.length()).toString();
  }

  private static final class Finder extends AbstractVisitor {
    private final String markdown;
    private final List<Change> changes;

    Finder(String markdown, List<Change> changes) {
      this.markdown = markdown;
      this.changes = changes;
    }

    @Override
    public void visit(CustomBlock block) {
      if (block instanceof TableBlock && block.getParent().getParent() == null) {
        changes.add(
            new Change(
                from(block),
                to(block),
                "```\n" + Flow.words(block).replace("```", "'''") + "\n```"));
      } else {
        super.visit(block);
      }
    }

    @Override
    public void visit(Heading heading) {
      int from = from(heading);
      if (heading.getLevel() > SMALLEST_HEADING && markdown.startsWith("####", from)) {
        changes.add(new Change(from, from + heading.getLevel(), "###"));
      }
      super.visit(heading);
    }

    @Override
    public void visit(StrongEmphasis strong) {
      int from = from(strong);
      int to = to(strong);
      if (to - from > 4 && markdown.startsWith("__", from) && markdown.startsWith("__", to - 2)) {
        changes.add(new Change(from, from + 2, "**"));
        changes.add(new Change(to - 2, to, "**"));
      }
      super.visit(strong);
    }

    private static int from(Node node) {
      List<SourceSpan> spans = node.getSourceSpans();
      return spans.isEmpty() ? Integer.MAX_VALUE / 2 : spans.getFirst().getInputIndex();
    }

    private static int to(Node node) {
      List<SourceSpan> spans = node.getSourceSpans();
      return spans.isEmpty()
          ? Integer.MAX_VALUE / 2
          : spans.getLast().getInputIndex() + spans.getLast().getLength();
    }
  }
}
