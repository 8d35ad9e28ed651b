package dev.sandpiper.parser.format.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.parser.ParsedDocument;
import dev.sandpiper.parser.document.Block;
import dev.sandpiper.parser.document.SourceSpan;
import dev.sandpiper.parser.document.Span;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Set;
import java.util.TimeZone;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.interactive.action.PDActionURI;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationLink;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationText;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationUnknown;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PdfParserTest {

  private static final String[] LEFT = {
    "The tide comes in twice a day and",
    "leaves the flats covered with small",
    "shells, worms and shrimps, which the",
    "birds pick from the wet sand while",
    "they run ahead of every new wave."
  };
  private static final String[] RIGHT = {
    "In winter the same birds gather in",
    "large flocks that turn in the air as",
    "one body; nobody leads them, and yet",
    "they never collide with each other",
    "even in a storm or in the dark night."
  };

  @TempDir Path folder;

  private List<String> outline(PdfDraft draft) {
    return PdfRun.outline(new PdfRun(folder).parse(draft.save(folder)));
  }

  @Test
  void headingsParagraphsAndSplitWordsAreRead() {
    try (PdfDraft draft = new PdfDraft()) {
      draft
          .text(72, 80, PdfDraft.BOLD, 20, "Birds of the shore")
          .text(72, 120, PdfDraft.BOLD, 13, "Where they live")
          .lines(72, 140, LEFT)
          .lines(72, 212, "A second paragraph stands below and its long first line ends in a hy-")
          .lines(72, 224, "phen that only splits a word.");
      assertThat(outline(draft))
          .containsExactly(
              "# Birds of the shore",
              "## Where they live",
              String.join(" ", LEFT),
              "A second paragraph stands below and its long first line ends in a hyphen that only"
                  + " splits a word.");
    }
  }

  @Test
  void columnsAreReadOneAfterTheOtherWhateverTheDrawingOrder() {
    try (PdfDraft draft = new PdfDraft()) {
      draft.text(72, 60, PdfDraft.BOLD, 20, "A title over both of the two columns");
      for (int i = 0; i < LEFT.length; i++) {
        draft.lines(320, 100 + 12 * i, RIGHT[i]).lines(72, 100 + 12 * i, LEFT[i]);
      }
      draft.text(300, 800, PdfDraft.PLAIN, 8, "17");
      assertThat(outline(draft))
          .containsExactly(
              "# A title over both of the two columns",
              String.join(" ", LEFT),
              String.join(" ", RIGHT),
              "17");
    }
  }

  @Test
  void pageNumberBesideTheColumnsDoesNotHideTheirGutter() {
    try (PdfDraft draft = new PdfDraft()) {
      draft.text(540, 800, PdfDraft.PLAIN, 8, "17");
      for (int i = 0; i < LEFT.length; i++) {
        draft.lines(72, 110 + 12 * i, LEFT[i]).lines(258, 110 + 12 * i, RIGHT[i]);
      }
      assertThat(outline(draft))
          .containsExactly(String.join(" ", LEFT), String.join(" ", RIGHT), "17");
    }
  }

  @Test
  void dashAtTheStartOfALineInASentenceIsNoListItem() {
    try (PdfDraft draft = new PdfDraft()) {
      draft.lines(72, 72, "The counts of the years 1990", "- 1999 were lost in the flood.");
      assertThat(outline(draft))
          .containsExactly("The counts of the years 1990 - 1999 were lost in the flood.");
    }
  }

  @Test
  void ruledTableKeepsRowsCellsAndSpans() {
    try (PdfDraft draft = new PdfDraft()) {
      draft.lines(72, 72, "Before the table.").lines(72, 300, "After the table.");
      for (float y : new float[] {100, 120, 140, 160}) {
        draft.stroke(72, y, 372, y);
      }
      draft.stroke(72, 100, 72, 160).stroke(372, 100, 372, 160).stroke(172, 100, 172, 160);
      draft.stroke(272, 120, 272, 160);
      draft.lines(80, 114, "Name").lines(240, 114, "Counts");
      draft.lines(80, 134, "Dunlin").lines(180, 134, "12").lines(280, 134, "40");
      draft.lines(80, 154, "Sanderling").lines(180, 154, "7").lines(280, 154, "8");
      assertThat(outline(draft))
          .containsExactly(
              "Before the table.",
              "Name|Counts/c2 ; Dunlin|12|40 ; Sanderling|7|8",
              "After the table.");
    }
  }

  @Test
  void tableRuledByHorizontalStrokesOnlyIsRead() {
    try (PdfDraft draft = new PdfDraft()) {
      draft.stroke(72, 100, 372, 100).stroke(72, 120, 372, 120).stroke(72, 160, 372, 160);
      draft.lines(80, 114, "Bird").lines(180, 114, "Winter").lines(280, 114, "Summer");
      draft.lines(80, 134, "Dunlin").lines(180, 134, "12").lines(280, 134, "40");
      draft.lines(80, 148, "Red knot").lines(180, 148, "7").lines(280, 148, "8");
      draft.lines(72, 180, "Table 1: Birds counted.");
      assertThat(outline(draft))
          .containsExactly(
              "Bird|Winter|Summer ; Dunlin|12|40 ; Red knot|7|8", "Table 1: Birds counted.");
    }
  }

  @Test
  void listsNestByIndent() {
    try (PdfDraft draft = new PdfDraft()) {
      draft
          .lines(72, 72, "What to bring:")
          .lines(72, 90, "• boots")
          .lines(72, 102, "• glasses of")
          .lines(80, 114, "good quality")
          .lines(96, 126, "• eight times")
          .lines(72, 138, "• patience")
          .lines(72, 170, "1. look")
          .lines(72, 182, "2. wait");
      assertThat(outline(draft))
          .containsExactly(
              "What to bring:",
              "ul[[boots], [glasses of good quality, ul[[eight times]]], [patience]]",
              "ol[[look], [wait]]");
    }
  }

  @Test
  void monospacedLinesAreCode() {
    try (PdfDraft draft = new PdfDraft()) {
      draft.lines(72, 72, LEFT);
      draft.text(72, 150, PdfDraft.MONO, 10, "for (;;) {");
      draft.text(84, 162, PdfDraft.MONO, 10, "wait();");
      draft.text(72, 174, PdfDraft.MONO, 10, "}");
      assertThat(outline(draft)).contains("code for (;;) {\n  wait();\n}");
    }
  }

  @Test
  void linksCommentsFieldsAndTypewriterTextAreRead() throws IOException {
    try (PdfDraft draft = new PdfDraft()) {
      draft.lines(72, 80, "See the").lines(110, 80, "site").lines(72, 110, "Name:");
      PDAnnotationLink link = new PDAnnotationLink();
      PDActionURI action = new PDActionURI();
      action.setURI("https://example.org/a");
      link.setAction(action);
      link.setRectangle(PdfDraft.rectangle(108, 70, 30, 14));
      PDAnnotationText note = new PDAnnotationText();
      note.setContents("Is this right?");
      note.setRectangle(PdfDraft.rectangle(400, 70, 20, 20));
      COSDictionary field = annotation("Widget", PdfDraft.rectangle(110, 100, 120, 14));
      field.setName(COSName.FT, "Tx");
      field.setString(COSName.V, "Ada Lovelace");
      COSDictionary box = annotation("Widget", PdfDraft.rectangle(300, 100, 12, 12));
      box.setName(COSName.FT, "Btn");
      box.setName(COSName.AS, "Yes");
      COSDictionary typed = annotation("FreeText", PdfDraft.rectangle(72, 140, 120, 14));
      typed.setString(COSName.CONTENTS, "typed on top");
      draft
          .page()
          .setAnnotations(
              List.of(
                  link,
                  note,
                  new PDAnnotationUnknown(field),
                  new PDAnnotationUnknown(box),
                  new PDAnnotationUnknown(typed)));
      ParsedDocument parsed = new PdfRun(folder).parse(draft.save(folder));
      assertThat(PdfRun.outline(parsed))
          .containsExactly(
              "See the site", "Name: Ada Lovelace ☒", "typed on top", "note [Is this right?]");
      Block.Paragraph first = (Block.Paragraph) parsed.document().blocks().getFirst();
      assertThat(first.text().spans())
          .contains(new Span("site", Set.of(), "https://example.org/a", null));
    }
  }

  private static COSDictionary annotation(String subtype, PDRectangle rectangle) {
    COSDictionary annotation = new COSDictionary();
    annotation.setName(COSName.SUBTYPE, subtype);
    annotation.setItem(COSName.RECT, rectangle);
    return annotation;
  }

  @Test
  void paragraphGoesOnOverThePageBreak() {
    try (PdfDraft draft = new PdfDraft()) {
      draft.lines(
          72,
          760,
          "A paragraph that begins near the end of one page is",
          "cut by the page break and");
      draft.newPage().lines(72, 72, "goes on at the top of the next one.", "Then it ends.");
      assertThat(outline(draft))
          .containsExactly(
              "A paragraph that begins near the end of one page is cut by the page break and goes"
                  + " on at the top of the next one. Then it ends.",
              "page 2");
    }
  }

  @Test
  void pageRangeReadsOnlyThosePagesAndKeepsTheirNumbers() {
    try (PdfDraft draft = new PdfDraft()) {
      draft.lines(72, 72, "One.");
      draft.newPage().lines(72, 72, "Two.").newPage().lines(72, 72, "Three.");
      ParsedDocument parsed = new PdfRun(folder).parse(draft.save(folder), 2, 3);
      assertThat(PdfRun.outline(parsed)).containsExactly("Two.", "page 3", "Three.");
      assertThat(parsed.document().pageCount()).isEqualTo(3);
      assertThat(parsed.document().blocks().getFirst().span())
          .isInstanceOfSatisfying(
              SourceSpan.OnPage.class, span -> assertThat(span.page()).isEqualTo(2));
    }
  }

  @Test
  void turnedPageIsReadUpright() {
    try (PdfDraft draft = new PdfDraft()) {
      draft.page().setRotation(90);
      draft.upwards(100, 700, "first line").upwards(112, 700, "second line");
      assertThat(outline(draft)).containsExactly("first line second line");
    }
  }

  @Test
  void textAlongTheMarginFollowsTheRest() {
    try (PdfDraft draft = new PdfDraft()) {
      draft.upwards(30, 700, "along the margin").lines(72, 72, LEFT);
      assertThat(outline(draft)).containsExactly(String.join(" ", LEFT), "along the margin");
    }
  }

  @Test
  void metadataIsRead() {
    try (PdfDraft draft = new PdfDraft()) {
      Calendar created = new GregorianCalendar(TimeZone.getTimeZone("UTC"));
      created.setTimeInMillis(1_700_000_000_000L);
      draft.document.getDocumentInformation().setTitle("Tides");
      draft.document.getDocumentInformation().setAuthor("A. Lovelace");
      draft.document.getDocumentInformation().setProducer("draft");
      draft.document.getDocumentInformation().setCreationDate(created);
      draft.document.getDocumentCatalog().setLanguage("en-GB");
      draft.lines(72, 72, "Text.");
      assertThat(new PdfRun(folder).parse(draft.save(folder)).document().metadata())
          .satisfies(m -> {
            assertThat(m.title()).isEqualTo("Tides");
            assertThat(m.authors()).containsExactly("A. Lovelace");
            assertThat(m.producer()).isEqualTo("draft");
            assertThat(m.language()).isEqualTo("en-GB");
            assertThat(m.created()).isEqualTo(created.toInstant());
          });
    }
  }
}
