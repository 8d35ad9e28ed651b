package dev.sandpiper.parser.format.docx;

import dev.sandpiper.parser.document.Block;
import dev.sandpiper.parser.format.container.XmlCursor;
import java.util.List;

/// Reads block content: paragraphs, tables, content controls, and what is nested in them.
final class BodyReader {

  private static final int DEEPEST = 24;
  private static final int DEEPEST_XML = 150;

  private final Story story;
  private final Fields fields = new Fields();
  private int nesting;
  private boolean flattened;

  BodyReader(Story story) {
    this.story = story;
  }

  /// Reads the current element (`w:body`, `w:hdr`, `w:footnote`, …) to its end.
  List<Block> read(XmlCursor xml) {
    BlockFlow flow = new BlockFlow(story, false);
    content(xml, flow, new TableReader.CellProperties());
    return flow.build();
  }

  /// The same for content inside a block: a cell, a text box. Too deep, its text is skipped.
  List<Block> inner(XmlCursor xml) {
    return inner(xml, new TableReader.CellProperties());
  }

  /// The same for a table cell, whose properties are noted in `cell`.
  List<Block> inner(XmlCursor xml, TableReader.CellProperties cell) {
    if (nesting >= DEEPEST) {
      if (!flattened) {
        flattened = true;
        story
            .context()
            .warn("too-deep", "Tables or boxes nested too deeply were skipped.", story.part());
      }
      xml.skip();
      return List.of();
    }
    nesting++;
    try {
      BlockFlow flow = new BlockFlow(story, true);
      content(xml, flow, cell);
      return flow.build();
    } finally {
      nesting--;
    }
  }

  private void content(XmlCursor xml, BlockFlow flow, TableReader.CellProperties cell) {
    int depth = xml.depth();
    while (xml.nextIn(depth)) {
      if (xml.isStart()) {
        block(xml, flow, cell);
      }
    }
  }

  private void block(XmlCursor xml, BlockFlow flow, TableReader.CellProperties cell) {
    if (xml.depth() > DEEPEST_XML) {
      xml.skip();
      return;
    }
    switch (xml.name()) {
      case "w:p" -> paragraph(xml, flow);
      case "w:tbl" -> flow.table(new TableReader(story, this).read(xml));
      case "w:tcPr" -> cell.read(xml);
      case "w:altChunk" -> story.nested(xml.attr("r:id", "")).forEach(flow::block);
      case "w:sectPr", "w:sdtPr", "w:sdtEndPr", "w:del", "w:moveFrom", "w:customXmlPr" ->
          xml.skip();
      case "mc:AlternateContent" -> {
        if (Alternatives.enter(xml)) {
          int depth = xml.depth();
          content(xml, flow, cell);
          Alternatives.leave(xml, depth);
        }
      }
      default -> content(xml, flow, cell);
    }
  }

  private void paragraph(XmlCursor xml, BlockFlow flow) {
    ParagraphReader reader = flow.paragraphReader(() -> new ParagraphReader(story, fields, this));
    ParagraphProperties properties = ParagraphProperties.of(story.styles().paragraph(null));
    int depth = xml.depth();
    while (xml.nextIn(depth)) {
      if (!xml.isStart()) {
        continue;
      }
      if (xml.isStart("w:pPr")) {
        properties = ParagraphProperties.read(xml, story.styles());
      } else {
        reader.child(xml, properties.run(), null, 0);
      }
    }
    fields.endParagraph();
    flow.paragraph(properties, reader);
  }
}
