package dev.sandpiper.parser.format.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.parser.ParsedDocument;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class PdfScaleTest {

  private static final int PAGES = 1000;

  @TempDir Path folder;

  private Path book() {
    try (PdfDraft draft = new PdfDraft()) {
      for (int page = 1; page <= PAGES; page++) {
        if (page > 1) {
          draft.newPage();
        }
        draft.text(72, 72, PdfDraft.BOLD, 16, "Chapter " + page);
        for (int line = 0; line < 40; line++) {
          draft.text(
              72,
              100 + 14 * line,
              PdfDraft.PLAIN,
              10,
              "Line of a thousand pages, number " + line + ".");
        }
      }
      return draft.save(folder);
    }
  }

  @Test
  @Timeout(60)
  void thousandPagesAreReadWholeAndInPartsOfAHundred() {
    Path file = book();
    PdfRun run = new PdfRun(folder);
    ParsedDocument whole = run.parse(file);
    assertThat(whole.document().pageCount()).isEqualTo(PAGES);
    assertThat(PdfRun.outline(whole)).filteredOn(block -> block.startsWith("# ")).hasSize(PAGES);
    List<String> last = run.pages(file, PAGES - 99, PAGES);
    assertThat(last).hasSize(101);
    assertThat(last.getLast()).startsWith("[\"page\",1000,");
    assertThat(run.estimate(file).reason()).startsWith("1,000 pages, ");
  }
}
