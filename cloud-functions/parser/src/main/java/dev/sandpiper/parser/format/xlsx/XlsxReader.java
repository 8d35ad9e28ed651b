package dev.sandpiper.parser.format.xlsx;

import dev.sandpiper.parser.detect.Format;
import dev.sandpiper.parser.document.Block;
import dev.sandpiper.parser.document.Document;
import dev.sandpiper.parser.document.SourceSpan;
import dev.sandpiper.parser.document.Span;
import dev.sandpiper.parser.document.Text;
import dev.sandpiper.parser.format.FormatParser;
import dev.sandpiper.parser.format.ParseContext;
import dev.sandpiper.parser.format.container.XmlCursor;
import dev.sandpiper.parser.format.grid.Regions;
import dev.sandpiper.parser.format.grid.SheetData;
import dev.sandpiper.parser.format.ooxml.OoxmlPackage;
import dev.sandpiper.parser.format.ooxml.Properties;
import dev.sandpiper.parser.format.ooxml.Relationship;
import dev.sandpiper.parser.task.ByteSource;
import dev.sandpiper.parser.task.ParseFailure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads XLSX files: per sheet a heading and a table for each region. Sheets count as pages.
public final class XlsxReader implements FormatParser {

  @Override
  public Set<Format> formats() {
    return Set.of(Format.XLSX);
  }

  @Override
  public Document parse(ByteSource source, Format format, ParseContext context) throws IOException {
    try (OoxmlPackage ooxml = OoxmlPackage.open(source, context)) {
      Workbook workbook = workbook(ooxml, source, context);
      List<Block> blocks = new ArrayList<>();
      int parsed = 0;
      for (int i = 0; i < workbook.sheets().size(); i++) {
        if (!context.pages().contains(i + 1)) {
          continue;
        }
        Pages.require(++parsed, source, context);
        List<Block> sheet = sheet(ooxml, workbook, workbook.sheets().get(i), context);
        if (!sheet.isEmpty()) {
          if (!blocks.isEmpty()) {
            blocks.add(new Block.PageBreak(i + 1, sheet.getFirst().span()));
          }
          blocks.addAll(sheet);
        }
      }
      return new Document(Properties.read(ooxml).build(), workbook.sheets().size(), blocks);
    }
  }

  /// The limit on pages.
  private static final class Pages {
    private Pages() {}

    private static void require(int parsed, ByteSource source, ParseContext context) {
      int most = context.budget().limits().maxPages();
      if (parsed > most) {
        throw new ParseFailure(
            ParseFailure.Code.OVER_LIMIT,
            "%s has more than %,d sheets. Raise the page limit or select pages to parse it."
                .formatted(source.name(), most));
      }
    }
  }

  private static Workbook workbook(OoxmlPackage ooxml, ByteSource source, ParseContext context) {
    String main = ooxml.mainPart("xl/workbook.xml");
    Map<String, Relationship> relationships = ooxml.relationships(main);
    List<Workbook.Sheet> sheets = new ArrayList<>();
    boolean date1904;
    try (XmlCursor xml = ooxml.xml(main)) {
      if (xml == null) {
        throw new ParseFailure(
            ParseFailure.Code.UNREADABLE,
            source.name() + " has no workbook part " + main + ". Save it anew as XLSX.");
      }
      date1904 = Workbook.readSheets(xml, relationships, sheets);
    }
    SharedStrings strings;
    try (XmlCursor xml = related(ooxml, relationships, "sharedStrings")) {
      strings = SharedStrings.read(xml, context.budget());
    }
    try (XmlCursor xml = related(ooxml, relationships, "styles")) {
      return new Workbook(sheets, date1904, strings, CellFormats.read(xml));
    }
  }

  private static @Nullable XmlCursor related(
      OoxmlPackage ooxml, Map<String, Relationship> relationships, String type) {
    Relationship relationship = OoxmlPackage.first(relationships, type);
    return relationship == null ? null : ooxml.xml(relationship.target());
  }

  private static List<Block> sheet(
      OoxmlPackage ooxml, Workbook workbook, Workbook.Sheet sheet, ParseContext context) {
    Map<String, Relationship> relationships = ooxml.relationships(sheet.part());
    SheetData data;
    try (XmlCursor xml = ooxml.xml(sheet.part())) {
      if (xml == null) {
        return List.of();
      }
      data = new SheetReader(workbook, context.budget(), sheet.hidden()).read(xml, relationships);
    }
    List<Block> notes = List.of();
    try (XmlCursor xml = related(ooxml, relationships, "comments")) {
      if (xml != null) {
        notes = Comments.read(xml, sheet.name(), data, context.budget());
      }
    }
    List<Block> content = new Regions(sheet.name(), data, context.budget()).blocks();
    if (content.isEmpty() && notes.isEmpty()) {
      return List.of();
    }
    List<Block> blocks = new ArrayList<>();
    blocks.add(heading(sheet));
    blocks.addAll(content);
    blocks.addAll(notes);
    return blocks;
  }

  private static Block heading(Workbook.Sheet sheet) {
    Set<Span.Mark> marks = sheet.hidden() ? Set.of(Span.Mark.HIDDEN) : Set.of();
    Text name = new Text(List.of(Span.of(sheet.name(), marks)));
    return new Block.Heading(1, name, new SourceSpan.InSheet(sheet.name(), ""));
  }
}
