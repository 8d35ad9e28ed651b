package dev.sandpiper.parser.format.docx;

import dev.sandpiper.parser.document.Span;
import dev.sandpiper.parser.format.container.XmlCursor;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a paragraph is.
///
/// @param heading outline level 1 to 9; 0 for body text
/// @param numId its list; `null` when it is in none
/// @param run marks its runs start with
/// @param joinsNext whether its end was deleted by a tracked change
/// @param section whether a section that starts on a new page ends with it
record ParagraphProperties(
    int heading,
    Styles.Role role,
    @Nullable String numId,
    int level,
    RunProperties run,
    boolean joinsNext,
    boolean pageBefore,
    boolean section) {

  /// Those of a style alone.
  static ParagraphProperties of(Styles.Resolved style) {
    return new ParagraphProperties(
        style.heading(),
        style.role(),
        style.numId(),
        style.level(),
        start(style),
        false,
        false,
        false);
  }

  /// Of a paragraph style only what hides text is kept: a heading is bold because it is a heading.
  private static RunProperties start(Styles.Resolved style) {
    return style.run().on().contains(Span.Mark.HIDDEN)
        ? new RunProperties(Set.of(Span.Mark.HIDDEN), Set.of(), false)
        : RunProperties.NONE;
  }

  /// Reads a `pPr` element to its end.
  static ParagraphProperties read(XmlCursor xml, Styles styles) {
    ParagraphProperties read = of(styles.paragraph(null));
    int depth = xml.depth();
    while (xml.nextIn(depth)) {
      if (xml.isStart()) {
        read = read.property(xml, styles);
      }
    }
    return read;
  }

  private ParagraphProperties property(XmlCursor xml, Styles styles) {
    return switch (xml.name()) {
      case "w:pStyle" -> of(styles.resolve(xml.attr("w:val", "")));
      case "w:numId" -> with(heading, xml.attr("w:val"), level);
      case "w:ilvl" -> with(heading, numId, xml.intAttr("w:val", 0));
      case "w:outlineLvl" -> {
        int outline = xml.intAttr("w:val", 9);
        yield with(outline >= 0 && outline <= 8 ? outline + 1 : 0, numId, level);
      }
      case "w:pageBreakBefore" ->
          new ParagraphProperties(
              heading, role, numId, level, run, joinsNext, OnOff.of(xml), section);
      case "w:rPr" -> {
        boolean deleted = RunProperties.read(xml, null).deletedMark();
        yield new ParagraphProperties(
            heading, role, numId, level, run, deleted, pageBefore, section);
      }
      case "w:sectPr" -> {
        boolean page = Sections.startsPage(xml);
        yield new ParagraphProperties(
            heading, role, numId, level, run, joinsNext, pageBefore, page);
      }
      case "w:pPrChange" -> {
        xml.skip();
        yield this;
      }
      default -> this;
    };
  }

  private ParagraphProperties with(int newHeading, @Nullable String newNumId, int newLevel) {
    return new ParagraphProperties(
        newHeading, role, newNumId, newLevel, run, joinsNext, pageBefore, section);
  }
}
