package dev.sandpiper.functions;

import dev.sandpiper.contract.Chunk;
import dev.sandpiper.contract.ContentSink;
import dev.sandpiper.contract.ContentSource;
import dev.sandpiper.contract.Metadata;
import dev.sandpiper.contract.Output;
import dev.sandpiper.contract.PageRange;
import dev.sandpiper.contract.Warning;
import dev.sandpiper.parser.ParsedDocument;
import dev.sandpiper.parser.chunk.Chunker;
import dev.sandpiper.parser.chunk.DocumentChunk;
import dev.sandpiper.parser.detect.Format;
import dev.sandpiper.parser.document.Block;
import dev.sandpiper.parser.document.Document;
import dev.sandpiper.parser.render.json.BlockJson;
import dev.sandpiper.parser.render.markdown.MarkdownRenderer;
import dev.sandpiper.parser.task.ParseWarning;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;

/// The parser's results in the contract's words.
final class Rendering {

  private final MarkdownRenderer markdown = new MarkdownRenderer();
  private final Chunker chunker = new Chunker();

  /// The asked outputs of a document, in the sink's order.
  ContentSource content(Document document, String sha256, Set<Output> outputs) {
    return sink -> {
      try {
        if (outputs.contains(Output.MARKDOWN)) {
          markdown.render(document, piece -> unchecked(() -> sink.markdown(piece)));
        }
        if (outputs.contains(Output.BLOCKS)) {
          for (Block block : document.blocks()) {
            sink.block(BlockJson.write(block));
          }
        }
        if (outputs.contains(Output.CHUNKS)) {
          chunker.chunk(document, sha256, chunk -> unchecked(() -> sink.chunk(chunk(chunk))));
        }
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
    };
  }

  /// Page values as they are.
  static ContentSource pages(List<String> pages) {
    return sink -> {
      for (String page : pages) {
        sink.page(page);
      }
    };
  }

  static Metadata metadata(ParsedDocument parsed) {
    dev.sandpiper.parser.document.Metadata own = parsed.document().metadata();
    return new Metadata(
        parsed.format().mediaType(),
        own.title(),
        own.authors(),
        own.created(),
        own.modified(),
        own.language(),
        own.producer(),
        own.properties());
  }

  /// What a part result says about its document: the format, by which the join finds its reader.
  static Metadata formatOnly(Format format) {
    return new Metadata(
        format.mediaType(), null, List.of(), null, null, null, null, java.util.Map.of());
  }

  static List<Warning> warnings(List<ParseWarning> warnings) {
    return warnings.stream().map(w -> new Warning(w.code(), w.message(), w.place())).toList();
  }

  private static Chunk chunk(DocumentChunk chunk) {
    PageRange pages =
        chunk.firstPage() == null || chunk.lastPage() == null
            ? null
            : new PageRange(chunk.firstPage(), chunk.lastPage());
    return new Chunk(
        chunk.id(), chunk.ordinal(), chunk.headings(), pages, chunk.place(), chunk.text());
  }

  private interface Piece {
    void write() throws IOException;
  }

  private static void unchecked(Piece piece) {
    try {
      piece.write();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Collects a part result's pages.
  static final class PageCollector implements ContentSink {
    private final List<String> pages;

    PageCollector(List<String> pages) {
      this.pages = pages;
    }

    @Override
    public void markdown(String piece) {}

    @Override
    public void block(String json) {}

    @Override
    public void chunk(Chunk chunk) {}

    @Override
    public void page(String json) {
      pages.add(json);
    }
  }
}
