package dev.sandpiper.parser.format.pdf;

import dev.sandpiper.parser.detect.Format;
import dev.sandpiper.parser.document.Document;
import dev.sandpiper.parser.format.PagedFormat;
import dev.sandpiper.parser.format.ParseContext;
import dev.sandpiper.parser.format.pdf.flow.DocumentFlow;
import dev.sandpiper.parser.format.pdf.page.PageJson;
import dev.sandpiper.parser.format.pdf.page.PageReader;
import dev.sandpiper.parser.format.pdf.page.PageRecord;
import dev.sandpiper.parser.task.ByteSource;
import dev.sandpiper.parser.task.PageSelection;
import dev.sandpiper.parser.task.ParseFailure;
import dev.sandpiper.parser.task.ParseWarning;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads PDF. Stateless and safe for use by several threads.
///
/// Every page is read on its own into a [PageRecord]; [DocumentFlow] makes the document of all
/// records. A record and its JSON are interchangeable, so pages may be read in other processes.
public final class PdfParser implements PagedFormat {

  static {
    QuietPdfBox.prepare();
  }

  /// Makes a parser. The first one in a process silences PDFBox's log and keeps it from scanning
  /// system fonts.
  public PdfParser() {}

  @Override
  public Set<Format> formats() {
    return Set.of(Format.PDF);
  }

  @Override
  public Document parse(ByteSource source, Format format, ParseContext context) throws IOException {
    List<PageRecord> records = new ArrayList<>();
    PdfHeader header = read(source, context, records::add);
    return join(header, records, context);
  }

  @Override
  public Estimate estimate(ByteSource source, ParseContext context) throws IOException {
    try (PdfFile file = PdfFile.open(source)) {
      return WorkEstimate.of(file.pages());
    }
  }

  @Override
  public List<String> pages(ByteSource source, ParseContext context) throws IOException {
    List<String> values = new ArrayList<>();
    PdfHeader header = read(source, context, record -> values.add(PageJson.write(record)));
    values.addFirst(header.toJson());
    return values;
  }

  @Override
  public Document join(List<String> pages, ParseContext context) throws IOException {
    PdfHeader header = null;
    List<PageRecord> records = new ArrayList<>();
    for (String value : pages) {
      context.budget().checkDeadline();
      if (!PdfHeader.isHeader(value)) {
        records.add(PageJson.read(value));
      } else if (header == null) {
        header = PdfHeader.fromJson(value);
      }
    }
    if (header == null) {
      throw new ParseFailure(
          ParseFailure.Code.UNREADABLE,
          "The parts of the document have no header. Parse the document again.");
    }
    return join(header, records, context);
  }

  private static PdfHeader read(ByteSource source, ParseContext context, Consumer<PageRecord> sink)
      throws IOException {
    try (PdfFile file = PdfFile.open(source)) {
      PageSelection selection = context.pages();
      int count = file.header().pageCount();
      int last = Math.min(selection.last(), count);
      requirePages(source.name(), Math.max(0, last - selection.first() + 1), context);
      PageReader pageReader = new PageReader(context.budget());
      for (int number = selection.first(); number <= last; number++) {
        context.budget().checkDeadline();
        sink.accept(pageReader.read(file.page(number), number));
      }
      return file.header();
    }
  }

  private static void requirePages(@Nullable String name, int pages, ParseContext context) {
    int most = context.budget().limits().maxPages();
    if (pages > most) {
      throw new ParseFailure(
          ParseFailure.Code.OVER_LIMIT,
          "%s has %,d pages to parse, more than the %,d allowed. Ask for a range of pages or raise the limit."
              .formatted(name == null ? "The document" : name, pages, most));
    }
  }

  private static Document join(PdfHeader header, List<PageRecord> records, ParseContext context) {
    requirePages(null, records.size(), context);
    records.sort(Comparator.comparingInt(PageRecord::number));
    header.warnings().forEach(warning -> pass(warning, context));
    for (PageRecord record : records) {
      record.warnings().forEach(warning -> pass(warning, context));
    }
    return new Document(
        header.metadata(), header.pageCount(), DocumentFlow.blocks(records, context.budget()));
  }

  private static void pass(ParseWarning warning, ParseContext context) {
    context.warn(warning.code(), warning.message(), warning.place());
  }
}
