package dev.sandpiper.parser.format.pdf;

import dev.sandpiper.parser.format.PagedFormat;
import java.util.List;
import java.util.Locale;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdmodel.PDPage;

/// Estimates the work of a document from the number of its pages and the length of their content
/// streams; of long documents only some pages are looked at.
final class WorkEstimate {

  private static final int MOST_LOOKED_AT = 200;
  private static final double MILLIS_PER_PAGE = 1.5;
  private static final double MILLIS_PER_CONTENT_KB = 0.8;
  private static final double MILLIS_TO_OPEN = 5;
  private static final double KB = 1024;
  private static final double MB = 1024 * 1024;

  private WorkEstimate() {}

  static PagedFormat.Estimate of(List<PDPage> pages) {
    int step = Math.max(1, pages.size() / MOST_LOOKED_AT);
    long bytes = 0;
    int looked = 0;
    for (int i = 0; i < pages.size(); i += step) {
      bytes += contentLength(pages.get(i));
      looked++;
    }
    double content = (double) bytes * pages.size() / looked;
    double millis =
        MILLIS_TO_OPEN + MILLIS_PER_PAGE * pages.size() + MILLIS_PER_CONTENT_KB * content / KB;
    return new PagedFormat.Estimate(
        pages.size(), Math.round(millis), reason(pages.size(), content, millis));
  }

  private static String reason(int pages, double content, double millis) {
    String size =
        content >= MB
            ? String.format(Locale.ROOT, "%,.1f MB", content / MB)
            : String.format(Locale.ROOT, "%,.0f KB", Math.ceil(content / KB));
    return String.format(
        Locale.ROOT,
        "%,d %s, %s of page content, about %,.1f s of work",
        pages,
        pages == 1 ? "page" : "pages",
        size,
        millis / 1000);
  }

  private static long contentLength(PDPage page) {
    COSBase contents = page.getCOSObject().getDictionaryObject(COSName.CONTENTS);
    if (contents instanceof COSStream stream) {
      return stream.getLength();
    }
    long length = 0;
    if (contents instanceof COSArray array) {
      for (int i = 0; i < array.size(); i++) {
        length += array.getObject(i) instanceof COSStream stream ? stream.getLength() : 0;
      }
    }
    return length;
  }
}
