package dev.sandpiper.parser.format.pdf.page;

import dev.sandpiper.parser.task.ParseBudget;
import dev.sandpiper.parser.task.ParseFailure;
import org.apache.pdfbox.pdmodel.PDPage;

/// Reads the pages of one document, each on its own.
public final class PageReader {

  private final Fonts fonts = new Fonts();
  private final ParseBudget budget;

  /// Makes a reader for the pages of one document.
  public PageReader(ParseBudget budget) {
    this.budget = budget;
  }

  /// Reads a page. Defects become warnings in its record.
  ///
  /// @param number the page's number in the whole document
  /// @throws ParseFailure when a limit of the document or its deadline is reached
  public PageRecord read(PDPage page, int number) {
    return new Reading(number, budget, fonts).read(page);
  }
}
