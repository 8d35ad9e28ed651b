package dev.sandpiper.edge.channel.text;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.commonmark.node.Code;
import org.commonmark.node.Delimited;
import org.commonmark.node.Link;
import org.commonmark.node.Node;

/// One paragraph. What is bold where it is cut is bold on both sides.
final class Paragraphs implements Material {

  /// More styles at one place are not carried over a cut.
  private static final int DEEPEST = 8;

  private final Node block;
  private final Source source;
  private final Words words;
  private final String plain;

  Paragraphs(Node block, Source source) {
    this.block = block;
    this.source = source;
    this.words = Words.of(block, source);
    this.plain = words.plain();
  }

  @Override
  public String words() {
    return plain;
  }

  @Override
  public boolean divisible(int index) {
    return words.divisible(index);
  }

  @Override
  public boolean parts(int index) {
    if (words.glued(index)) {
      return true;
    }
    for (Node node : common(index - 1, index)) {
      if (node instanceof Link || node instanceof Code) {
        return true;
      }
    }
    return false;
  }

  @Override
  public int next(int cut) {
    int index = cut;
    while (index < plain.length()
        && Character.isWhitespace(plain.charAt(index))
        && divisible(index + 1)) {
      index++;
    }
    return index;
  }

  /// The styles around both characters, outermost first.
  private List<Node> common(int left, int right) {
    List<Node> around = around(words.node(left));
    around.retainAll(around(words.node(right)));
    return around;
  }

  private List<Node> around(Node innermost) {
    List<Node> nodes = new ArrayList<>();
    for (Node node = innermost; !node.equals(block); node = node.getParent()) {
      nodes.addFirst(node);
    }
    return nodes;
  }

  @Override
  public String piece(int from, int to) {
    int end = to;
    while (end > from + 1 && Character.isWhitespace(plain.charAt(end - 1))) {
      end--;
    }
    String said = plain.substring(from, end);
    int next = next(end);
    List<Node> opened = from == 0 ? List.of() : common(from - 1, from);
    List<Node> closed = next >= plain.length() ? List.of() : common(end - 1, next);
    if (opened.size() > DEEPEST || closed.size() > DEEPEST) {
      return Markdown.escape(said);
    }
    int begin = words.begin(from);
    for (Node node : around(words.node(from))) {
      begin = opened.contains(node) ? begin : Math.min(begin, Source.begin(node));
    }
    int finish = words.end(end - 1);
    for (Node node : around(words.node(end - 1))) {
      finish = closed.contains(node) ? finish : Math.max(finish, Source.end(node));
    }
    if (words.glued(from) || words.glued(end) || begin < 0 || finish < begin) {
      return Markdown.escape(said);
    }
    String middle = source.between(block, begin, finish);
    return firstThatSays(
        said,
        List.of(
            () -> marks(opened, true) + middle + marks(closed.reversed(), false),
            () -> "\\" + middle,
            () -> middle.replaceFirst("^([0-9]{1,9})([.)])", "$1\\\\$2")));
  }

  private String firstThatSays(String said, List<Supplier<String>> makers) {
    for (Supplier<String> maker : makers) {
      String candidate = maker.get();
      if (source.says(candidate, said)) {
        return candidate;
      }
    }
    return Markdown.escape(said);
  }

  private String marks(List<Node> nodes, boolean opening) {
    StringBuilder marks = new StringBuilder();
    for (Node node : nodes) {
      marks.append(
          switch (node) {
            case Code code -> "`".repeat(words.fence(code));
            case Link link -> opening ? "[" : target(link);
            case Delimited delimited ->
                opening ? delimited.getOpeningDelimiter() : delimited.getClosingDelimiter();
            default -> "";
          });
    }
    return marks.toString();
  }

  private static String target(Link link) {
    return "](<" + link.getDestination().replaceAll("([<>\\\\])", "\\\\$1") + ">)";
  }
}
