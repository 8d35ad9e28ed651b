package dev.sandpiper.edge.ask;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.edge.library.SearchQuery;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The first document somebody sends: no word of it is rare yet.
@Timeout(120)
class SmallLibraryTest extends Desk {

  @Test
  void theOnlyDocumentAnswersAlthoughOneWordIsAnother() throws Exception {
    put(
        "boiler.txt",
        "Boiler",
        "2026-01-01",
        "The boiler was made by Thermona. The boiler warranty expires on 14 March 2027.");
    assertThat(ask(librarian(ScriptedModels.none()), ADA, "When does the boiler warranty finish?"))
        .contains("The boiler warranty expires on 14 March 2027.");
  }

  @Test
  void whatTwoDocumentsSayInTheSameWordsIsSaidOnce() throws Exception {
    put("lease.odt", "Lease", "2026-01-01", "The notice period of the lease is six months.");
    put("taxes.zip", "Lease", "2026-01-02", "The notice period of the lease is six months.");
    assertThat(ask(librarian(ScriptedModels.none()), ADA, "What is the notice period?"))
        .containsOnlyOnce("six months")
        .contains("\n1 · ")
        .doesNotContain("\n2 · ");
  }

  /// Many documents are about the boiler, one only has the word "end": that must not make it best.
  @Test
  void aRareWordOfTheFrameDoesNotOutrankTheSubject() throws Exception {
    put(
        "office-lease.pdf",
        "Office lease",
        "2025-01-01",
        "The lease runs for three years from 1 January 2025. Either side may give notice six months"
            + " before the end; without notice it renews for one year.");
    for (int i = 1; i <= 6; i++) {
      put(
          "service-" + i + ".pdf",
          "Boiler service",
          "2025-02-0" + i,
          "The boiler was serviced, as its warranty asks for. Job " + (4_711 + i) + ".");
    }
    put(
        "boiler-invoice.pdf",
        "Boiler invoice",
        "2025-03-17",
        "The boiler warranty for your heat exchanger therefore ends on 14 March 2030.");
    assertThat(ask(librarian(ScriptedModels.none()), ADA, "When does the boiler warranty end?"))
        .contains(
            "- “The boiler warranty for your heat exchanger therefore ends on 14 March 2030.” [1]")
        .doesNotContain("lease");
    assertThat(ask(librarian(ScriptedModels.none()), ADA, "When does the office lease end?"))
        .contains("six months before the end; without notice it renews for one year.” [1]");
  }

  @Test
  void aSearchMeetsOtherFormsOfItsWords() throws Exception {
    put("a.pdf", "Boiler", "2026-01-01", "The boiler warranty ends on 14 March 2030.");
    put("b.pdf", "Rechnungen", "2026-01-02", "Die Kündigungsfristen der Verträge stehen hier.");
    for (String words :
        List.of("boiler warranty end", "warranties ending", "Boilers ended", "boiler -ending")) {
      assertThat(library.search(SearchQuery.parse(words)).hits()).as(words).hasSize(1);
    }
    assertThat(library.search(SearchQuery.parse("warranty end")).hits().getFirst().snippet())
        .satisfies(snippet ->
            assertThat(snippet.marked("<", ">", part -> part))
                .isEqualTo("The boiler <warranty> <ends> on 14 March 2030."));
    for (String words : List.of("Kündigungsfrist", "Vertrag", "kundigungsfristen vertrage")) {
      assertThat(library.search(SearchQuery.parse(words)).hits()).as(words).hasSize(1);
    }
    for (String words : List.of("\"warranty end\"", "boiler -ends", "war")) {
      assertThat(library.search(SearchQuery.parse(words)).hits()).as(words).isEmpty();
    }
  }

  @Test
  void whatItDoesNotSayIsStillNotKnown() throws Exception {
    put("boiler.txt", "Boiler", "2026-01-01", "The boiler was made by Thermona.");
    assertThat(
            ask(librarian(ScriptedModels.none()), ADA, "Which xylophone did Zappa prefer at home?"))
        .isEqualTo("I don’t know: nothing in your documents answers that.");
  }
}
