package dev.sandpiper.parser;

import dev.sandpiper.parser.detect.ContentDetector;
import dev.sandpiper.parser.format.archive.GzipReader;
import dev.sandpiper.parser.format.archive.TarReader;
import dev.sandpiper.parser.format.archive.ZipReader;
import dev.sandpiper.parser.format.docx.DocxReader;
import dev.sandpiper.parser.format.epub.EpubParser;
import dev.sandpiper.parser.format.html.HtmlParser;
import dev.sandpiper.parser.format.image.ImageReader;
import dev.sandpiper.parser.format.legacy.LegacyOfficeParser;
import dev.sandpiper.parser.format.mail.MailParser;
import dev.sandpiper.parser.format.mail.OutlookParser;
import dev.sandpiper.parser.format.odf.OdfReader;
import dev.sandpiper.parser.format.pdf.PdfParser;
import dev.sandpiper.parser.format.pptx.PptxReader;
import dev.sandpiper.parser.format.rtf.RtfReader;
import dev.sandpiper.parser.format.text.DelimitedReader;
import dev.sandpiper.parser.format.text.JsonReader;
import dev.sandpiper.parser.format.text.MarkdownReader;
import dev.sandpiper.parser.format.text.PlainTextReader;
import dev.sandpiper.parser.format.text.XmlReader;
import dev.sandpiper.parser.format.xlsx.XlsxReader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The parser with every reader there is. The only class that knows them all.
public final class StandardParser {

  private StandardParser() {}

  /// Makes it.
  ///
  /// @param path where `tesseract` is looked for, as in the environment's PATH; `null` for no OCR
  public static DocumentParser create(@Nullable String path) {
    ContentDetector detector = new ContentDetector();
    return new DocumentParser(
        detector::detect,
        List.of(
            new DocxReader(),
            new XlsxReader(),
            new PptxReader(),
            new OdfReader(),
            new RtfReader(),
            new HtmlParser(),
            new EpubParser(),
            new MailParser(),
            new OutlookParser(),
            new LegacyOfficeParser(),
            new PdfParser(),
            new PlainTextReader(),
            new MarkdownReader(),
            new JsonReader(),
            new XmlReader(),
            new DelimitedReader(),
            new ZipReader(),
            new TarReader(),
            new GzipReader(),
            new ImageReader(path)));
  }
}
