package dev.sandpiper.parser.format.docx;

import dev.sandpiper.parser.document.Block;
import dev.sandpiper.parser.document.Span;
import dev.sandpiper.parser.format.container.XmlCursor;
import dev.sandpiper.parser.format.flow.TextBuilder;
import dev.sandpiper.parser.format.ooxml.MathText;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the content of a paragraph: runs, links, fields, notes, pictures, text boxes.
final class ParagraphReader {

  private static final int DEEPEST = 60;
  private static final int LONGEST_TEXT = 10_000_000;

  private final Story story;
  private final Fields fields;
  private final TextBuilder text;

  /// Blocks anchored in the paragraph, which follow it.
  private final List<Block> anchored = new ArrayList<>();

  private final Drawings drawings;
  private boolean breaksBefore;
  private boolean breaksAfter;

  ParagraphReader(Story story, Fields fields, BodyReader body) {
    this.story = story;
    this.fields = fields;
    this.text = new TextBuilder(story.context().budget());
    this.drawings = new Drawings(story, body, anchored);
  }

  TextBuilder text() {
    return text;
  }

  List<Block> anchored() {
    return anchored;
  }

  boolean breaksBefore() {
    return breaksBefore;
  }

  boolean breaksAfter() {
    return breaksAfter;
  }

  /// Reads one child of a paragraph, whose start tag is the current one.
  void child(XmlCursor xml, RunProperties style, @Nullable String link, int nesting) {
    if (nesting > DEEPEST) {
      xml.skip();
      return;
    }
    switch (xml.name()) {
      case "w:r" -> run(xml, style, link);
      case "w:hyperlink" -> hyperlink(xml, style, link, nesting);
      case "w:fldSimple" -> {
        String target = Fields.link(xml.attr("w:instr", ""));
        children(xml, style, target == null ? link : target, nesting);
      }
      case "w:del", "w:moveFrom", "w:pPr", "w:sdtPr", "w:sdtEndPr", "w:rt", "w:customXmlPr" ->
          xml.skip();
      case "m:oMath", "m:oMathPara" -> text.append(MathText.read(xml));
      case "mc:AlternateContent" -> {
        if (Alternatives.enter(xml)) {
          int depth = xml.depth();
          children(xml, style, link, nesting);
          Alternatives.leave(xml, depth);
        }
      }
      default -> children(xml, style, link, nesting);
    }
  }

  private void children(XmlCursor xml, RunProperties style, @Nullable String link, int nesting) {
    int depth = xml.depth();
    while (xml.nextIn(depth)) {
      if (xml.isStart()) {
        child(xml, style, link, nesting + 1);
      }
    }
  }

  private void hyperlink(XmlCursor xml, RunProperties style, @Nullable String link, int nesting) {
    String target = story.externalTarget(xml.attr("r:id", ""));
    String anchor = xml.attr("w:anchor", "");
    if (!target.isEmpty() && !anchor.isEmpty() && target.indexOf('#') < 0) {
      target = target + "#" + anchor;
    }
    children(xml, style, target.isEmpty() ? link : target, nesting);
  }

  private void run(XmlCursor xml, RunProperties outer, @Nullable String link) {
    RunProperties style = outer;
    int depth = xml.depth();
    while (xml.nextIn(depth)) {
      if (!xml.isStart()) {
        continue;
      }
      if (xml.isStart("w:rPr")) {
        style = outer.under(RunProperties.read(xml, story.styles()));
      } else {
        runContent(xml, style, link);
      }
    }
  }

  private void runContent(XmlCursor xml, RunProperties style, @Nullable String link) {
    switch (xml.name()) {
      case "w:t" -> add(xml.allText(LONGEST_TEXT), style, link);
      case "w:tab", "w:ptab" -> add("\t", style, link);
      case "w:cr" -> add("\n", style, link);
      case "w:br" -> lineBreak(xml.attr("w:type", ""), style, link);
      case "w:noBreakHyphen" -> add("\u2011", style, link);
      case "w:sym" ->
          add(Symbols.character(xml.attr("w:font", ""), xml.attr("w:char", "")), style, link);
      case "w:fldChar" -> fieldChar(xml, style);
      case "w:instrText" -> fields.instruction(xml.allText(LONGEST_TEXT));
      case "w:footnoteReference" -> note("footnote-", xml.attr("w:id", ""));
      case "w:endnoteReference" -> note("endnote-", xml.attr("w:id", ""));
      case "w:commentReference" -> note("comment-", xml.attr("w:id", ""));
      case "w:drawing", "w:pict", "w:object" -> drawings.read(xml);
      case "w:ruby" -> children(xml, style, link, 0);
      case "w:delText", "w:delInstrText", "w:softHyphen" -> xml.skip();
      case "mc:AlternateContent" -> {
        if (Alternatives.enter(xml)) {
          int depth = xml.depth();
          run(xml, style, link);
          Alternatives.leave(xml, depth);
        }
      }
      default -> {}
    }
  }

  private void lineBreak(String type, RunProperties style, @Nullable String link) {
    if (!type.equals("page")) {
      add("\n", style, link);
    } else if (text.isEmpty()) {
      breaksBefore = true;
    } else {
      breaksAfter = true;
      add("\n", style, link);
    }
  }

  private void note(String kind, String id) {
    if (!fields.inInstruction()) {
      text.noteRef(kind + id, id);
    }
  }

  private void fieldChar(XmlCursor xml, RunProperties style) {
    switch (xml.attr("w:fldCharType", "")) {
      case "begin" -> {
        String form = FormFields.shown(xml);
        add(form, style, null);
        fields.begin();
      }
      case "separate" -> fields.separate();
      case "end" -> fields.end();
      default -> {}
    }
  }

  private void add(String value, RunProperties style, @Nullable String link) {
    if (fields.inInstruction()) {
      return;
    }
    String target = link == null ? fields.link() : link;
    Set<Span.Mark> marks = style.on();
    if (target != null && marks.contains(Span.Mark.UNDERLINE)) {
      EnumSet<Span.Mark> fewer = EnumSet.copyOf(marks);
      fewer.remove(Span.Mark.UNDERLINE);
      marks = Set.copyOf(fewer);
    }
    text.append(value, marks, target);
  }
}
