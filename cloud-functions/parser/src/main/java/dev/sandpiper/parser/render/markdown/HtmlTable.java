package dev.sandpiper.parser.render.markdown;

import dev.sandpiper.parser.document.Block;
import dev.sandpiper.parser.document.Span;
import dev.sandpiper.parser.document.Text;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Tables as HTML inside Markdown. There is never an empty line: it would end the HTML.
final class HtmlTable {

  private final boolean hidden;

  HtmlTable(boolean hidden) {
    this.hidden = hidden;
  }

  String table(Block.Table table) {
    StringBuilder out = new StringBuilder();
    table(table, out);
    return out.toString();
  }

  private void table(Block.Table table, StringBuilder out) {
    out.append("<table>\n");
    if (table.caption() != null && !table.caption().isBlank()) {
      out.append("<caption>").append(inline(table.caption())).append("</caption>\n");
    }
    int header = Math.clamp(table.headerRows(), 0, table.rows().size());
    section("thead", "th", table.rows().subList(0, header), out);
    section("tbody", "td", table.rows().subList(header, table.rows().size()), out);
    out.append("</table>");
  }

  private void section(String name, String cell, List<Block.Row> rows, StringBuilder out) {
    if (rows.isEmpty()) {
      return;
    }
    out.append('<').append(name).append(">\n");
    for (Block.Row row : rows) {
      out.append("<tr>");
      row.cells().forEach(content -> cell(content, cell, out));
      out.append("</tr>\n");
    }
    out.append("</").append(name).append(">\n");
  }

  private void cell(Block.Cell cell, String name, StringBuilder out) {
    out.append('<').append(name);
    if (cell.rowSpan() > 1) {
      out.append(" rowspan=\"").append(cell.rowSpan()).append('"');
    }
    if (cell.colSpan() > 1) {
      out.append(" colspan=\"").append(cell.colSpan()).append('"');
    }
    out.append('>');
    if (cell.content().size() == 1
        && cell.content().getFirst() instanceof Block.Paragraph(Text text, _)) {
      out.append(inline(text));
    } else {
      blocks(cell.content(), out);
    }
    out.append("</").append(name).append('>');
  }

  private void blocks(List<Block> blocks, StringBuilder out) {
    for (Block block : blocks) {
      block(block, out);
    }
  }

  private void block(Block block, StringBuilder out) {
    switch (block) {
      case Block.Heading heading -> element("h" + heading.level(), inline(heading.text()), out);
      case Block.Paragraph(Text text, _) -> element("p", inline(text), out);
      case Block.ListBlock list -> list(list, out);
      case Block.Table table -> table(table, out);
      case Block.Code code ->
          element(
              "pre",
              "<code>" + escape(code.text()).replace("\r", "").replace("\n", "&#10;") + "</code>",
              out);
      case Block.Quote(List<Block> content, _) -> nested("blockquote", content, out);
      case Block.Image image -> image(image.alt(), image.target(), out);
      case Block.Note note -> blocks(note.content(), out);
      case Block.Rule _ -> out.append("<hr>");
      case Block.PageBreak _ -> {}
    }
  }

  private void list(Block.ListBlock list, StringBuilder out) {
    String name = list.ordered() ? "ol" : "ul";
    boolean plain = !list.ordered() || list.start() == 1;
    out.append('<').append(name).append(plain ? "" : " start=\"" + list.start() + "\"").append('>');
    for (Block.Item item : list.items()) {
      out.append("<li>");
      if (item.checked() != null) {
        out.append(item.checked() ? "[x] " : "[ ] ");
      }
      if (item.content().size() == 1
          && item.content().getFirst() instanceof Block.Paragraph(Text text, _)) {
        out.append(inline(text));
      } else {
        blocks(item.content(), out);
      }
      out.append("</li>");
    }
    out.append("</").append(name).append('>');
  }

  private void nested(String name, List<Block> content, StringBuilder out) {
    out.append('<').append(name).append('>');
    blocks(content, out);
    out.append("</").append(name).append('>');
  }

  private static void element(String name, String content, StringBuilder out) {
    out.append('<').append(name).append('>').append(content).append("</").append(name).append('>');
  }

  private static void image(@Nullable String alt, @Nullable String target, StringBuilder out) {
    out.append("<img src=\"").append(target == null ? "" : Links.destination(target));
    out.append("\" alt=\"").append(alt == null ? "" : escape(alt).replace("\n", " ")).append("\">");
  }

  private String inline(Text text) {
    FlatText flat = FlatText.of(text, hidden);
    StringBuilder out = new StringBuilder();
    for (FlatText.Segment segment : flat.segments()) {
      String content =
          escape(flat.plain().substring(segment.start(), segment.end())).replace("\n", "<br>");
      if (segment.noteRef() != null) {
        content = "[^" + Links.noteId(segment.noteRef()) + "]";
      }
      for (Span.Mark mark : Span.Mark.values()) {
        content = segment.has(mark) ? marked(content, mark) : content;
      }
      out.append(
          segment.link() == null
              ? content
              : "<a href=\""
                  + Links.destination(segment.link()).replace("\"", "%22")
                  + "\">"
                  + content
                  + "</a>");
    }
    return out.toString();
  }

  private static String marked(String content, Span.Mark mark) {
    String tag =
        switch (mark) {
          case BOLD -> "strong";
          case ITALIC -> "em";
          case CODE -> "code";
          case STRIKE -> "del";
          case SUPERSCRIPT -> "sup";
          case SUBSCRIPT -> "sub";
          case UNDERLINE, HIDDEN -> "";
        };
    return tag.isEmpty() ? content : "<" + tag + ">" + content + "</" + tag + ">";
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
