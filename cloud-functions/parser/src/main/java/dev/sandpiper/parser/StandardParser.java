package dev.sandpiper.parser;

import dev.sandpiper.parser.detect.ContentDetector;
import dev.sandpiper.parser.format.archive.GzipReader;
import dev.sandpiper.parser.format.archive.TarReader;
import dev.sandpiper.parser.format.archive.ZipReader;
import dev.sandpiper.parser.format.image.ImageReader;
import dev.sandpiper.parser.format.text.DelimitedReader;
import dev.sandpiper.parser.format.text.JsonReader;
import dev.sandpiper.parser.format.text.MarkdownReader;
import dev.sandpiper.parser.format.text.PlainTextReader;
import dev.sandpiper.parser.format.text.XmlReader;
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
