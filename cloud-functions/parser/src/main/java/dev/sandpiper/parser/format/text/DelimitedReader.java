package dev.sandpiper.parser.format.text;

import dev.sandpiper.parser.detect.CharsetDetector;
import dev.sandpiper.parser.detect.DelimiterSniffer;
import dev.sandpiper.parser.detect.Format;
import dev.sandpiper.parser.document.Block;
import dev.sandpiper.parser.document.Document;
import dev.sandpiper.parser.document.Metadata;
import dev.sandpiper.parser.document.SourceSpan;
import dev.sandpiper.parser.document.Text;
import dev.sandpiper.parser.format.FormatParser;
import dev.sandpiper.parser.format.ParseContext;
import dev.sandpiper.parser.task.ByteSource;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// CSV and its relatives: one table. The delimiter is found in the beginning of the text.
public final class DelimitedReader implements FormatParser {

  private static final int SAMPLE = 64 << 10;

  /// What a worker with the usual heap of 256 MB has room for: a short cell and all that is made of
  /// it take up to 640 bytes. The same on a larger one, so that a file is read alike everywhere.
  private static final int MOST_CELLS = 400_000;

  @Override
  public Set<Format> formats() {
    return Set.of(Format.CSV, Format.TSV);
  }

  @Override
  public Document parse(ByteSource source, Format format, ParseContext context) throws IOException {
    TextRoom room = new TextRoom(context);
    List<Block.Row> rows = new ArrayList<>();
    List<List<String>> first = new ArrayList<>();
    long cells = 0;
    int lastLine = 1;
    try (Reader reader = CharsetDetector.open(source)) {
      RecordReader records = new RecordReader(reader, delimiter(source, format));
      for (List<String> record = records.next(); record != null; record = records.next()) {
        if (!room.take(length(record), record.size())) {
          break;
        }
        cells += record.size();
        if (cells > MOST_CELLS) {
          context.warn(
              "truncated",
              "Only the first %,d lines were read: a table may have %,d cells. Send it in parts."
                  .formatted(lastLine, MOST_CELLS),
              null);
          break;
        }
        SourceSpan span = new SourceSpan.Lines(records.firstLine(), records.lastLine());
        lastLine = records.lastLine();
        rows.add(
            new Block.Row(
                record.stream()
                    .map(field -> Block.Cell.of(Text.of(field.strip()), span))
                    .toList()));
        if (first.size() < HeaderRow.SAMPLE) {
          first.add(record);
        }
      }
      warnOfCuts(records, context);
    }
    if (rows.isEmpty()) {
      return new Document(Metadata.NONE, 1, List.of());
    }
    int header = HeaderRow.isHeader(first) ? 1 : 0;
    Block table = new Block.Table(null, header, rows, new SourceSpan.Lines(1, lastLine));
    return new Document(Metadata.NONE, 1, List.of(table));
  }

  private static void warnOfCuts(RecordReader records, ParseContext context) {
    if (records.longFieldLine() > 0) {
      context.warn(
          "field-cut",
          "Only the first %,d characters of a field are kept; is a closing quote missing?"
              .formatted(RecordReader.LONGEST_FIELD),
          "line " + records.longFieldLine());
    }
    if (records.longRecordLine() > 0) {
      context.warn(
          "fields-cut",
          "Only the first %,d fields of a line are kept.".formatted(RecordReader.MOST_FIELDS),
          "line " + records.longRecordLine());
    }
  }

  private static char delimiter(ByteSource source, Format format) throws IOException {
    byte[] head = source.head(SAMPLE);
    DelimiterSniffer.Sniffed found =
        DelimiterSniffer.sniff(CharsetDetector.decode(head), head.length < SAMPLE);
    if (found != null) {
      return found.delimiter();
    }
    return format == Format.TSV ? '\t' : ',';
  }

  private static long length(List<String> record) {
    long length = 0;
    for (String field : record) {
      length += field.length() + 1;
    }
    return length;
  }
}
