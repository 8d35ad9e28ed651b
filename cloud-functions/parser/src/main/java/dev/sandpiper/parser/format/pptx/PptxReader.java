package dev.sandpiper.parser.format.pptx;

import dev.sandpiper.parser.detect.Format;
import dev.sandpiper.parser.document.Block;
import dev.sandpiper.parser.document.Document;
import dev.sandpiper.parser.document.SourceSpan;
import dev.sandpiper.parser.document.Span;
import dev.sandpiper.parser.document.Text;
import dev.sandpiper.parser.format.FormatParser;
import dev.sandpiper.parser.format.ParseContext;
import dev.sandpiper.parser.format.container.XmlCursor;
import dev.sandpiper.parser.format.ooxml.OoxmlPackage;
import dev.sandpiper.parser.format.ooxml.Properties;
import dev.sandpiper.parser.format.ooxml.Relationship;
import dev.sandpiper.parser.task.ByteSource;
import dev.sandpiper.parser.task.ParseFailure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads PPTX files. Slides count as pages; titles are headings, notes follow their slide.
public final class PptxReader implements FormatParser {

  private static final int MOST_SLIDES = 100_000;

  @Override
  public Set<Format> formats() {
    return Set.of(Format.PPTX);
  }

  @Override
  public Document parse(ByteSource source, Format format, ParseContext context) throws IOException {
    try (OoxmlPackage ooxml = OoxmlPackage.open(source, context)) {
      String main = ooxml.mainPart("ppt/presentation.xml");
      List<String> slides = slides(ooxml, main, source);
      Deck deck = new Deck(ooxml, context);
      int parsed = 0;
      for (int i = 0; i < slides.size(); i++) {
        if (context.pages().contains(i + 1)) {
          if (++parsed > context.budget().limits().maxPages()) {
            throw new ParseFailure(
                ParseFailure.Code.OVER_LIMIT,
                "%s has more than %,d slides. Raise the page limit or select pages to parse it."
                    .formatted(source.name(), context.budget().limits().maxPages()));
          }
          deck.slide(i + 1, slides.get(i));
        }
      }
      return new Document(Properties.read(ooxml).build(), slides.size(), deck.blocks);
    }
  }

  private static List<String> slides(OoxmlPackage ooxml, String main, ByteSource source) {
    Map<String, Relationship> relationships = ooxml.relationships(main);
    List<String> slides = new ArrayList<>();
    try (XmlCursor xml = ooxml.xml(main)) {
      if (xml == null) {
        throw new ParseFailure(
            ParseFailure.Code.UNREADABLE,
            source.name() + " has no presentation part " + main + ". Save it anew as PPTX.");
      }
      while (xml.next()) {
        if (xml.isStart("p:sldId") && slides.size() < MOST_SLIDES) {
          Relationship slide = relationships.get(xml.attr("r:id", ""));
          if (slide != null && !slide.external()) {
            slides.add(slide.target());
          }
        }
      }
    }
    return slides;
  }

  /// The presentation as it is put together.
  private static final class Deck {
    private final OoxmlPackage ooxml;
    private final ParseContext context;
    private final Map<String, Layout> layouts = new HashMap<>();
    private final Set<String> margins = new HashSet<>();
    private final Set<String> embedded = new HashSet<>();
    private final List<Block> blocks = new ArrayList<>();

    private Deck(OoxmlPackage ooxml, ParseContext context) {
      this.ooxml = ooxml;
      this.context = context;
    }

    private void slide(int number, String part) {
      context.budget().checkDeadline();
      Map<String, Relationship> relationships = ooxml.relationships(part);
      List<Block> content = new ArrayList<>();
      try (XmlCursor xml = ooxml.xml(part)) {
        while (xml != null && xml.next()) {
          if (xml.isStart("p:sld")) {
            SlideContext slide =
                new SlideContext(number, SlideMarks.of(xml), relationships, ooxml, context);
            content.addAll(content(xml, slide));
          }
        }
      }
      content.addAll(new SlideNotes(ooxml, context).read(number, relationships));
      for (Relationship relationship : relationships.values()) {
        if (relationship.type().equals("package")
            && !relationship.external()
            && embedded.add(relationship.target())) {
          content.addAll(ooxml.nested(relationship.target()));
        }
      }
      if (!content.isEmpty() && !blocks.isEmpty()) {
        blocks.add(new Block.PageBreak(number, content.getFirst().span()));
      }
      blocks.addAll(content);
    }

    private List<Block> content(XmlCursor xml, SlideContext slide) {
      ShapeReader reader = new ShapeReader(slide, layout(slide.relationships()), true);
      while (xml.next()) {
        if (xml.isStart("p:spTree")) {
          reader.group(xml, List.of());
        }
      }
      return arranged(reader.shapes(), slide);
    }

    private Layout layout(Map<String, Relationship> relationships) {
      Relationship relationship = OoxmlPackage.first(relationships, "slideLayout");
      if (relationship == null) {
        return Layout.NONE;
      }
      return layouts.computeIfAbsent(
          relationship.target(),
          part -> {
            try (XmlCursor xml = ooxml.xml(part)) {
              return Layout.read(xml);
            }
          });
    }

    private List<Block> arranged(List<Shape> shapes, SlideContext slide) {
      List<Block> titles = new ArrayList<>();
      List<Shape> rest = new ArrayList<>();
      List<Block> last = new ArrayList<>();
      for (Shape shape : shapes) {
        switch (shape.role()) {
          case MAIN_TITLE -> titles.addAll(Titles.of(shape.blocks(), 1, slide.span()));
          case TITLE -> titles.addAll(Titles.of(shape.blocks(), 2, slide.span()));
          case BODY, OTHER -> rest.add(shape);
          case MARGIN -> margin(shape, last);
        }
      }
      List<Block> arranged = new ArrayList<>(titles);
      ReadingOrder.of(rest).forEach(shape -> arranged.addAll(shape.blocks()));
      arranged.addAll(last);
      return arranged;
    }

    /// Footers once for the whole presentation; slide numbers and bare dates not at all.
    private void margin(Shape shape, List<Block> last) {
      String words = Titles.plain(shape.blocks());
      if (words.chars().anyMatch(Character::isLetter) && margins.add(words)) {
        last.addAll(shape.blocks());
      }
    }
  }

  /// Marks on everything a slide holds.
  private static final class SlideMarks {
    private SlideMarks() {}

    private static Set<Span.Mark> of(XmlCursor xml) {
      String show = xml.attr("show", "1");
      return show.equals("0") || show.equals("false") ? Set.of(Span.Mark.HIDDEN) : Set.of();
    }
  }

  /// Titles as headings.
  static final class Titles {
    private Titles() {}

    private static List<Block> of(List<Block> blocks, int level, SourceSpan span) {
      List<Span> spans = new ArrayList<>();
      for (Block block : blocks) {
        if (block instanceof Block.Paragraph paragraph) {
          if (!spans.isEmpty()) {
            spans.add(Span.of(" "));
          }
          spans.addAll(paragraph.text().spans());
        }
      }
      return spans.isEmpty()
          ? List.copyOf(blocks)
          : List.of(new Block.Heading(level, new Text(spans), span));
    }

    private static String plain(List<Block> blocks) {
      StringBuilder text = new StringBuilder();
      for (Block block : blocks) {
        if (block instanceof Block.Paragraph paragraph) {
          text.append(paragraph.text().plain()).append('\n');
        }
      }
      return text.toString().strip();
    }
  }
}
