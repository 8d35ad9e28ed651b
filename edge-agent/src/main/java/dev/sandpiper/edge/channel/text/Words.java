package dev.sandpiper.edge.channel.text;

import java.util.Arrays;
import java.util.BitSet;
import org.commonmark.node.Code;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.SourceSpan;
import org.commonmark.node.Text;

/// The words of a paragraph, and where in the source each of their characters stands.
final class Words {
  private final String source;
  private final StringBuilder plain = new StringBuilder();
  private int[] begins = new int[64];
  private int[] ends = new int[64];
  private Node[] nodes = new Node[64];
  private final BitSet glued = new BitSet();
  private BitSet boundaries = new BitSet();

  private Words(String source) {
    this.source = source;
  }

  static Words of(Node block, Source source) {
    Words words = new Words(source.text());
    words.read(block);
    words.boundaries = Graphemes.boundaries(words.plain);
    return words;
  }

  /// What is read.
  String plain() {
    return plain.toString();
  }

  /// Whether a grapheme cluster begins here.
  boolean divisible(int index) {
    return boundaries.get(index);
  }

  /// Whether this character and the one before it have one notation.
  boolean glued(int index) {
    return glued.get(index);
  }

  /// The innermost node around a character.
  Node node(int index) {
    return nodes[index];
  }

  /// Where in the source a character's own notation begins.
  int begin(int index) {
    return begins[index];
  }

  /// Where it ends.
  int end(int index) {
    return ends[index];
  }

  private void read(Node block) {
    Node node = block.getFirstChild();
    while (node != null) {
      boolean inside = visit(node);
      Node down = inside ? node.getFirstChild() : null;
      if (down != null) {
        node = down;
        continue;
      }
      while (!node.equals(block) && node.getNext() == null) {
        node = node.getParent();
      }
      node = node.equals(block) ? null : node.getNext();
    }
  }

  private boolean visit(Node node) {
    switch (node) {
      case Text text -> text(text);
      case Code code -> code(code);
      case SoftLineBreak _, HardLineBreak _ -> {
        int place = plain.isEmpty() ? 0 : ends[plain.length() - 1];
        add('\n', place, place, node.getParent());
      }
      case HtmlInline html -> whole(html, html.getLiteral());
      case Image image ->
          whole(image, image.getFirstChild() == null ? image.getDestination() : Flow.words(image));
      default -> {
        if (node.getFirstChild() == null) {
          whole(node, Flow.destination(node));
        }
        return true;
      }
    }
    return false;
  }

  /// Letters that are written as they are, with a backslash, or as an entity.
  private void text(Text text) {
    String literal = text.getLiteral();
    int from = Source.begin(text);
    int to = Source.end(text);
    int place = from;
    int mark = plain.length();
    for (int i = 0; i < literal.length(); i++) {
      int next = notation(literal, i, place, to);
      if (next < 0) {
        plain.setLength(mark);
        glued.clear(mark, Math.max(mark, glued.length()));
        whole(text, literal);
        return;
      }
      boolean pair = next == place; // the second half of what an entity stands for
      add(literal.charAt(i), pair ? begins[plain.length() - 1] : place, next, text.getParent());
      if (pair) {
        glued.set(plain.length() - 1);
      }
      place = next;
    }
  }

  /// Where the notation of a character ends; -1 when it is not understood.
  private int notation(String literal, int index, int place, int to) {
    char c = literal.charAt(index);
    if (place >= to) {
      return Character.isLowSurrogate(c) && index > 0 ? place : -1;
    }
    char written = source.charAt(place);
    if (written == '\\' && place + 1 < to && Markdown.isPunctuation(source.charAt(place + 1))) {
      return source.charAt(place + 1) == c ? place + 2 : -1;
    }
    if (written == '&') {
      int semicolon = source.indexOf(';', place);
      if (semicolon > 0 && semicolon < to && semicolon - place < 40) {
        String meant = entity(source.substring(place, semicolon + 1));
        if (!meant.isEmpty() && literal.startsWith(meant, index)) {
          return meant.length() == 1 || Character.isSurrogate(c) ? semicolon + 1 : -1;
        }
      }
    }
    return written == c ? place + 1 : -1;
  }

  /// What an entity stands for; empty when it is none.
  private static String entity(String written) {
    String read = Flow.words(Markdown.parse("x" + written)).substring(1);
    return read.equals(written) ? "" : read;
  }

  /// Code loses a space at either end, and its line breaks become spaces.
  private void code(Code code) {
    String literal = code.getLiteral();
    int length = 0;
    for (SourceSpan span : code.getSourceSpans()) {
      length += span.getLength() + 1;
    }
    int[] places = new int[Math.max(0, length - 1)];
    int filled = 0;
    for (SourceSpan span : code.getSourceSpans()) {
      for (int i = 0; i <= span.getLength() && filled < places.length; i++) {
        places[filled++] = span.getInputIndex() + i;
      }
    }
    int fence = fence(code);
    int skip = fence + (filled - 2 * fence == literal.length() + 2 ? 1 : 0);
    if (filled - 2 * skip != literal.length()) {
      whole(code, literal);
      return;
    }
    for (int i = 0; i < literal.length(); i++) {
      int place = places[skip + i];
      add(literal.charAt(i), place, place + 1, code);
    }
  }

  /// How many backticks stand around code.
  int fence(Code code) {
    int begin = Source.begin(code);
    int end = begin;
    while (end >= 0 && end < source.length() && source.charAt(end) == '`') {
      end++;
    }
    return end - begin;
  }

  /// What cannot be cut, because its words are not in the source one by one.
  private void whole(Node node, String words) {
    int first = plain.length();
    for (int i = 0; i < words.length(); i++) {
      add(words.charAt(i), Source.begin(node), Source.end(node), node.getParent());
    }
    if (plain.length() > first + 1) {
      glued.set(first + 1, plain.length());
    }
  }

  private void add(char c, int begin, int end, Node node) {
    int at = plain.length();
    if (at == begins.length) {
      begins = Arrays.copyOf(begins, at * 2);
      ends = Arrays.copyOf(ends, at * 2);
      nodes = Arrays.copyOf(nodes, at * 2);
    }
    begins[at] = begin;
    ends[at] = end;
    nodes[at] = node;
    plain.append(c);
  }
}
