package dev.sandpiper.parser.format.html;

import dev.sandpiper.parser.document.Block;
import dev.sandpiper.parser.document.SourceSpan;
import dev.sandpiper.parser.document.Span.Mark;
import dev.sandpiper.parser.document.Text;
import dev.sandpiper.parser.format.ParseContext;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jsoup.nodes.CDataNode;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jspecify.annotations.Nullable;

/// Walks nodes in document order and collects blocks: inline content gathers in a paragraph that
/// the next block element closes.
final class HtmlFlow {

  /// What does not change while one flow is walked.
  ///
  /// @param depth blocks this flow lies in
  record Setting(HtmlBlocks.Origin origin, ParseContext context, int depth) {
    SourceSpan span() {
      return origin.span();
    }

    boolean mayNest() {
      return depth + 1 < context.budget().limits().maxNesting();
    }

    /// The blocks of some nodes, one level deeper.
    List<Block> inner(List<Node> nodes) {
      HtmlFlow flow = new HtmlFlow(new Setting(origin, context, depth + 1));
      nodes.forEach(node -> flow.add(node, InlineText.Style.PLAIN));
      return flow.blocks();
    }
  }

  private static final List<String> NOTES = List.of("footnote", "rearnote", "endnote");
  private static final int ELEMENTS_PER_DEADLINE_CHECK = 2048;
  private static final Set<String> BLOCKS =
      Set.of(
          "address",
          "article",
          "aside",
          "body",
          "center",
          "details",
          "dialog",
          "dd",
          "div",
          "dt",
          "fieldset",
          "figcaption",
          "figure",
          "footer",
          "form",
          "header",
          "hgroup",
          "html",
          "legend",
          "li",
          "main",
          "nav",
          "option",
          "p",
          "search",
          "section",
          "summary",
          "tbody",
          "td",
          "tfoot",
          "th",
          "thead",
          "tr",
          "caption",
          "optgroup");

  private final Setting setting;
  private final List<Block> blocks = new ArrayList<>();
  private final List<Block> images = new ArrayList<>();
  private final InlineText text = new InlineText();
  private int elements;

  HtmlFlow(Setting setting) {
    this.setting = setting;
  }

  /// All blocks so far; ends the open paragraph.
  List<Block> blocks() {
    endParagraph();
    return blocks;
  }

  void add(Node node, InlineText.Style style) {
    switch (node) {
      case CDataNode data -> addText(data.text(), style);
      case TextNode words -> addText(words.getWholeText(), style);
      case Element element -> addElement(element, style);
      default -> {}
    }
  }

  private void addText(String words, InlineText.Style style) {
    setting.context().budget().spendCharacters(words.length());
    text.add(words, style);
  }

  private void addAll(Element parent, InlineText.Style style) {
    for (Node child : parent.childNodes()) {
      add(child, style);
    }
  }

  private void addElement(Element element, InlineText.Style style) {
    if (++elements % ELEMENTS_PER_DEADLINE_CHECK == 0) {
      setting.context().budget().checkDeadline();
    }
    if (Visibility.isHidden(element)) {
      return;
    }
    String name = element.normalName();
    if (isNote(element)) {
      note(element);
    } else if (!addBlock(element, name, style)) {
      addInline(element, name, style);
    }
  }

  private boolean addBlock(Element element, String name, InlineText.Style style) {
    switch (name) {
      case "h1", "h2", "h3", "h4", "h5", "h6" -> heading(element, name.charAt(1) - '0');
      case "ul", "ol", "menu", "dir" -> nested(element, style, () -> list(element));
      case "dl" -> nested(element, style, () -> definitions(element));
      case "blockquote" -> nested(element, style, () -> quote(element));
      case "table" -> nested(element, style, () -> table(element, style));
      case "pre", "listing", "xmp", "plaintext" -> code(element);
      case "hr" -> closed(new Block.Rule(setting.span()));
      default -> {
        if (!BLOCKS.contains(name)) {
          return false;
        }
        container(element, style);
      }
    }
    return true;
  }

  /// Blocks nested deeper than allowed are flattened, not lost.
  private void nested(Element element, InlineText.Style style, Runnable build) {
    if (setting.mayNest()) {
      endParagraph();
      build.run();
    } else {
      container(element, style);
    }
  }

  private void container(Element element, InlineText.Style style) {
    endParagraph();
    if (element.attr("role").equals("heading")) {
      heading(element, Numbers.read(element.attr("aria-level"), 1, 6, 2));
    } else {
      addAll(element, style);
    }
    endParagraph();
  }

  private void heading(Element element, int level) {
    endParagraph();
    if (element.selectFirst("table, ul, ol, pre, blockquote") != null) {
      addAll(element, InlineText.Style.PLAIN);
      endParagraph();
      return;
    }
    addInlineContent(element);
    Text words = text.take();
    if (!words.isBlank()) {
      blocks.add(new Block.Heading(level, words, setting.span()));
    }
    flushImages();
  }

  /// Content of a heading or caption: block elements inside it only separate words.
  private void addInlineContent(Element parent) {
    for (Node child : parent.childNodes()) {
      if (child instanceof Element element && BLOCKS.contains(element.normalName())) {
        if (!Visibility.isHidden(element)) {
          text.add(" ", InlineText.Style.PLAIN);
          addInlineContent(element);
          text.add(" ", InlineText.Style.PLAIN);
        }
      } else {
        add(child, InlineText.Style.PLAIN);
      }
    }
  }

  private void list(Element element) {
    List<Block.Item> items = new ArrayList<>();
    List<Node> stray = new ArrayList<>();
    for (Node child : element.childNodes()) {
      if (child instanceof Element item && item.normalName().equals("li")) {
        endItem(items, stray, null);
        if (!Visibility.isHidden(item)) {
          endItem(items, new ArrayList<>(item.childNodes()), checked(item));
        }
      } else {
        stray.add(child);
      }
    }
    endItem(items, stray, null);
    if (!items.isEmpty()) {
      boolean ordered = element.normalName().equals("ol");
      int start = Numbers.read(element.attr("start"), 0, 1_000_000_000, 1);
      blocks.add(new Block.ListBlock(ordered, start, items, setting.span()));
    }
  }

  private void endItem(List<Block.Item> items, List<Node> nodes, @Nullable Boolean checked) {
    if (nodes.isEmpty()) {
      return;
    }
    List<Block> content = setting.inner(nodes);
    nodes.clear();
    boolean bareList = content.size() == 1 && content.getFirst() instanceof Block.ListBlock;
    if (bareList && !items.isEmpty() && checked == null) {
      // A list written beside an item instead of inside it belongs to the item before.
      Block.Item last = items.removeLast();
      List<Block> joined = new ArrayList<>(last.content());
      joined.addAll(content);
      items.add(new Block.Item(joined, last.checked()));
    } else if (!content.isEmpty()) {
      items.add(new Block.Item(content, checked));
    }
  }

  private static @Nullable Boolean checked(Element item) {
    Element box = item.selectFirst("input[type=checkbox]");
    return box == null ? null : Boolean.valueOf(box.hasAttr("checked"));
  }

  private void definitions(Element element) {
    List<Block.Item> items = new ArrayList<>();
    List<Node> group = new ArrayList<>();
    boolean described = false;
    for (Element child : terms(element)) {
      boolean term = child.normalName().equals("dt");
      if (term && described) {
        endItem(items, group, null);
        described = false;
      }
      described |= !term;
      group.add(child);
    }
    endItem(items, group, null);
    if (!items.isEmpty()) {
      blocks.add(new Block.ListBlock(false, 1, items, setting.span()));
    }
  }

  private static List<Element> terms(Element element) {
    List<Element> terms = new ArrayList<>();
    for (Element child : element.children()) {
      if (child.normalName().equals("div")) {
        terms.addAll(child.children());
      } else {
        terms.add(child);
      }
    }
    return terms;
  }

  private void quote(Element element) {
    List<Block> content = setting.inner(element.childNodes());
    if (!content.isEmpty()) {
      blocks.add(new Block.Quote(content, setting.span()));
    }
  }

  private void table(Element element, InlineText.Style style) {
    HtmlTable table = new HtmlTable(element, setting);
    if (table.isLayout()) {
      for (Element cell : table.cells()) {
        container(cell, style);
      }
    } else {
      Block.Table block = table.read();
      if (!block.rows().isEmpty()) {
        blocks.add(block);
      }
    }
  }

  private void code(Element element) {
    String code = Preformatted.text(element);
    setting.context().budget().spendCharacters(code.length());
    if (!code.isBlank()) {
      closed(new Block.Code(code, Preformatted.language(element), setting.span()));
    }
  }

  private static boolean isNote(Element element) {
    String kind = element.attr("epub:type") + " " + element.attr("role");
    return NOTES.stream().anyMatch(note -> kind.contains(note) && !kind.contains(note + "s"))
        || (element.normalName().equals("li")
            && !element.id().isEmpty()
            && element.closest("[role=doc-endnotes]") != null);
  }

  private void note(Element element) {
    endParagraph();
    List<Block> content = setting.inner(element.childNodes());
    if (!content.isEmpty()) {
      blocks.add(new Block.Note(Block.Note.Kind.FOOTNOTE, element.id(), content, setting.span()));
    }
  }

  private void addInline(Element element, String name, InlineText.Style style) {
    switch (name) {
      case "br" -> text.lineBreak();
      case "wbr" -> {}
      case "img", "image" -> image(element);
      case "svg" -> addText(ownTitle(element), style);
      case "math" ->
          addText(element.hasAttr("alttext") ? element.attr("alttext") : element.text(), style);
      case "input", "select", "textarea", "button" ->
          FormText.of(element)
              .ifPresent(words -> {
                addText(" " + words + " ", style);
              });
      case "q" -> {
        addText("“", style);
        addAll(element, style);
        addText("”", style);
      }
      case "a" -> anchor(element, style);
      default -> addAll(element, marked(element, name, style));
    }
  }

  private static String ownTitle(Element svg) {
    Element title = svg.selectFirst("title");
    return title == null ? "" : " " + title.text() + " ";
  }

  private void anchor(Element element, InlineText.Style style) {
    String kind = element.attr("epub:type") + " " + element.attr("role");
    String href = element.attr("href");
    int hash = href.indexOf('#');
    if (kind.contains("noteref") && hash >= 0 && hash + 1 < href.length()) {
      text.noteRef(element.text(), href.substring(hash + 1));
    } else if (!kind.contains("backlink")) {
      String link = setting.origin().links().read(element, "href");
      addAll(element, link == null ? style : new InlineText.Style(style.marks(), link));
    }
  }

  private static InlineText.Style marked(Element element, String name, InlineText.Style style) {
    Mark mark =
        switch (name) {
          case "b", "strong" -> Mark.BOLD;
          case "i", "em", "cite", "dfn", "var" -> Mark.ITALIC;
          case "code", "kbd", "samp", "tt" -> Mark.CODE;
          case "s", "strike", "del" -> Mark.STRIKE;
          case "u", "ins" -> Mark.UNDERLINE;
          case "sup" -> Mark.SUPERSCRIPT;
          case "sub" -> Mark.SUBSCRIPT;
          default -> styleMark(element.attr("style"));
        };
    if (mark == null || style.marks().contains(mark)) {
      return style;
    }
    EnumSet<Mark> marks = EnumSet.of(mark);
    marks.addAll(style.marks());
    return new InlineText.Style(Set.copyOf(marks), style.link());
  }

  private static @Nullable Mark styleMark(String css) {
    if (css.contains("font-weight:bold") || css.contains("font-weight: bold")) {
      return Mark.BOLD;
    }
    boolean italic = css.contains("font-style:italic") || css.contains("font-style: italic");
    return italic ? Mark.ITALIC : null;
  }

  private void image(Element element) {
    String alt = element.attr("alt").strip();
    String target = setting.origin().links().read(element, "src");
    boolean dot = element.attr("width").equals("1") || element.attr("height").equals("1");
    if (dot || (alt.isEmpty() && target == null)) {
      return;
    }
    Block image = new Block.Image(alt.isEmpty() ? null : alt, target, setting.span());
    if (text.isEmpty()) {
      blocks.add(image);
    } else {
      images.add(image);
    }
  }

  private void closed(Block block) {
    endParagraph();
    blocks.add(block);
  }

  private void endParagraph() {
    if (!text.isEmpty()) {
      blocks.add(new Block.Paragraph(text.take(), setting.span()));
    } else {
      text.take();
    }
    flushImages();
  }

  private void flushImages() {
    blocks.addAll(images);
    images.clear();
  }
}
