package dev.sandpiper.parser.format.odf;

import dev.sandpiper.parser.document.Block;
import dev.sandpiper.parser.document.SourceSpan;
import dev.sandpiper.parser.document.Span;
import dev.sandpiper.parser.document.Text;
import dev.sandpiper.parser.format.ParseContext;
import dev.sandpiper.parser.format.container.XmlCursor;
import dev.sandpiper.parser.format.flow.TableBuilder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads block content: headings, paragraphs, lists, tables, frames.
final class OdfBlocks {

  private static final int DEEPEST = 24;

  private final OdfStyles styles;
  private final ParseContext context;
  private final Set<Span.Mark> marks;
  private final SourceSpan span;
  private final List<Block> notes = new ArrayList<>();
  private final Map<String, Integer> counted = new HashMap<>();
  private int nesting;
  private int pages = 1;

  /// @param marks set on all text
  OdfBlocks(OdfStyles styles, ParseContext context, Set<Span.Mark> marks, SourceSpan span) {
    this.styles = styles;
    this.context = context;
    this.marks = marks;
    this.span = span;
  }

  OdfStyles styles() {
    return styles;
  }

  ParseContext context() {
    return context;
  }

  Set<Span.Mark> marks() {
    return marks;
  }

  SourceSpan span() {
    return span;
  }

  /// Footnotes, endnotes and comments met so far, in order.
  List<Block> notes() {
    return notes;
  }

  /// Pages that the author began explicitly, the first included.
  int pages() {
    return pages;
  }

  /// Reads the current element to its end.
  List<Block> read(XmlCursor xml) {
    if (nesting >= DEEPEST) {
      context.warn("too-deep", "Content nested too deeply was skipped.", "content.xml");
      xml.skip();
      return List.of();
    }
    nesting++;
    try {
      Flow flow = new Flow(span);
      content(xml, flow);
      return flow.build();
    } finally {
      nesting--;
    }
  }

  private void content(XmlCursor xml, Flow flow) {
    int depth = xml.depth();
    while (xml.nextIn(depth)) {
      if (xml.isStart()) {
        block(xml, flow);
      }
    }
  }

  private void block(XmlCursor xml, Flow flow) {
    switch (xml.name()) {
      case "text:h" -> heading(xml, flow);
      case "text:p" -> paragraph(xml, flow);
      case "text:list" -> list(xml, "", 1).forEach(flow::addList);
      case "table:table" -> table(xml).forEach(flow::add);
      case "draw:frame", "draw:custom-shape" -> new OdfText(this).frame(xml).forEach(flow::add);
      case "text:tracked-changes",
          "text:sequence-decls",
          "text:variable-decls",
          "text:user-field-decls",
          "office:forms",
          "office:event-listeners",
          "presentation:notes",
          "text:table-of-content-source",
          "svg:desc",
          "svg:title" ->
          xml.skip();
      default -> {}
    }
  }

  private void heading(XmlCursor xml, Flow flow) {
    int level = Math.clamp(xml.intAttr("text:outline-level", 1), 1, 6);
    page(xml.attr("text:style-name", ""), flow);
    OdfText reader = new OdfText(this);
    Text text = reader.read(xml);
    if (!text.isBlank()) {
      flow.add(
          nesting > 1 ? new Block.Paragraph(text, span) : new Block.Heading(level, text, span));
    }
    reader.anchored().forEach(flow::add);
  }

  private void page(String style, Flow flow) {
    if (nesting == 1 && styles.startsPage(style)) {
      flow.add(new Block.PageBreak(++pages, span));
    }
  }

  private void paragraph(XmlCursor xml, Flow flow) {
    String style = xml.attr("text:style-name", "");
    page(style, flow);
    OdfText reader = new OdfText(this);
    Text text = reader.read(xml);
    switch (styles.role(style)) {
      case CODE -> flow.code(text.plain());
      case QUOTE -> {
        if (!text.isBlank()) {
          flow.quote(new Block.Paragraph(text, span));
        }
      }
      case RULE -> flow.add(new Block.Rule(span));
      case HEADING -> {
        if (!text.isBlank()) {
          int level = styles.headingLevel(style);
          flow.add(
              nesting > 1 ? new Block.Paragraph(text, span) : new Block.Heading(level, text, span));
        }
      }
      case NONE -> {
        if (!text.isBlank()) {
          flow.add(new Block.Paragraph(text, span));
        }
      }
    }
    reader.anchored().forEach(flow::add);
  }

  /// A list; headings that were numbered as a list come out as headings.
  private List<Block> list(XmlCursor xml, String outerStyle, int level) {
    if (nesting >= DEEPEST) {
      return read(xml);
    }
    nesting++;
    String style = xml.attr("text:style-name", outerStyle);
    boolean continues =
        xml.attr("text:continue-numbering", "false").equals("true")
            || xml.attr("text:continue-list") != null;
    String counter = style + "/" + level;
    int next = continues ? counted.getOrDefault(counter, 0) + 1 : styles.start(style, level);
    int start = next;
    List<Block.Item> items = new ArrayList<>();
    int depth = xml.depth();
    while (xml.nextIn(depth)) {
      if (xml.isStart("text:list-item") || xml.isStart("text:list-header")) {
        int own = xml.intAttr("text:start-value", next);
        start = items.isEmpty() ? Math.max(0, own) : start;
        next = own + 1;
        List<Block> content = item(xml, style, level);
        if (!content.isEmpty()) {
          items.add(new Block.Item(content, null));
        }
      }
    }
    counted.put(counter, next - 1);
    nesting--;
    return finished(items, styles.isOrdered(style, level), start);
  }

  private List<Block> finished(List<Block.Item> items, boolean ordered, int start) {
    if (items.isEmpty()) {
      return List.of();
    }
    boolean headings =
        items.stream().allMatch(item -> item.content().getFirst() instanceof Block.Heading);
    if (headings) {
      return items.stream().flatMap(item -> item.content().stream()).toList();
    }
    return List.of(new Block.ListBlock(ordered, ordered ? start : 1, items, span));
  }

  private List<Block> item(XmlCursor xml, String style, int level) {
    Flow flow = new Flow(span);
    int depth = xml.depth();
    while (xml.nextIn(depth)) {
      if (xml.isStart("text:list")) {
        list(xml, style, level + 1).forEach(flow::add);
      } else if (xml.isStart("text:h") && level == nesting - 1) {
        int heading = Math.clamp(xml.intAttr("text:outline-level", 1), 1, 6);
        Text text = new OdfText(this).read(xml);
        if (!text.isBlank()) {
          flow.add(new Block.Heading(heading, text, span));
        }
      } else if (xml.isStart()) {
        block(xml, flow);
      }
    }
    return flow.build();
  }

  List<Block> table(XmlCursor xml) {
    TableBuilder table = new TableBuilder(context.budget());
    int headerDepth = Integer.MAX_VALUE;
    int depth = xml.depth();
    while (xml.nextIn(depth)) {
      if (xml.isStart("table:table-header-rows")) {
        headerDepth = xml.depth();
      } else if (xml.isEnd() && xml.depth() < headerDepth) {
        headerDepth = Integer.MAX_VALUE;
      } else if (xml.isStart("table:table-row")) {
        row(xml, table, headerDepth != Integer.MAX_VALUE);
      } else if (xml.isStart("table:shapes")) {
        xml.skip();
      }
    }
    Block.Table built = table.build(null, span);
    return built == null ? List.of() : List.of(built);
  }

  private void row(XmlCursor xml, TableBuilder table, boolean header) {
    table.row(header);
    int depth = xml.depth();
    while (xml.nextIn(depth)) {
      if (xml.isStart("table:table-cell")) {
        int repeated = Math.max(1, xml.intAttr("table:number-columns-repeated", 1));
        int colSpan = xml.intAttr("table:number-columns-spanned", 1);
        int rowSpan = xml.intAttr("table:number-rows-spanned", 1);
        List<Block> content = read(xml);
        int copies = content.isEmpty() ? Math.min(repeated, 64) : repeated;
        for (int i = 0; i < copies; i++) {
          table.cell(content, rowSpan, colSpan);
        }
      } else if (xml.isStart("table:covered-table-cell")) {
        xml.skip();
      }
    }
  }
}
