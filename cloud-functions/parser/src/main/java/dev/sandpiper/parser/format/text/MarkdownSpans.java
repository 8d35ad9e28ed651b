package dev.sandpiper.parser.format.text;

import dev.sandpiper.parser.document.Span;
import dev.sandpiper.parser.document.Text;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.commonmark.node.Code;
import org.commonmark.node.Emphasis;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.jspecify.annotations.Nullable;

/// The styled text inside a Markdown block.
final class MarkdownSpans {

  /// Deeper emphasis has no further effect.
  private static final int DEEPEST = 100;

  private final List<Span> spans = new ArrayList<>();

  private MarkdownSpans() {}

  static Text of(Node block) {
    MarkdownSpans text = new MarkdownSpans();
    text.children(block, Set.of(), null, 0);
    return new Text(text.spans);
  }

  private void children(Node parent, Set<Span.Mark> marks, @Nullable String link, int depth) {
    if (depth > DEEPEST) {
      return;
    }
    for (Node node = parent.getFirstChild(); node != null; node = node.getNext()) {
      switch (node) {
        case org.commonmark.node.Text text -> add(text.getLiteral(), marks, link);
        case Code code -> add(code.getLiteral(), with(marks, Span.Mark.CODE), link);
        case Emphasis _ -> children(node, with(marks, Span.Mark.ITALIC), link, depth + 1);
        case StrongEmphasis _ -> children(node, with(marks, Span.Mark.BOLD), link, depth + 1);
        case Link target -> children(node, marks, target.getDestination(), depth + 1);
        case Image image ->
            children(node, marks, link == null ? image.getDestination() : link, depth + 1);
        case HardLineBreak _ -> add("\n", marks, link);
        case SoftLineBreak _ -> add(" ", marks, link);
        case HtmlInline html -> add(isLineBreak(html.getLiteral()) ? "\n" : "", marks, link);
        default -> children(node, marks, link, depth + 1);
      }
    }
  }

  private void add(String text, Set<Span.Mark> marks, @Nullable String link) {
    if (!text.isEmpty()) {
      spans.add(new Span(text, marks, link, null));
    }
  }

  private static boolean isLineBreak(String tag) {
    return tag.regionMatches(true, 0, "<br", 0, 3);
  }

  private static Set<Span.Mark> with(Set<Span.Mark> marks, Span.Mark mark) {
    EnumSet<Span.Mark> more = EnumSet.of(mark);
    more.addAll(marks);
    return more;
  }
}
