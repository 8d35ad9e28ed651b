package dev.sandpiper.parser.format.odf;

import dev.sandpiper.parser.document.Block;
import dev.sandpiper.parser.document.Span;
import dev.sandpiper.parser.document.Text;
import dev.sandpiper.parser.format.container.XmlCursor;
import dev.sandpiper.parser.format.flow.TextBuilder;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the content of one paragraph.
final class OdfText {

  private static final int DEEPEST = 100;
  private static final int MOST_SPACES = 1000;
  private static final int LONGEST_TEXT = 100_000;

  private final OdfBlocks blocks;
  private final TextBuilder text;
  private final List<Block> anchored = new ArrayList<>();
  private boolean afterSpace = true;

  OdfText(OdfBlocks blocks) {
    this.blocks = blocks;
    this.text = new TextBuilder(blocks.context().budget());
  }

  /// Pictures and boxes anchored in the paragraph.
  List<Block> anchored() {
    return anchored;
  }

  /// Reads a paragraph or heading to its end.
  Text read(XmlCursor xml) {
    Set<Span.Mark> style = blocks.styles().paragraph(xml.attr("text:style-name", ""));
    content(xml, union(blocks.marks(), style), null, 0);
    return text.build();
  }

  private static Set<Span.Mark> union(Set<Span.Mark> one, Set<Span.Mark> other) {
    if (other.isEmpty() || one.containsAll(other)) {
      return one;
    }
    EnumSet<Span.Mark> all = EnumSet.copyOf(other);
    all.addAll(one);
    return Set.copyOf(all);
  }

  private void content(XmlCursor xml, Set<Span.Mark> marks, @Nullable String link, int nesting) {
    int depth = xml.depth();
    while (xml.nextIn(depth)) {
      if (xml.isText()) {
        collapse(xml.text(), marks, link);
      } else if (xml.isStart()) {
        element(xml, marks, link, nesting + 1);
      }
    }
  }

  /// Runs of white space in the file are one space; further ones are elements.
  private void collapse(String raw, Set<Span.Mark> marks, @Nullable String link) {
    StringBuilder collapsed = new StringBuilder(raw.length());
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      boolean space = c == ' ' || c == '\n' || c == '\t' || c == '\r';
      if (!space) {
        collapsed.append(c);
      } else if (!afterSpace) {
        collapsed.append(' ');
      }
      afterSpace = space;
    }
    text.append(collapsed.toString(), marks, link);
  }

  private void element(XmlCursor xml, Set<Span.Mark> marks, @Nullable String link, int nesting) {
    if (nesting > DEEPEST) {
      xml.skip();
      return;
    }
    switch (xml.name()) {
      case "text:span" -> {
        Set<Span.Mark> own = blocks.styles().text(xml.attr("text:style-name", ""));
        content(xml, union(marks, own), link, nesting);
      }
      case "text:a" -> content(xml, marks, link(xml), nesting);
      case "text:s" -> {
        int count = Math.clamp(xml.intAttr("text:c", 1), 1, MOST_SPACES);
        literal(" ".repeat(count), marks, link);
      }
      case "text:tab" -> literal("\t", marks, link);
      case "text:line-break" -> literal("\n", marks, link);
      case "text:note" -> note(xml);
      case "office:annotation" -> annotation(xml);
      case "draw:frame", "draw:custom-shape", "draw:rect", "draw:g" -> anchored.addAll(frame(xml));
      case "text:hidden-text" ->
          literal(xml.attr("text:string-value", ""), union(marks, Set.of(Span.Mark.HIDDEN)), link);
      case "text:hidden-paragraph", "text:ruby-text", "text:script", "office:event-listeners" ->
          xml.skip();
      default -> content(xml, marks, link, nesting);
    }
  }

  private static @Nullable String link(XmlCursor xml) {
    String target = xml.attr("xlink:href", "");
    return target.isBlank() || target.startsWith("#") ? null : target;
  }

  private void literal(String value, Set<Span.Mark> marks, @Nullable String link) {
    text.append(value, marks, link);
    afterSpace = false;
  }

  private void note(XmlCursor xml) {
    boolean endnote = xml.attr("text:note-class", "").equals("endnote");
    String id = xml.attr("text:id", "note-" + (blocks.notes().size() + 1));
    String label = "";
    List<Block> content = List.of();
    int depth = xml.depth();
    while (xml.nextIn(depth)) {
      if (xml.isStart("text:note-citation")) {
        label = xml.allText(LONGEST_TEXT).strip();
      } else if (xml.isStart("text:note-body")) {
        content = blocks.read(xml);
      }
    }
    text.noteRef(id, label);
    afterSpace = false;
    Block.Note.Kind kind = endnote ? Block.Note.Kind.ENDNOTE : Block.Note.Kind.FOOTNOTE;
    blocks.notes().add(new Block.Note(kind, id, content, blocks.span()));
  }

  private void annotation(XmlCursor xml) {
    String id = "comment-" + (blocks.notes().size() + 1);
    List<Block> content = new ArrayList<>();
    int depth = xml.depth();
    while (xml.nextIn(depth)) {
      if (xml.isStart("text:p")) {
        Text line = new OdfText(blocks).read(xml);
        if (!line.isBlank()) {
          content.add(new Block.Paragraph(line, blocks.span()));
        }
      } else if (xml.isStart("dc:creator") || xml.isStart("dc:date")) {
        xml.skip();
      }
    }
    text.noteRef(id, "*");
    blocks.notes().add(new Block.Note(Block.Note.Kind.COMMENT, id, content, blocks.span()));
  }

  /// Reads a frame or shape to its end: its picture, else its text.
  List<Block> frame(XmlCursor xml) {
    List<Block> found = new ArrayList<>();
    String target = null;
    String title = "";
    String description = "";
    int depth = xml.depth();
    while (xml.nextIn(depth)) {
      if (!xml.isStart()) {
        continue;
      }
      switch (xml.name()) {
        case "draw:image" -> target = target == null ? xml.attr("xlink:href", "") : target;
        case "svg:title" -> title = xml.allText(LONGEST_TEXT).strip();
        case "svg:desc" -> description = xml.allText(LONGEST_TEXT).strip();
        case "text:p", "text:h" -> {
          OdfText inner = new OdfText(blocks);
          Text line = inner.read(xml);
          if (!line.isBlank()) {
            found.add(new Block.Paragraph(line, blocks.span()));
          }
          found.addAll(inner.anchored());
        }
        case "draw:text-box" -> found.addAll(blocks.read(xml));
        case "table:table" -> found.addAll(blocks.table(xml));
        case "math:math", "presentation:notes" -> xml.skip();
        default -> {}
      }
    }
    if (target != null && !target.isEmpty() && found.isEmpty()) {
      String alt = description.isEmpty() ? title : description;
      found.add(new Block.Image(alt.isEmpty() ? null : alt, target, blocks.span()));
    }
    return found;
  }
}
