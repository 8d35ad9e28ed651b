package dev.sandpiper.edge.ask;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.edge.config.AskConfig;
import dev.sandpiper.edge.library.DocumentInfo;
import dev.sandpiper.edge.llm.ChatMessage;
import dev.sandpiper.edge.llm.ModelException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class SummaryTest extends Desk {

  private static String user(dev.sandpiper.edge.llm.ChatRequest request) {
    return ((ChatMessage.User) request.messages().getLast()).text();
  }

  @Test
  void withoutAModelItsFormTells() throws Exception {
    household();
    DocumentInfo bill = library.find("stadtwerke-2025.pdf").orElseThrow();
    assertThat(summarise(librarian(ScriptedModels.none()), BERND, bill.sha256()))
        .isEqualTo(
            """
            **stadtwerke-2025.pdf** · Stromrechnung 2025 · PDF

            - Von: Stadtwerke Musterstadt GmbH
            - Daten: 17.02.2025
            - Beträge: 1.034,56 €
            - Frist: Der Rechnungsbetrag von 1.034,56 € ist fällig am 17.02.2025.
            - Konto: DE89 3704 0044 0532 0130 00
            - “Stadtwerke Musterstadt GmbH.”
            - “Rechnungsnummer SW-2025-118842.”
            - “Ihr Verbrauch im Jahr 2024 betrug 2.845 kWh.”
            - “Der Arbeitspreis beträgt 31,4 Cent je kWh.”\
            """);
  }

  @Test
  void whatHasNoTextIsToldWithTheNextStep() throws Exception {
    Librarian librarian = librarian(ScriptedModels.saying("never"));
    assertThat(summarise(librarian, ADA, textless("scan.pdf", "application/pdf", 1)))
        .isEqualTo(
            "I found no text in scan.pdf. If it is a scan, its pages are pictures, and I read"
                + " pictures only one by one: send me a photo of each page that matters.");
    assertThat(summarise(librarian, ADA, textless("receipt.jpg", "image/jpeg", 1)))
        .isEqualTo(
            "I cannot read receipt.jpg: it is a picture, and no program on my machine reads text in"
                + " pictures. Ask my owner to install `tesseract-ocr` there; then delete it with"
                + " /forget and send it again.");
    assertThat(summarise(librarian, BERND, textless("vogel.jpg", "image/jpeg", 0)))
        .isEqualTo(
            "In vogel.jpg habe ich Text gesucht und keinen gefunden. Wenn da welcher ist, schick ein"
                + " schärferes Foto: gerade von oben, bei gutem Licht.");
  }

  private String textless(String name, String type, int warnings) throws IOException {
    DocumentInfo document = arrive(name, name, null).document();
    store(document, meta(type, null, null), List.of(chunk(0, "![](" + name + ")")));
    write(tx -> tx.update("UPDATE documents SET warnings=? WHERE id=?", warnings, document.id()));
    return document.sha256();
  }

  @Test
  void aShortDocumentIsOneCall() throws Exception {
    household();
    ScriptedModels models =
        ScriptedModels.saying(
            "Invoice of Northwind Bicycles to Ada Jones [1]\n- Total 2,480.00 EUR [2]\n- Payable within 14 days [3]\n- A lie [9]");
    DocumentInfo invoice = library.find("invoice-4711.pdf").orElseThrow();
    assertThat(summarise(librarian(models), ADA, invoice.sha256()))
        .isEqualTo(
            """
            **invoice-4711.pdf** · Invoice 4711 · PDF

            Invoice of Northwind Bicycles to Ada Jones [1]
            - Total 2,480.00 EUR [2]
            - Payable within 14 days [3]
            - A lie

            1 · invoice-4711.pdf, p. 1
            2 · invoice-4711.pdf, p. 2
            3 · invoice-4711.pdf, p. 3\
            """);
    assertThat(models.asked).hasSize(1);
    assertThat(models.purposes.getFirst().workflow()).isEqualTo("summary");
    assertThat(models.purposes.getFirst().prompt()).isEqualTo("summary/1");
  }

  private DocumentInfo book(int pages) throws IOException {
    List<String> texts = new ArrayList<>();
    for (int page = 1; page <= pages; page++) {
      texts.add(
          "Chapter "
              + page
              + " tells of the island number "
              + page
              + ". "
              + "It rains. ".repeat(110));
    }
    return put("book.pdf", "A book", "2026-01-01", texts.toArray(new String[0]));
  }

  @Test
  void aLongDocumentIsReadInPartsAndThenAsAWhole() throws Exception {
    DocumentInfo book = book(60);
    ScriptedModels models =
        ScriptedModels.of(request ->
            ScriptedModels.says(
                request.system().contains("from notes")
                    ? "A book about islands [60]\n- It begins with island number 1 [1]"
                    : "Notes of an island number [1]"));
    String summary = summarise(librarian(models), ADA, book.sha256());
    assertThat(summary).contains("A book about islands [1]", "1 · book.pdf, p. 60");
    assertThat(models.asked).hasSizeBetween(3, 8);
    assertThat(models.purposes.getLast().prompt()).isEqualTo("summary-whole/1");
    assertThat(user(models.asked.getLast())).contains("Notes of an island");
    assertThat(summary).doesNotContain("budget");
    assertThat(shown).isNotEmpty().first().asString().startsWith("Reading: part 1 of ");
  }

  @Test
  void theBudgetEndsASummaryWithAWord() throws Exception {
    DocumentInfo book = book(300);
    AskConfig config =
        new AskConfig(
            AskConfig.Tools.READ, 8, CONFIG.question(), new AskConfig.Bounds(4, 20_000), 800, 0);
    ScriptedModels models = ScriptedModels.saying("It rains on the island number 1 [1]");
    String summary = summarise(librarian(models, config), ADA, book.sha256());
    assertThat(models.asked).hasSizeLessThanOrEqualTo(4);
    int sent = models.asked.stream().mapToInt(request -> Tokenizing.estimate(user(request))).sum();
    assertThat(sent).isLessThan(26_000);
    assertThat(summary)
        .containsPattern(
            "\\(This covers \\d+ of 300 passages; then the budget for one summary was used up\\. Ask"
                + " about the rest, or raise `ask\\.summary_calls` and `ask\\.summary_tokens`\\.\\)$");
    assertThat(models.asked.toString()).contains("Chapter 300 ");
  }

  @Test
  void troubleThatStaysGivesWhatItsFormTells() throws Exception {
    household();
    DocumentInfo bill = library.find("stadtwerke-2025.pdf").orElseThrow();
    ScriptedModels models = LibrarianTest.failing(ModelException.Kind.UNAUTHORIZED, null);
    assertThat(summarise(librarian(models), ADA, bill.sha256()))
        .contains(
            "Amounts: 1.034,56 €", "(Without a language model, which cannot answer now: main is");
  }

  @Test
  void aCaptionIsAnsweredAfterTheSummary() throws Exception {
    household();
    DocumentInfo bill = library.find("stadtwerke-2025.pdf").orElseThrow();
    String both =
        done(
            librarian(ScriptedModels.none())
                .summarise(spoken(ADA, "Which IBAN do I pay to?"), bill.sha256(), live));
    assertThat(both).contains("\n---\nThis is what your documents say:").contains("DE89 3704");
  }

  @Test
  void aQuestionForASummaryGetsOne() throws Exception {
    household();
    ScriptedModels models = ScriptedModels.saying("A warranty for ten years [2]");
    Librarian librarian = librarian(models);
    assertThat(ask(librarian, ADA, "Please summarise boiler-warranty.pdf"))
        .startsWith("**boiler-warranty.pdf** · Warranty of your boiler · PDF");
    assertThat(ask(librarian, ADA, "summarise it again")).startsWith("**boiler-warranty.pdf**");
    assertThat(models.purposes)
        .extracting(dev.sandpiper.edge.llm.Purpose::workflow)
        .containsOnly("summary");
  }
}
