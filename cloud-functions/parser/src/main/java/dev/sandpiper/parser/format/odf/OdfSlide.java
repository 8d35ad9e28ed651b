package dev.sandpiper.parser.format.odf;

import dev.sandpiper.parser.document.Block;
import dev.sandpiper.parser.document.SourceSpan;
import dev.sandpiper.parser.document.Span;
import dev.sandpiper.parser.document.Text;
import dev.sandpiper.parser.format.ParseContext;
import dev.sandpiper.parser.format.container.XmlCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Reads one slide of a presentation.
final class OdfSlide {

  private final int number;
  private final OdfBlocks blocks;
  private final List<Block> titles = new ArrayList<>();
  private final List<Block> content = new ArrayList<>();
  private final List<Block> speaker = new ArrayList<>();

  OdfSlide(int number, OdfStyles styles, ParseContext context, boolean hidden) {
    this.number = number;
    Set<Span.Mark> marks = hidden ? Set.of(Span.Mark.HIDDEN) : Set.of();
    this.blocks = new OdfBlocks(styles, context, marks, new SourceSpan.OnSlide(number));
  }

  /// Reads a `draw:page` element to its end.
  List<Block> read(XmlCursor xml) {
    boolean main = false;
    int depth = xml.depth();
    while (xml.nextIn(depth)) {
      if (!xml.isStart()) {
        continue;
      }
      switch (xml.name()) {
        case "draw:frame", "draw:custom-shape", "draw:rect", "draw:ellipse", "draw:line" -> {
          String role = xml.attr("presentation:class", "");
          main |= role.equals("subtitle");
          shape(role, new OdfText(blocks).frame(xml));
        }
        case "presentation:notes" -> notes(xml);
        case "office:forms", "anim:par" -> xml.skip();
        default -> {}
      }
    }
    return arranged(main);
  }

  private void shape(String role, List<Block> found) {
    switch (role) {
      case "title" -> titles.addAll(found);
      case "date-time", "page-number" -> {}
      default -> content.addAll(found);
    }
  }

  private void notes(XmlCursor xml) {
    int depth = xml.depth();
    while (xml.nextIn(depth)) {
      if (xml.isStart("draw:frame")) {
        boolean isNotes = xml.attr("presentation:class", "").equals("notes");
        List<Block> found = new OdfText(blocks).frame(xml);
        if (isNotes) {
          speaker.addAll(found);
        }
      }
    }
  }

  private List<Block> arranged(boolean main) {
    List<Block> arranged = new ArrayList<>();
    for (Block title : titles) {
      arranged.add(
          title instanceof Block.Paragraph(Text text, SourceSpan span)
              ? new Block.Heading(main ? 1 : 2, text, span)
              : title);
    }
    arranged.addAll(content);
    arranged.addAll(blocks.notes());
    if (!speaker.isEmpty()) {
      arranged.add(
          new Block.Note(
              Block.Note.Kind.SPEAKER, "slide-" + number + "-notes", speaker, blocks.span()));
    }
    return arranged;
  }
}
