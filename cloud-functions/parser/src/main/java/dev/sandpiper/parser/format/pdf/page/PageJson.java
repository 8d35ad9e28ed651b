package dev.sandpiper.parser.format.pdf.page;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sandpiper.parser.document.Box;
import dev.sandpiper.parser.format.pdf.page.PageItem.Grid;
import dev.sandpiper.parser.format.pdf.page.PageItem.GridCell;
import dev.sandpiper.parser.format.pdf.page.PageItem.Line;
import dev.sandpiper.parser.format.pdf.page.PageItem.Run;
import dev.sandpiper.parser.task.ParseWarning;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// [PageRecord] as compact JSON: arrays in a fixed order, coordinates in hundredths of a point.
///
/// `["page",number,width,height,[item…],[warning…]]`; an item begins with its kind.
public final class PageJson {

  /// First element of a page's array.
  public static final String KIND = "page";

  private static final JsonFactory JSON = new JsonFactory();

  private PageJson() {}

  /// Writes a record.
  public static String write(PageRecord page) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = JSON.createGenerator(text)) {
      out.writeStartArray();
      out.writeString(KIND);
      out.writeNumber(page.number());
      number(out, page.width());
      number(out, page.height());
      out.writeStartArray();
      for (PageItem item : page.items()) {
        write(out, item);
      }
      out.writeEndArray();
      writeWarnings(out, page.warnings());
      out.writeEndArray();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return text.toString();
  }

  /// Writes warnings as an array of arrays.
  public static void writeWarnings(JsonGenerator out, List<ParseWarning> warnings)
      throws IOException {
    out.writeStartArray();
    for (ParseWarning warning : warnings) {
      out.writeStartArray();
      out.writeString(warning.code());
      out.writeString(warning.message());
      out.writeString(warning.place());
      out.writeEndArray();
    }
    out.writeEndArray();
  }

  private static void write(JsonGenerator out, PageItem item) throws IOException {
    out.writeStartArray();
    switch (item) {
      case Line line -> {
        out.writeString("l");
        writeLine(out, line);
      }
      case Grid grid -> {
        out.writeString("t");
        box(out, grid.box());
        out.writeNumber(grid.headerRows());
        out.writeStartArray();
        for (GridCell cell : grid.cells()) {
          writeCell(out, cell);
        }
        out.writeEndArray();
      }
      case PageItem.Picture picture -> {
        out.writeString("p");
        box(out, picture.box());
      }
      case PageItem.Comment comment -> {
        out.writeString("c");
        box(out, comment.box());
        out.writeString(comment.author());
        out.writeString(comment.text());
      }
    }
    out.writeEndArray();
  }

  private static void writeCell(JsonGenerator out, GridCell cell) throws IOException {
    out.writeStartArray();
    out.writeNumber(cell.row());
    out.writeNumber(cell.column());
    out.writeNumber(cell.rowSpan());
    out.writeNumber(cell.columnSpan());
    box(out, cell.box());
    out.writeStartArray();
    for (Line line : cell.lines()) {
      out.writeStartArray();
      writeLine(out, line);
      out.writeEndArray();
    }
    out.writeEndArray();
    out.writeEndArray();
  }

  private static void writeLine(JsonGenerator out, Line line) throws IOException {
    box(out, line.box());
    number(out, line.baseline());
    number(out, line.size());
    out.writeNumber(line.column());
    out.writeStartArray();
    for (Run run : line.runs()) {
      out.writeString(run.text());
      out.writeNumber(run.style());
      out.writeString(run.link());
    }
    out.writeEndArray();
  }

  private static void box(JsonGenerator out, Box box) throws IOException {
    number(out, box.left());
    number(out, box.top());
    number(out, box.right());
    number(out, box.bottom());
  }

  private static void number(JsonGenerator out, float points) throws IOException {
    out.writeNumber(Hundredths.of(points));
  }

  /// Reads a record.
  ///
  /// @throws IOException when the text is not one that [#write] wrote
  public static PageRecord read(String text) throws IOException {
    try (JsonParser json = JSON.createParser(text)) {
      Reader in = new Reader(json);
      in.open();
      if (!KIND.equals(in.text())) {
        throw new IOException("not a page value");
      }
      int number = in.integer();
      float width = in.points();
      float height = in.points();
      List<PageItem> items = new ArrayList<>();
      in.open();
      while (in.opens()) {
        items.add(in.item());
        in.close();
      }
      List<ParseWarning> warnings = readWarnings(json);
      in.close();
      return new PageRecord(number, width, height, items, warnings);
    }
  }

  /// Reads warnings that [#writeWarnings] wrote.
  public static List<ParseWarning> readWarnings(JsonParser json) throws IOException {
    Reader in = new Reader(json);
    List<ParseWarning> warnings = new ArrayList<>();
    in.open();
    while (in.opens()) {
      warnings.add(new ParseWarning(in.text(), in.text(), in.textOrNull()));
      in.close();
    }
    return warnings;
  }

  /// Reads tokens in the order they were written.
  private record Reader(JsonParser json) {

    PageItem item() throws IOException {
      return switch (text()) {
        case "l" -> line();
        case "t" -> grid();
        case "p" -> new PageItem.Picture(box());
        case "c" -> new PageItem.Comment(box(), text(), text());
        default -> throw new IOException("unknown kind of page item");
      };
    }

    private Grid grid() throws IOException {
      Box box = box();
      int headerRows = integer();
      List<GridCell> cells = new ArrayList<>();
      open();
      while (opens()) {
        cells.add(cell());
        close();
      }
      return new Grid(box, headerRows, cells);
    }

    private GridCell cell() throws IOException {
      int row = integer();
      int column = integer();
      int rowSpan = integer();
      int columnSpan = integer();
      Box box = box();
      List<Line> lines = new ArrayList<>();
      open();
      while (opens()) {
        lines.add(line());
        close();
      }
      return new GridCell(row, column, rowSpan, columnSpan, box, lines);
    }

    private Line line() throws IOException {
      Box box = box();
      float baseline = points();
      float size = points();
      int column = integer();
      List<Run> runs = new ArrayList<>();
      open();
      while (json.nextToken() == JsonToken.VALUE_STRING) {
        runs.add(new Run(json.getText(), integer(), textOrNull()));
      }
      return new Line(box, baseline, size, column, runs);
    }

    private Box box() throws IOException {
      return new Box(points(), points(), points(), points());
    }

    void open() throws IOException {
      require(json.nextToken() == JsonToken.START_ARRAY);
    }

    /// Whether another element begins; otherwise the array has ended.
    boolean opens() throws IOException {
      return json.nextToken() == JsonToken.START_ARRAY;
    }

    void close() throws IOException {
      require(json.nextToken() == JsonToken.END_ARRAY);
    }

    int integer() throws IOException {
      require(json.nextToken() == JsonToken.VALUE_NUMBER_INT);
      return json.getIntValue();
    }

    float points() throws IOException {
      return Hundredths.points(integer());
    }

    String text() throws IOException {
      require(json.nextToken() == JsonToken.VALUE_STRING);
      return json.getText();
    }

    @Nullable String textOrNull() throws IOException {
      return json.nextToken() == JsonToken.VALUE_NULL ? null : json.getText();
    }

    private static void require(boolean expected) throws IOException {
      if (!expected) {
        throw new IOException("damaged page value");
      }
    }
  }
}
