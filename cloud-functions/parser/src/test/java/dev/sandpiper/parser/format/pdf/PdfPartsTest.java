package dev.sandpiper.parser.format.pdf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sandpiper.parser.ParsedDocument;
import dev.sandpiper.parser.format.PagedFormat;
import dev.sandpiper.parser.task.ParseFailure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PdfPartsTest {

  private static final int PAGES = 41;

  @TempDir static Path folder;
  private static PdfDraft draft;
  private static Path file;

  @BeforeAll
  static void writeBook() {
    draft = new PdfDraft();
    for (int page = 1; page <= PAGES; page++) {
      if (page > 1) {
        draft.newPage();
      }
      writePage(page, new Random(page));
    }
    draft.document.getDocumentInformation().setTitle("A \"book\" of \\ tides");
    file = draft.save(folder);
  }

  @AfterAll
  static void close() {
    draft.close();
  }

  private static void writePage(int page, Random random) {
    if (page % 5 == 1) {
      draft.text(72, 70, PdfDraft.BOLD, 18 + random.nextInt(3) * 0.37f, "Chapter about " + page);
    }
    for (int line = 0; line < 20; line++) {
      String words = "word ".repeat(8 + random.nextInt(6)) + (line == 19 ? "and" : "here.");
      draft.text(72 + random.nextFloat(), 100 + 12.3f * line, PdfDraft.PLAIN, 10, words);
    }
    draft.lines(80, 400, "• item " + page, "• another é \"quoted\"");
    if (page % 7 == 0) {
      for (float x : new float[] {72, 200, 330}) {
        draft.stroke(x, 450, x, 490);
      }
      for (float y : new float[] {450, 470, 490}) {
        draft.stroke(72, y, 330, y);
      }
      draft.lines(80, 464, "a").lines(210, 464, "b").lines(80, 484, "c").lines(210, 484, "d");
    }
    draft.text(290, 820, PdfDraft.PLAIN, 8, "" + page);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, PAGES})
  void joiningAnyPartitionEqualsParsingWhole(int parts) {
    PdfRun run = new PdfRun(folder);
    ParsedDocument whole = run.parse(file);
    List<String> values = new ArrayList<>();
    for (int part = 0; part < parts; part++) {
      values.addAll(run.pages(file, 1 + part * PAGES / parts, (part + 1) * PAGES / parts));
    }
    ParsedDocument joined = run.join(file, values);
    assertThat(joined).isEqualTo(whole);
    assertThat(joined.toString()).isEqualTo(whole.toString());
    assertThat(whole.document().blocks()).hasSizeGreaterThan(3 * PAGES);
  }

  @Test
  void estimateCountsPagesAndSaysWhy() {
    PagedFormat.Estimate estimate = new PdfRun(folder).estimate(file);
    assertThat(estimate.pageCount()).isEqualTo(PAGES);
    assertThat(estimate.millis()).isBetween(20L, 2_000L);
    assertThat(estimate.reason())
        .matches("41 pages, \\d+ KB of page content, about 0\\.\\d s of work");
  }

  @Test
  void partsOfSomethingElseAreRefused() {
    PdfRun run = new PdfRun(folder);
    List<String> damaged = new ArrayList<>(run.pages(file, 1, 1));
    damaged.set(1, "[\"page\",1,2]");
    assertThatThrownBy(() -> run.join(file, damaged)).isInstanceOf(ParseFailure.class);
    assertThatThrownBy(() -> run.join(file, List.of())).isInstanceOf(ParseFailure.class);
  }
}
