package dev.sandpiper.parser.format.pptx;

import dev.sandpiper.parser.document.Block;
import dev.sandpiper.parser.document.Span;
import dev.sandpiper.parser.document.Text;
import dev.sandpiper.parser.format.container.XmlCursor;
import dev.sandpiper.parser.format.flow.ListBuilder;
import dev.sandpiper.parser.format.flow.TextBuilder;
import dev.sandpiper.parser.format.ooxml.MathText;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the paragraphs of a shape, a cell or the notes.
final class TextBody {

  private static final int LONGEST_TEXT = 10_000_000;
  private static final int LEVELS = 9;

  /// Whether paragraphs of a level have bullets unless they say otherwise.
  @FunctionalInterface
  interface Bullets {
    boolean on(int level);
  }

  private final SlideContext slide;
  private final Bullets bullets;
  private final ListBuilder lists;
  private final int[] counts = new int[LEVELS];
  private int level;
  private boolean hasBullet;
  private boolean ordered;
  private int startAt;

  TextBody(SlideContext slide, Bullets bullets) {
    this.slide = slide;
    this.bullets = bullets;
    this.lists = new ListBuilder(slide.span());
  }

  /// Reads the current element to its end.
  List<Block> read(XmlCursor xml) {
    int depth = xml.depth();
    while (xml.nextIn(depth)) {
      if (xml.isStart("a:p")) {
        paragraph(xml);
      }
    }
    return lists.build();
  }

  private void paragraph(XmlCursor xml) {
    level = 0;
    ordered = false;
    startAt = 1;
    hasBullet = bullets.on(0);
    TextBuilder text = new TextBuilder(slide.context().budget());
    int depth = xml.depth();
    while (xml.nextIn(depth)) {
      if (!xml.isStart()) {
        continue;
      }
      switch (xml.name()) {
        case "a:pPr" -> properties(xml);
        case "a:r", "a:fld" -> run(xml, text);
        case "a:br" -> text.append("\n");
        case "m:oMath" -> text.append(MathText.read(xml));
        case "mc:Fallback" -> xml.skip();
        default -> {}
      }
    }
    add(text.build());
  }

  private void add(Text text) {
    if (text.isBlank()) {
      return;
    }
    Block paragraph = new Block.Paragraph(text, slide.span());
    if (!hasBullet) {
      lists.block(paragraph);
      return;
    }
    counts[level] = Math.max(counts[level] + 1, startAt);
    for (int deeper = level + 1; deeper < LEVELS; deeper++) {
      counts[deeper] = 0;
    }
    lists.item(new ListBuilder.Place(level, ordered, counts[level], ""), List.of(paragraph));
  }

  private void properties(XmlCursor xml) {
    level = Math.clamp(xml.intAttr("lvl", 0), 0, LEVELS - 1);
    boolean flush = xml.intAttr("marL", -1) == 0 && xml.intAttr("indent", -1) == 0;
    hasBullet = bullets.on(level) && !flush;
    int depth = xml.depth();
    while (xml.nextIn(depth)) {
      if (!xml.isStart()) {
        continue;
      }
      switch (xml.name()) {
        case "a:buNone" -> hasBullet = false;
        case "a:buChar", "a:buBlip" -> hasBullet = true;
        case "a:buAutoNum" -> {
          hasBullet = true;
          ordered = true;
          startAt = Math.max(1, xml.intAttr("startAt", 1));
        }
        default -> {}
      }
    }
  }

  private void run(XmlCursor xml, TextBuilder text) {
    Set<Span.Mark> marks = slide.marks();
    String link = null;
    int depth = xml.depth();
    while (xml.nextIn(depth)) {
      if (!xml.isStart()) {
        continue;
      }
      switch (xml.name()) {
        case "a:rPr" -> marks = marks(xml);
        case "a:hlinkClick" -> link = link(xml);
        case "a:t" -> text.append(xml.allText(LONGEST_TEXT).replace('\u000b', '\n'), marks, link);
        default -> {}
      }
    }
  }

  private @Nullable String link(XmlCursor xml) {
    String target = slide.externalTarget(xml.attr("r:id", ""));
    return target.isEmpty() ? null : target;
  }

  private Set<Span.Mark> marks(XmlCursor xml) {
    EnumSet<Span.Mark> marks = EnumSet.noneOf(Span.Mark.class);
    marks.addAll(slide.marks());
    if (isOn(xml.attr("b", "0"))) {
      marks.add(Span.Mark.BOLD);
    }
    if (isOn(xml.attr("i", "0"))) {
      marks.add(Span.Mark.ITALIC);
    }
    if (!xml.attr("u", "none").equals("none")) {
      marks.add(Span.Mark.UNDERLINE);
    }
    if (!xml.attr("strike", "noStrike").equals("noStrike")) {
      marks.add(Span.Mark.STRIKE);
    }
    int baseline = xml.intAttr("baseline", 0);
    if (baseline != 0) {
      marks.add(baseline > 0 ? Span.Mark.SUPERSCRIPT : Span.Mark.SUBSCRIPT);
    }
    return Set.copyOf(marks);
  }

  private static boolean isOn(String value) {
    return value.equals("1") || value.equals("true");
  }
}
