package dev.sandpiper.edge.ask;

import static org.assertj.core.api.Assertions.assertThat;

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

  @Test
  void whatItDoesNotSayIsStillNotKnown() throws Exception {
    put("boiler.txt", "Boiler", "2026-01-01", "The boiler was made by Thermona.");
    assertThat(
            ask(librarian(ScriptedModels.none()), ADA, "Which xylophone did Zappa prefer at home?"))
        .isEqualTo("I don’t know: nothing in your documents answers that.");
  }
}
