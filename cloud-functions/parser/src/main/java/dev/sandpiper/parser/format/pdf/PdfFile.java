package dev.sandpiper.parser.format.pdf;

import dev.sandpiper.parser.document.Metadata;
import dev.sandpiper.parser.task.ByteSource;
import dev.sandpiper.parser.task.ParseFailure;
import dev.sandpiper.parser.task.ParseWarning;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.RandomAccessReadBufferedFile;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.jspecify.annotations.Nullable;

/// An open PDF.
final class PdfFile implements AutoCloseable {

  private final PDDocument document;
  private final List<PDPage> pages;
  private final PdfHeader header;

  private PdfFile(PDDocument document, List<PDPage> pages, PdfHeader header) {
    this.document = document;
    this.pages = pages;
    this.header = header;
  }

  /// Opens a file, with the empty password when it is encrypted.
  ///
  /// @throws ParseFailure when it needs a password or has no pages
  static PdfFile open(ByteSource source) throws IOException {
    PDDocument document = load(source);
    document.setResourceCache(new RecentFonts());
    try {
      List<ParseWarning> warnings = new ArrayList<>();
      if (XrefCheck.isDamaged(source.file())) {
        warnings.add(
            new ParseWarning(
                "damaged-xref",
                "The cross-reference table is damaged and was rebuilt; parts may be missing.",
                null));
      }
      boolean cut = PageList.cutDeepBranches(document);
      if (cut) {
        warnings.add(
            new ParseWarning(
                "nesting-refused",
                "The page tree is nested too deeply; the pages deep in it were left out.",
                null));
      }
      List<PDPage> pages = PageList.of(document);
      if (pages.isEmpty()) {
        throw new ParseFailure(
            ParseFailure.Code.UNREADABLE,
            source.name()
                + (cut
                    ? " keeps its pages in a tree that is nested too deeply."
                    : " has no pages that can be found.")
                + " Open it in a viewer, save it anew.");
      }
      PdfHeader header = new PdfHeader(metadata(document), pages.size(), warnings);
      return new PdfFile(document, pages, header);
    } catch (IOException | RuntimeException | StackOverflowError e) {
      document.close();
      throw e;
    }
  }

  private static PDDocument load(ByteSource source) throws IOException {
    RandomAccessReadBufferedFile file = new RandomAccessReadBufferedFile(source.file());
    try {
      return Loader.loadPDF(file);
    } catch (InvalidPasswordException e) {
      file.close();
      throw encrypted(source, "needs a password", e);
    } catch (NoClassDefFoundError e) {
      // Files encrypted for certificates need BouncyCastle, which is not shipped.
      file.close();
      throw encrypted(source, "is encrypted for the holder of a certificate", e);
    } catch (IOException | RuntimeException | StackOverflowError e) {
      file.close();
      throw e;
    }
  }

  private static ParseFailure encrypted(ByteSource source, String why, Throwable cause) {
    return new ParseFailure(
        ParseFailure.Code.ENCRYPTED,
        source.name() + " " + why + ". Save it without encryption and send it again.",
        cause);
  }

  private static Metadata metadata(PDDocument document) {
    Metadata.Builder metadata = Metadata.builder();
    try {
      PDDocumentInformation info = document.getDocumentInformation();
      metadata
          .title(PageText.clean(info.getTitle()))
          .author(PageText.clean(info.getAuthor()))
          .producer(PageText.clean(info.getProducer()))
          .property("creator", PageText.clean(info.getCreator()))
          .property("subject", PageText.clean(info.getSubject()))
          .property("keywords", PageText.clean(info.getKeywords()));
      Calendar created = info.getCreationDate();
      metadata.created(created == null ? null : created.toInstant());
      Calendar modified = info.getModificationDate();
      metadata.modified(modified == null ? null : modified.toInstant());
      metadata.language(PageText.clean(document.getDocumentCatalog().getLanguage()));
    } catch (RuntimeException e) {
      // Metadata is a courtesy of the file; what was read before the defect stands.
      return metadata.build();
    }
    return metadata.build();
  }

  PdfHeader header() {
    return header;
  }

  PDDocument document() {
    return document;
  }

  List<PDPage> pages() {
    return pages;
  }

  /// A page by its number.
  PDPage page(int number) {
    return pages.get(number - 1);
  }

  @Override
  public void close() throws IOException {
    document.close();
  }

  /// Cleans a property's text.
  private static final class PageText {
    static @Nullable String clean(@Nullable String text) {
      if (text == null) {
        return null;
      }
      StringBuilder clean = new StringBuilder();
      text.codePoints()
          .filter(c -> !Character.isISOControl(c) && (c < 0xD800 || c > 0xDFFF))
          .limit(4096)
          .forEach(clean::appendCodePoint);
      return clean.toString();
    }
  }
}
