package dev.sandpiper.parser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.parser.document.Block;
import dev.sandpiper.parser.render.markdown.MarkdownRenderer;
import dev.sandpiper.parser.task.ByteSource;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The sample documents as their owner sees them. They were made by real programs, with the habits
/// that real programs have.
class SampleDocumentsTest {

  private static final Path SAMPLES = Path.of("../../scripts/samples/documents");

  @TempDir Path scratch;

  private ParsedDocument parse(String sample) {
    Path file = SAMPLES.resolve(sample);
    ByteSource source = new ByteSource(file, file.getFileName().toString());
    return StandardParser.create(null).parse(source, ParseOptions.in(scratch));
  }

  private String markdown(String sample) {
    StringBuilder markdown = new StringBuilder();
    new MarkdownRenderer().render(parse(sample).document(), markdown::append);
    return markdown.toString();
  }

  @Test
  void headingsOfLettersAreNotBoldInside() {
    for (String letter : new String[] {"Kündigung Stromvertrag.rtf", "kuendigung-strom-1997.doc"}) {
      assertThat(markdown("letters/" + letter))
          .contains("\n## Kündigung meines Stromvertrags, Kundennummer 7718-204\n");
    }
  }

  @Test
  void paragraphsInHeadingStyleAreHeadings() {
    assertThat(markdown("contracts/office-lease.odt"))
        .startsWith("# Lease of office space, Speicher XI, unit 4.07\n\nBetween ");
  }

  @Test
  void tablesWithoutHeaderHaveNoEmptyRow() {
    assertThat(markdown("contracts/office-lease.odt"))
        .contains("\n\n| Year | Rent per month | Service charge |\n| --- | --- | --- |\n| 2025 |");
    assertThat(markdown("contracts/Mietvertrag Einliegerwohnung.docx"))
        .contains("\n\n| Posten | Monatlich |\n| --- | --- |\n| Grundmiete |");
  }

  @Test
  void listWhoseStyleChangesInTheMiddleStaysOneList() {
    assertThat(markdown("talks/renovation-plan.odp"))
        .contains(
            """
            - July: floor and tiles
              - tiles are ordered, delivery on 4 July
            - August: paint, kitchen
            """);
  }

  @Test
  void savedWebPageIsOnlyWhatItsReaderReads() {
    assertThat(markdown("manuals/boiler-recall-notice.html"))
        .startsWith("# Recall of pressure relief valves\n")
        .endsWith("hours:  0.75\n```\n");
  }

  @Test
  void languageOfTheTemplateGivesWayToTheText() {
    assertThat(parse("letters/自転車保険.docx").document().metadata().language()).isEqualTo("ja");
    assertThat(
            parse("contracts/Mietvertrag Einliegerwohnung.docx").document().metadata().language())
        .isEqualTo("de");
  }

  @Test
  void mailDatesHaveOneForm() {
    assertThat(markdown("mail/heizung-wartung.msg"))
        .contains("**Date:** 2025-11-06 10:20:00 +00:00");
    assertThat(markdown("mail/boiler-warranty.eml"))
        .contains("**Date:** 2025-03-21 09:12:00 +00:00");
  }

  @Test
  void wrappedNoteIsOneParagraph() {
    assertThat(markdown("notes/alte-notiz-latin1.txt"))
        .contains("füllt jedes Jahr im August 2.800 Liter nach.");
  }

  @Test
  void namesInXmlCanBeRead() {
    assertThat(markdown("homelab/rack.xml"))
        .startsWith("# rack\n\nname: under the stairs, units: 6\n\n- device (unit: 1, model: patch")
        .contains("\n  - note: Blue cables go to the office upstairs.\n");
  }

  @Test
  void firstRowOfWordsIsAHeaderInOldWorkbooksToo() {
    assertThat(parse("numbers/household-budget-2003.xls").document().blocks())
        .filteredOn(Block.Table.class::isInstance)
        .extracting(table -> ((Block.Table) table).headerRows())
        .containsOnly(1);
  }

  @Test
  void serialNumberBrokenAtItsHyphenStaysWhole() {
    assertThat(markdown("invoices/boiler-invoice-2025-0317.pdf"))
        .contains("serial NW-24-0817-4431");
  }
}
