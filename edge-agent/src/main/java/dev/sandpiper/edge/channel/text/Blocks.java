package dev.sandpiper.edge.channel.text;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.BulletList;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.LinkReferenceDefinition;
import org.commonmark.node.ListBlock;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;

/// Takes a document apart into parts that each fit: a block when it fits, else what it is made of.
final class Blocks {
  private final Source source;
  private final Predicate<String> fits;
  private final Function<Frame, Cuts> cuts;
  private final List<Atom> atoms = new ArrayList<>();

  /// @param cuts how to cut what will stand in a frame
  Blocks(Source source, Predicate<String> fits, Function<Frame, Cuts> cuts) {
    this.source = source;
    this.fits = fits;
    this.cuts = cuts;
  }

  List<Atom> of(Node document) {
    for (Node block : children(document)) {
      take(block, Frame.NONE, Atom.PARAGRAPH);
    }
    return atoms;
  }

  private void take(Node block, Frame frame, String gap) {
    if (takeWhole(source.of(block), block, frame, gap)) {
      return;
    }
    switch (block) {
      case ListBlock list -> list(list, frame, gap);
      case BlockQuote quote -> quote(quote, frame);
      case FencedCodeBlock code -> cut(Letters.code(code.getLiteral(), info(code)), frame);
      case IndentedCodeBlock code -> cut(Letters.code(code.getLiteral(), ""), frame);
      case TableBlock table -> cut(Letters.code(TableText.of(table), ""), frame);
      case Paragraph paragraph -> cut(new Paragraphs(paragraph, source), frame);
      case Heading heading -> cut(new Paragraphs(heading, source), frame);
      default -> cut(Letters.plain(Flow.words(block)), frame);
    }
  }

  /// Takes a block as it is written, when it fits and says the same without its surroundings.
  private boolean takeWhole(String written, Node block, Frame frame, String gap) {
    String whole = frame.around(written);
    if (fits.test(source.complete(whole)) && source.says(whole, frame.said() + Flow.words(block))) {
      atoms.add(new Atom(whole, gap, block instanceof Heading));
      return true;
    }
    return false;
  }

  private void cut(Material material, Frame frame) {
    Frame around = frame;
    for (String piece : cuts.apply(frame).pieces(material)) {
      String framed = around.around(piece);
      String words = around.said() + source.words(piece);
      atoms.add(Atom.of(source.says(framed, words) ? framed : Markdown.escape(words)));
      around = frame.later();
    }
  }

  private void quote(BlockQuote quote, Frame frame) {
    Frame around = frame.quote();
    for (Node child : children(quote)) {
      take(child, around, Atom.PARAGRAPH);
      around = frame.quote().later();
    }
  }

  private void list(ListBlock list, Frame frame, String gap) {
    int number = list instanceof OrderedList ordered ? Flow.firstNumber(ordered) : 0;
    Frame outer = frame;
    String before = gap;
    for (Node item = list.getFirstChild(); item != null; item = item.getNext()) {
      Frame frameOfItem =
          switch (list) {
            case OrderedList ordered ->
                outer.item(number + ordered.getMarkerDelimiter() + " ", number++ + ".");
            case BulletList bullets -> outer.item(bullets.getMarker() + " ", "•");
            default -> outer;
          };
      item(item, frameOfItem, before, list.isTight());
      outer = frame.later();
      before = list.isTight() ? "\n" : Atom.PARAGRAPH;
    }
  }

  private void item(Node item, Frame frame, String gap, boolean tight) {
    List<Node> children = children(item);
    List<String> written = children.stream().map(source::of).toList();
    if (takeWhole(String.join(tight ? "\n" : Atom.PARAGRAPH, written), item, frame, gap)) {
      return;
    }
    Frame around = frame;
    String before = gap;
    for (Node child : children) {
      take(child, around, before);
      around = frame.later();
      before = Atom.PARAGRAPH;
    }
  }

  private static String info(FencedCodeBlock code) {
    String info = code.getInfo();
    return info == null ? "" : info;
  }

  private static List<Node> children(Node parent) {
    List<Node> children = new ArrayList<>();
    for (Node child = parent.getFirstChild(); child != null; child = child.getNext()) {
      if (!(child instanceof LinkReferenceDefinition)) {
        children.add(child);
      }
    }
    return children;
  }
}
