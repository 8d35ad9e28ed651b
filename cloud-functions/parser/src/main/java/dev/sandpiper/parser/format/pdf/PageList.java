package dev.sandpiper.parser.format.pdf;

import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;

/// The pages of a document in order, found by walking its page tree; the count a file claims is not
/// trusted.
final class PageList {

  private static final int MOST_PAGES = 1_000_000;

  private PageList() {}

  static List<PDPage> of(PDDocument document) {
    List<PDPage> pages = new ArrayList<>();
    for (PDPage page : document.getPages()) {
      if (!page.getCOSObject().containsKey(COSName.KIDS)) {
        pages.add(page);
      }
      if (pages.size() == MOST_PAGES) {
        break;
      }
    }
    return pages;
  }
}
