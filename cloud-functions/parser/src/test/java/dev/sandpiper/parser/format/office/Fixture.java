package dev.sandpiper.parser.format.office;

import dev.sandpiper.parser.DocumentParser;
import dev.sandpiper.parser.ParseOptions;
import dev.sandpiper.parser.ParsedDocument;
import dev.sandpiper.parser.detect.Format;
import dev.sandpiper.parser.document.Block;
import dev.sandpiper.parser.document.Span;
import dev.sandpiper.parser.document.Text;
import dev.sandpiper.parser.format.docx.DocxReader;
import dev.sandpiper.parser.format.odf.OdfReader;
import dev.sandpiper.parser.format.pptx.PptxReader;
import dev.sandpiper.parser.format.rtf.RtfReader;
import dev.sandpiper.parser.format.xlsx.XlsxReader;
import dev.sandpiper.parser.task.ByteSource;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Writes a document part by part, parses it, and shows what came out as one line per block.
final class Fixture {

  private static final String OFFICE =
      "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  static final String WORD =
      "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" xmlns:r=\""
          + OFFICE
          + "\" xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\"";
  static final String SHEET =
      "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\""
          + OFFICE
          + "\"";
  static final String SLIDE =
      "xmlns:p=\"http://schemas.openxmlformats.org/presentationml/2006/main\""
          + " xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" xmlns:r=\""
          + OFFICE
          + "\"";
  static final String ODF =
      List.of("office", "style", "text", "table", "presentation", "manifest").stream()
              .map(n -> "xmlns:" + n + "=\"urn:oasis:names:tc:opendocument:xmlns:" + n + ":1.0\"")
              .collect(Collectors.joining(" "))
          + " xmlns:draw=\"urn:oasis:names:tc:opendocument:xmlns:drawing:1.0\""
          + " xmlns:fo=\"urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0\"";

  private final Map<String, String> parts = new LinkedHashMap<>();
  private final Map<String, StringBuilder> relationships = new LinkedHashMap<>();
  private final Format format;
  private final Path folder;

  Fixture(Format format, Path folder) {
    this.format = format;
    this.folder = folder;
  }

  static Fixture docx(Path folder, String body) {
    return new Fixture(Format.DOCX, folder)
        .part(
            "word/document.xml",
            "<w:document " + WORD + "><w:body>" + body + "</w:body></w:document>");
  }

  static Fixture xlsx(Path folder, String sheetContent) {
    return new Fixture(Format.XLSX, folder)
        .part(
            "xl/workbook.xml",
            "<workbook "
                + SHEET
                + "><sheets><sheet name=\"Data\" r:id=\"s1\"/></sheets></workbook>")
        .related("xl/workbook.xml", "s1", "worksheet", "worksheets/sheet1.xml")
        .part(
            "xl/worksheets/sheet1.xml",
            "<worksheet " + SHEET + ">" + sheetContent + "</worksheet>");
  }

  static Fixture odf(Format format, Path folder, String styles, String body) {
    return new Fixture(format, folder)
        .part(
            "content.xml",
            "<office:document-content "
                + ODF
                + "><office:automatic-styles>"
                + styles
                + "</office:automatic-styles><office:body>"
                + body
                + "</office:body></office:document-content>");
  }

  Fixture part(String name, String xml) {
    parts.put(name, xml);
    return this;
  }

  Fixture related(String part, String id, String type, String target) {
    relationships
        .computeIfAbsent(part, p -> new StringBuilder())
        .append(
            "<Relationship Id=\"%s\" Type=\"%s/%s\" Target=\"%s\"%s/>"
                .formatted(
                    id,
                    OFFICE,
                    type,
                    target,
                    target.startsWith("http") ? " TargetMode=\"External\"" : ""));
    return this;
  }

  Path write() throws IOException {
    Path file = folder.resolve("document." + format.name().toLowerCase(Locale.ROOT));
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, String> part : parts.entrySet()) {
        entry(zip, part.getKey(), part.getValue());
      }
      for (Map.Entry<String, StringBuilder> part : relationships.entrySet()) {
        int slash = part.getKey().lastIndexOf('/') + 1;
        entry(
            zip,
            part.getKey().substring(0, slash) + "_rels/" + part.getKey().substring(slash) + ".rels",
            "<Relationships"
                + " xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
                + part.getValue()
                + "</Relationships>");
      }
    }
    return file;
  }

  private static void entry(ZipOutputStream zip, String name, String content) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(content.getBytes(StandardCharsets.UTF_8));
    zip.closeEntry();
  }

  ParsedDocument parse() throws IOException {
    return parse(ParseOptions.in(folder));
  }

  ParsedDocument parse(ParseOptions options) throws IOException {
    return parse(format, write(), options);
  }

  static ParsedDocument parse(Format format, Path file, ParseOptions options) {
    return new DocumentParser(
            source -> format,
            List.of(
                new DocxReader(),
                new XlsxReader(),
                new PptxReader(),
                new OdfReader(),
                new RtfReader()))
        .parse(new ByteSource(file, "document"), options);
  }

  List<String> shown() throws IOException {
    return shown(parse().document().blocks());
  }

  static List<String> shown(List<Block> blocks) {
    return blocks.stream().map(Fixture::shown).toList();
  }

  private static String inner(List<Block> blocks) {
    return String.join("|", shown(blocks));
  }

  private static String shown(Block block) {
    return switch (block) {
      case Block.Heading heading -> "#" + heading.level() + " " + text(heading.text());
      case Block.Paragraph paragraph -> text(paragraph.text());
      case Block.ListBlock list ->
          (list.ordered() ? list.start() + "." : "-")
              + list.items().stream()
                  .map(item -> "[" + inner(item.content()) + "]")
                  .collect(Collectors.joining());
      case Block.Table table ->
          "table"
              + table.headerRows()
              + table.rows().stream()
                  .map(row ->
                      row.cells().stream()
                          .map(Fixture::cell)
                          .collect(Collectors.joining(",", "(", ")")))
                  .collect(Collectors.joining());
      case Block.Code code -> "code:" + code.text();
      case Block.Quote quote -> ">" + inner(quote.content());
      case Block.Image image -> "image:" + image.alt();
      case Block.Note note -> note.kind() + ":" + note.id() + ":" + inner(note.content());
      case Block.Rule _ -> "---";
      case Block.PageBreak page -> "page" + page.page();
    };
  }

  private static String cell(Block.Cell cell) {
    String spans = cell.rowSpan() * cell.colSpan() > 1 ? cell.rowSpan() + "x" + cell.colSpan() : "";
    return spans + inner(cell.content());
  }

  private static String text(Text text) {
    StringBuilder shown = new StringBuilder();
    for (Span span : text.spans()) {
      String marks =
          span.marks().stream().map(Enum::name).sorted().collect(Collectors.joining("+"));
      String target = span.link() == null ? "" : "<" + span.link() + ">";
      String note = span.noteRef() == null ? "" : "^" + span.noteRef();
      shown
          .append(marks.isEmpty() ? "" : marks + ":")
          .append(span.text())
          .append(target)
          .append(note);
    }
    return shown.toString();
  }
}
