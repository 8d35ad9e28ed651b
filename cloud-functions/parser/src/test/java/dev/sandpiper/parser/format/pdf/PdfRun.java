package dev.sandpiper.parser.format.pdf;

import dev.sandpiper.parser.DocumentParser;
import dev.sandpiper.parser.ParseOptions;
import dev.sandpiper.parser.ParsedDocument;
import dev.sandpiper.parser.detect.Format;
import dev.sandpiper.parser.document.Block;
import dev.sandpiper.parser.format.PagedFormat;
import dev.sandpiper.parser.task.ByteSource;
import dev.sandpiper.parser.task.PageSelection;
import dev.sandpiper.parser.task.ParseWarning;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/// Parses files the way a worker does.
final class PdfRun {

  private static final DocumentParser PARSER =
      new DocumentParser(_ -> Format.PDF, List.of(new PdfParser()));

  private final ParseOptions options;

  PdfRun(Path scratch) {
    this(ParseOptions.in(scratch));
  }

  PdfRun(ParseOptions options) {
    this.options = options;
  }

  ParsedDocument parse(Path file) {
    return PARSER.parse(source(file), options);
  }

  ParsedDocument parse(Path file, int first, int last) {
    return PARSER.parse(source(file), options.withPages(new PageSelection(first, last)));
  }

  PagedFormat.Estimate estimate(Path file) {
    return PARSER.estimate(source(file), options);
  }

  List<String> pages(Path file, int first, int last) {
    return PARSER.pages(source(file), options.withPages(new PageSelection(first, last)));
  }

  ParsedDocument join(Path file, List<String> values) {
    return PARSER.join(source(file), Format.PDF, values, options);
  }

  static ByteSource source(Path file) {
    return new ByteSource(file, "draft.pdf");
  }

  static List<String> codes(ParsedDocument parsed) {
    return parsed.warnings().stream().map(ParseWarning::code).toList();
  }

  /// What a reader sees, one block a line.
  static List<String> outline(List<Block> blocks) {
    return blocks.stream().map(PdfRun::outline).toList();
  }

  static List<String> outline(ParsedDocument parsed) {
    return outline(parsed.document().blocks());
  }

  private static String outline(Block block) {
    return switch (block) {
      case Block.Heading h -> "#".repeat(h.level()) + " " + h.text().plain();
      case Block.Paragraph p -> p.text().plain();
      case Block.ListBlock l ->
          (l.ordered() ? "ol" : "ul")
              + l.items().stream().map(i -> outline(i.content()).toString()).toList();
      case Block.Table t ->
          t.rows().stream()
              .map(r ->
                  r.cells().stream()
                      .map(c ->
                          String.join(" ", outline(c.content()))
                              + (c.colSpan() > 1 ? "/c" + c.colSpan() : "")
                              + (c.rowSpan() > 1 ? "/r" + c.rowSpan() : ""))
                      .collect(Collectors.joining("|")))
              .collect(Collectors.joining(" ; "));
      case Block.Code c -> "code " + c.text();
      case Block.Quote q -> "quote " + outline(q.content());
      case Block.Image _ -> "image";
      case Block.Note n -> "note " + outline(n.content());
      case Block.Rule _ -> "rule";
      case Block.PageBreak b -> "page " + b.page();
    };
  }
}
