package dev.sandpiper.edge.channel.text;

import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.BulletList;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.ListBlock;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.node.ThematicBreak;
import org.jspecify.annotations.Nullable;

/// Lays a document out as lines of words, for chats that know neither lists nor tables: what is
/// said, in its order, and where a node begins and ends.
public final class Flow {
  private static final String RULE = "———";

  private final Sink sink;
  private int listDepth;

  private Flow(Sink sink) {
    this.sink = sink;
  }

  /// Takes what is laid out.
  public interface Sink {
    /// Words; line breaks are in them.
    void words(String words);

    /// The words of this node follow. Blocks with words of their own and inline nodes are told.
    void begin(Node node);

    /// The words of this node are over.
    void end(Node node);
  }

  /// Lays out a document or a part of one.
  public static void layOut(Node node, Sink sink) {
    Flow flow = new Flow(sink);
    if (isContainer(node)) {
      flow.blocks(node, "\n\n");
    } else {
      flow.block(node);
    }
  }

  /// The words alone.
  public static String words(Node node) {
    StringBuilder words = new StringBuilder();
    layOut(
        node,
        new Sink() {
          @Override
          public void words(String more) {
            words.append(more);
          }

          @Override
          public void begin(Node begun) {
            // words only
          }

          @Override
          public void end(Node ended) {
            // words only
          }
        });
    return words.toString();
  }

  private static boolean isContainer(Node node) {
    return node instanceof org.commonmark.node.Document
        || node instanceof org.commonmark.node.ListItem;
  }

  private void blocks(Node parent, String gap) {
    boolean first = true;
    for (Node child = parent.getFirstChild(); child != null; child = child.getNext()) {
      if (!(child instanceof org.commonmark.node.LinkReferenceDefinition)) {
        if (!first) {
          sink.words(gap);
        }
        block(child);
        first = false;
      }
    }
  }

  private void block(Node node) {
    switch (node) {
      case ListBlock list -> list(list);
      case ThematicBreak _ -> sink.words(RULE);
      case HtmlBlock html -> sink.words(html.getLiteral());
      default -> {
        sink.begin(node);
        switch (node) {
          case BlockQuote quote -> blocks(quote, "\n\n");
          case FencedCodeBlock code -> sink.words(withoutLastBreak(code.getLiteral()));
          case IndentedCodeBlock code -> sink.words(withoutLastBreak(code.getLiteral()));
          case TableBlock table -> sink.words(TableText.of(table));
          default -> inlines(node);
        }
        sink.end(node);
      }
    }
  }

  private void list(ListBlock list) {
    int number = list instanceof OrderedList ordered ? firstNumber(ordered) : 0;
    boolean first = true;
    String gap = list.isTight() ? "\n" : "\n\n";
    for (Node item = list.getFirstChild(); item != null; item = item.getNext()) {
      sink.words((first ? "" : gap) + "  ".repeat(listDepth));
      sink.words(list instanceof BulletList ? "• " : number++ + ". ");
      listDepth++;
      blocks(item, gap);
      listDepth--;
      first = false;
    }
  }

  static int firstNumber(OrderedList list) {
    Integer number = list.getMarkerStartNumber();
    return number == null ? 1 : number;
  }

  /// Without recursion: nothing bounds how deep emphasis is nested.
  private void inlines(Node block) {
    Node node = block.getFirstChild();
    while (node != null) {
      boolean inside = visit(node);
      Node down = inside ? node.getFirstChild() : null;
      if (down != null) {
        node = down;
        continue;
      }
      if (inside) {
        sink.end(node);
      }
      node = onwards(node, block);
    }
  }

  private @Nullable Node onwards(Node from, Node block) {
    Node node = from;
    while (node.getNext() == null) {
      node = node.getParent();
      if (node.equals(block)) {
        return null;
      }
      sink.end(node);
    }
    return node.getNext();
  }

  /// Whether what is inside it follows.
  private boolean visit(Node node) {
    switch (node) {
      case Text text -> sink.words(text.getLiteral());
      case SoftLineBreak _ -> sink.words("\n");
      case HardLineBreak _ -> sink.words("\n");
      case HtmlInline html -> sink.words(html.getLiteral());
      case Code code -> {
        sink.begin(code);
        sink.words(code.getLiteral());
        sink.end(code);
      }
      default -> {
        sink.begin(node);
        if (node.getFirstChild() == null) {
          sink.words(destination(node));
        }
        return true;
      }
    }
    return false;
  }

  /// What stands for a link or picture without words.
  static String destination(Node node) {
    return switch (node) {
      case Link link -> link.getDestination();
      case Image image -> image.getDestination();
      default -> "";
    };
  }

  private static String withoutLastBreak(String literal) {
    return literal.endsWith("\n") ? literal.substring(0, literal.length() - 1) : literal;
  }
}
