package dev.sandpiper.edge.ask;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.edge.library.SearchQuery;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// In a large library words that stand everywhere do not hide what a question is about.
@Timeout(120)
class RankingTest extends Desk {

  @BeforeEach
  void office() throws IOException {
    for (int i = 0; i < 120; i++) {
      put(
          "office-lease-" + i + ".pdf",
          "Office lease " + i,
          "2025-01-02",
          "The lease does not end before the end of the year; in the end, the end date of annex "
              + i
              + " counts. At the end of the term the office is handed back on 31 December.",
          "The landlord gives a warranty for roof and windows until the end of May 2026.");
    }
    filler(60);
    put(
        "boiler.pdf",
        "Thermona boiler",
        "2023-05-11",
        "The boiler was installed in the cellar by Harper & Sons.",
        "The warranty of the boiler ends on 30 September 2031, that of the pump a year before.");
    put(
        "kessel.pdf",
        "Heizkessel",
        "2023-05-11",
        "Der Kessel steht im Keller.",
        "Die Wartungen des Kessels übernimmt die Firma Harper, zuletzt am 3. Mai 2025.");
  }

  private String first(String question) throws Exception {
    String answer = ask(librarian(ScriptedModels.none()), ADA, question);
    return answer.lines().filter(line -> line.startsWith("1 · ")).findFirst().orElse(answer);
  }

  @Test
  void whatItIsAboutOutranksWhatStandsEverywhere() throws Exception {
    assertThat(first("When does the boiler warranty end?")).isEqualTo("1 · boiler.pdf, p. 2");
    assertThat(first("when will the warranty on my boiler be ending"))
        .isEqualTo("1 · boiler.pdf, p. 2");
    assertThat(first("Wann war die letzte Wartung vom Kessel?")).isEqualTo("1 · kessel.pdf, p. 2");
  }

  @Test
  void aSearchMeetsOtherFormsOfItsWords() {
    assertThat(found("boiler warranty end")).isEqualTo("boiler.pdf");
    assertThat(found("boilers warranties ending")).isEqualTo("boiler.pdf");
    assertThat(found("Kessel Wartung")).isEqualTo("kessel.pdf");
  }

  @Test
  void quotationMarksAndStarsMeanWhatTheySay() {
    assertThat(found("boiler \"end\"")).isEmpty();
    assertThat(found("boiler end*")).isEqualTo("boiler.pdf");
    assertThat(found("Thermona pump -ends")).isEmpty();
    assertThat(found("Thermona pump -end")).isEqualTo("boiler.pdf");
  }

  @Test
  void whatWasFoundIsMarkedAsItIsWritten() {
    assertThat(
            library
                .search(SearchQuery.parse("boiler warranty end"))
                .hits()
                .getFirst()
                .snippet()
                .marked("<", ">", part -> part))
        .startsWith("The <warranty> of the <boiler> <ends> on 30 September 2031");
  }

  private String found(String words) {
    return library.search(SearchQuery.parse(words)).hits().stream()
        .findFirst()
        .map(hit -> hit.document().name())
        .orElse("");
  }
}
