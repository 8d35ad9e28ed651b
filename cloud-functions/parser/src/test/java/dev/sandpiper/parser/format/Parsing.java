package dev.sandpiper.parser.format;

import dev.sandpiper.parser.DocumentParser;
import dev.sandpiper.parser.ParseOptions;
import dev.sandpiper.parser.ParsedDocument;
import dev.sandpiper.parser.detect.Format;
import dev.sandpiper.parser.document.Block;
import dev.sandpiper.parser.task.ByteSource;
import dev.sandpiper.parser.task.ParseWarning;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Parses bytes of a known format through the public door.
///
/// @param folder scratch
/// @param format of the outer document; what is nested is plain mail or HTML by its name
public record Parsing(Path folder, Format format, List<FormatParser> readers) {

  public ParsedDocument parse(String content) throws IOException {
    return parse(content.getBytes(StandardCharsets.UTF_8));
  }

  public ParsedDocument parse(byte[] content) throws IOException {
    Path file = Files.write(folder.resolve("document"), content);
    DocumentParser parser =
        new DocumentParser(
            source ->
                source.file().equals(file)
                    ? format
                    : source.name().endsWith(".html") ? Format.HTML : Format.EML,
            readers);
    return parser.parse(new ByteSource(file, "document"), ParseOptions.in(folder));
  }

  public List<Block> blocks(String content) throws IOException {
    return parse(content).document().blocks();
  }

  /// Codes of the warnings.
  public static List<String> warnings(ParsedDocument parsed) {
    return parsed.warnings().stream().map(ParseWarning::code).toList();
  }

  /// What the blocks are and say, one line a block.
  public static List<String> outline(List<Block> blocks) {
    return blocks.stream().map(Parsing::line).toList();
  }

  private static String line(Block block) {
    return switch (block) {
      case Block.Heading heading -> "h" + heading.level() + " " + heading.text().plain();
      case Block.Paragraph paragraph -> "p " + paragraph.text().plain();
      case Block.ListBlock list ->
          (list.ordered() ? "ol " : "ul ")
              + list.items().stream().map(item -> outline(item.content())).toList();
      case Block.Table table ->
          "table "
              + table.headerRows()
              + " "
              + table.rows().stream()
                  .map(row ->
                      row.cells().stream()
                          .map(cell ->
                              outline(cell.content()) + "x" + cell.rowSpan() + "x" + cell.colSpan())
                          .toList())
                  .toList();
      case Block.Code code -> "code " + code.language() + " " + code.text();
      case Block.Quote quote -> "quote " + outline(quote.content());
      case Block.Image image -> "img " + image.alt() + " " + image.target();
      case Block.Note note -> "note " + note.id() + " " + outline(note.content());
      case Block.Rule _ -> "rule";
      case Block.PageBreak pageBreak -> "page " + pageBreak.page();
    };
  }
}
