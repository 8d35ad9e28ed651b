package dev.sandpiper.parser.render.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.parser.document.Block;
import dev.sandpiper.parser.document.Span;
import dev.sandpiper.parser.document.Text;
import dev.sandpiper.parser.fixture.RandomTrees;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGeneratorFactory;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableBody;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableHead;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.BulletList;
import org.commonmark.node.Code;
import org.commonmark.node.Emphasis;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Link;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.ThematicBreak;
import org.commonmark.parser.Parser;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is rendered is read back by an independent parser as the same structure, text and style.
@Timeout(60)
class RoundTripTest {

  private static final Parser PARSER =
      Parser.builder().extensions(List.of(TablesExtension.create())).build();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 20261124})
  void renderedTreesReadBackTheSame(long seed) {
    RandomTrees trees = new RandomTrees(RandomGeneratorFactory.of("L64X128MixRandom").create(seed));
    MarkdownRenderer renderer = new MarkdownRenderer();
    for (int round = 0; round < 1500; round++) {
      List<Block> blocks = trees.blocks(4, 2);
      String markdown = renderer.render(blocks);
      assertThat(read(PARSER.parse(markdown)))
          .as("seed %d round %d\n%s", seed, round, markdown)
          .isEqualTo(expected(blocks));
    }
  }

  private static String expected(List<Block> blocks) {
    StringBuilder out = new StringBuilder();
    for (Block block : blocks) {
      out.append(expected(block));
    }
    return out.toString();
  }

  private static String expected(Block block) {
    return switch (block) {
      case Block.Heading heading -> element("h" + heading.level(), text(heading.text()));
      case Block.Paragraph(Text text, _) -> element("p", text(text));
      case Block.Code code -> "<code:" + code.language() + ">" + code.text() + "</>";
      case Block.Rule _ -> "<rule>";
      case Block.Quote(List<Block> content, _) -> element("quote", expected(content));
      case Block.ListBlock list -> {
        StringBuilder items = new StringBuilder();
        list.items()
            .forEach(item -> items.append("<item>").append(expected(item.content())).append("</>"));
        yield "<" + (list.ordered() ? "ol" + list.start() : "ul") + ">" + items + "</>";
      }
      case Block.Table table -> {
        StringBuilder rows = new StringBuilder();
        table.rows().forEach(row -> rows.append(row(row.cells())));
        yield "<table>" + rows + "</>";
      }
      default -> throw new IllegalArgumentException(block.toString());
    };
  }

  private static String row(List<Block.Cell> cells) {
    StringBuilder row = new StringBuilder("<row>");
    for (Block.Cell cell : cells) {
      row.append("<cell>");
      cell.content().forEach(block -> row.append(text(((Block.Paragraph) block).text())));
      row.append("</>");
    }
    return row.append("</>").toString();
  }

  private static String element(String name, String content) {
    return content.isEmpty() ? "" : "<" + name + ">" + content + "</>";
  }

  /// Every character with its style, one per line.
  private static String text(Text text) {
    FlatText flat = FlatText.of(text, false);
    Styled styled = new Styled();
    for (FlatText.Segment segment : flat.segments()) {
      String content = flat.plain().substring(segment.start(), segment.end());
      boolean code = segment.has(Span.Mark.CODE) && !content.isBlank();
      String style =
          (segment.has(Span.Mark.BOLD) ? "b" : "")
              + (segment.has(Span.Mark.ITALIC) ? "i" : "")
              + (code ? "c" : "");
      String link = segment.link() == null ? "" : segment.link();
      for (int i = 0; i < content.length(); i++) {
        char c = content.charAt(i);
        styled.add(c, style, link);
      }
    }
    return styled.toString();
  }

  private static String read(Node parent) {
    StringBuilder out = new StringBuilder();
    for (Node node = parent.getFirstChild(); node != null; node = node.getNext()) {
      out.append(readBlock(node));
    }
    return out.toString();
  }

  private static String readBlock(Node node) {
    return switch (node) {
      case Heading heading -> element("h" + heading.getLevel(), readText(node));
      case Paragraph _ -> element("p", readText(node));
      case FencedCodeBlock code ->
          "<code:"
              + (code.getInfo().isEmpty() ? null : code.getInfo())
              + ">"
              + code.getLiteral()
              + "</>";
      case ThematicBreak _ -> "<rule>";
      case BlockQuote _ -> element("quote", read(node));
      case BulletList _ -> "<ul>" + read(node) + "</>";
      case OrderedList list -> "<ol" + list.getMarkerStartNumber() + ">" + read(node) + "</>";
      case ListItem _ -> "<item>" + read(node) + "</>";
      case TableBlock _ -> "<table>" + read(node) + "</>";
      case TableHead _, TableBody _ -> read(node);
      case TableRow _ -> "<row>" + read(node) + "</>";
      case TableCell _ -> "<cell>" + readText(node) + "</>";
      default -> "<" + node + ">";
    };
  }

  private static String readText(Node node) {
    Styled styled = new Styled();
    readText(node, "", "", styled);
    return styled.toString();
  }

  private static void readText(Node parent, String outer, String link, Styled out) {
    String style = outer;
    for (Node node = parent.getFirstChild(); node != null; node = node.getNext()) {
      switch (node) {
        case org.commonmark.node.Text text -> out.addAll(text.getLiteral(), style, link);
        case Code code -> out.addAll(code.getLiteral(), style + "c", link);
        case StrongEmphasis _ -> readText(node, style + "b", link, out);
        case Emphasis _ -> readText(node, style + "i", link, out);
        case Link target ->
            readText(
                node, style, target.getDestination().replace("%28", "(").replace("%29", ")"), out);
        case HardLineBreak _ -> out.add('\n', style, link);
        case SoftLineBreak _ -> out.add('?', style, link);
        case HtmlInline html -> style = html(html.getLiteral(), style, link, out);
        default -> out.addAll(node.toString(), style, link);
      }
    }
  }

  private static String html(String tag, String style, String link, Styled out) {
    return switch (tag) {
      case "<strong>" -> style + "b";
      case "<em>" -> style + "i";
      case "</strong>" -> style.replaceFirst("b", "");
      case "</em>" -> style.replaceFirst("i", "");
      case "<br>" -> {
        out.add('\n', style, link);
        yield style;
      }
      case "<sup>", "</sup>", "<sub>", "</sub>", "<del>", "</del>" -> style;
      default -> {
        out.addAll(tag, style, link);
        yield style;
      }
    };
  }

  /// Characters with their styles. White space has no style: nobody sees it. Line breaks inside
  /// code are spaces, and the strike-through marks, which the parser does not know, are left out.
  private static final class Styled {
    private final List<String> characters = new ArrayList<>();

    void addAll(String text, String style, String link) {
      for (int i = 0; i < text.length(); i++) {
        add(text.charAt(i), style, link);
      }
    }

    void add(char c, String style, String link) {
      if (c == '~') {
        return;
      }
      boolean blank = Character.isWhitespace(c) || Character.isSpaceChar(c);
      boolean both = style.indexOf('b') >= 0 && style.indexOf('i') >= 0;
      String shown = both ? "bi" + (style.indexOf('c') >= 0 ? "c" : "") : style;
      characters.add(blank ? " " : c + "{" + shown + "|" + link + "}");
    }

    @Override
    public String toString() {
      return String.join("", characters).strip();
    }
  }
}
