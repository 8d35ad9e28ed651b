package dev.sandpiper.parser.format.pptx;

import dev.sandpiper.parser.document.Block;
import dev.sandpiper.parser.document.Text;
import dev.sandpiper.parser.format.ParseContext;
import dev.sandpiper.parser.format.container.XmlCursor;
import dev.sandpiper.parser.format.ooxml.OoxmlPackage;
import dev.sandpiper.parser.format.ooxml.Relationship;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads the speaker's notes and the comments of a slide.
final class SlideNotes {

  private static final int LONGEST_TEXT = 1_000_000;

  private final OoxmlPackage ooxml;
  private final ParseContext context;

  SlideNotes(OoxmlPackage ooxml, ParseContext context) {
    this.ooxml = ooxml;
    this.context = context;
  }

  List<Block> read(int number, Map<String, Relationship> relationships) {
    List<Block> notes = new ArrayList<>();
    for (Relationship relationship : relationships.values()) {
      if (relationship.external()) {
        continue;
      }
      switch (relationship.type()) {
        case "notesSlide" -> speaker(number, relationship.target(), notes);
        case "comments" -> comments(number, relationship.target(), notes);
        default -> {}
      }
    }
    return notes;
  }

  private void speaker(int number, String part, List<Block> notes) {
    SlideContext slide =
        new SlideContext(number, Set.of(), ooxml.relationships(part), ooxml, context);
    ShapeReader reader = new ShapeReader(slide, Layout.NONE, false);
    try (XmlCursor xml = ooxml.xml(part)) {
      while (xml != null && xml.next()) {
        if (xml.isStart("p:spTree")) {
          reader.group(xml, List.of());
        }
      }
    }
    List<Block> content = new ArrayList<>();
    for (Shape shape : reader.shapes()) {
      if (shape.role() == Shape.Role.BODY) {
        content.addAll(shape.blocks());
      }
    }
    if (!content.isEmpty()) {
      notes.add(
          new Block.Note(
              Block.Note.Kind.SPEAKER, "slide-" + number + "-notes", content, slide.span()));
    }
  }

  private void comments(int number, String part, List<Block> notes) {
    SlideContext slide = new SlideContext(number, Set.of(), Map.of(), ooxml, context);
    try (XmlCursor xml = ooxml.xml(part)) {
      while (xml != null && xml.next()) {
        List<Block> content = List.of();
        if (xml.isStart("p:text")) {
          String text = xml.allText(LONGEST_TEXT).strip();
          context.budget().spendCharacters(text.length());
          content =
              text.isEmpty()
                  ? List.of()
                  : List.of(new Block.Paragraph(Text.of(text), slide.span()));
        } else if (xml.isStart("p188:txBody")) {
          content = new TextBody(slide, level -> false).read(xml);
        }
        if (!content.isEmpty()) {
          String id = "slide-" + number + "-comment-" + (notes.size() + 1);
          notes.add(new Block.Note(Block.Note.Kind.COMMENT, id, content, slide.span()));
        }
      }
    }
  }
}
