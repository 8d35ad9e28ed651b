package dev.sandpiper.parser.format.pdf;

import org.apache.pdfbox.pdmodel.font.FontMappers;

/// Prepares PDFBox for a worker: it logs nothing, and it never scans the system for fonts, which
/// takes seconds in a cold process and is of no use to a reader of text.
final class QuietPdfBox {

  private static final String LOGGING = "org.apache.commons.logging.";

  private QuietPdfBox() {}

  static void prepare() {
    setUnlessSet(LOGGING + "LogFactory", LOGGING + "impl.LogFactoryImpl");
    setUnlessSet(LOGGING + "Log", LOGGING + "impl.NoOpLog");
    FontMappers.set(new NoSystemFonts());
  }

  private static void setUnlessSet(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }
}
