package dev.sandpiper.parser.chunk;

import dev.sandpiper.parser.document.Block;
import dev.sandpiper.parser.document.Document;
import dev.sandpiper.parser.render.markdown.MarkdownOptions;
import dev.sandpiper.parser.render.markdown.MarkdownRenderer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Cuts documents into chunks: at block borders, never across a heading unless a chunk would be
/// tiny, and never across the border of a nested document. A block that is too large is cut at
/// sentences, lines, items or table rows. Stateless and safe for use by several threads.
public final class Chunker {

  private final ChunkSize size;
  private final MarkdownRenderer markdown =
      new MarkdownRenderer(new MarkdownOptions(/* pageBreaks= */ false, /* hiddenText= */ false));
  private final BlockSplitter splitter;

  /// A chunker of the default size.
  public Chunker() {
    this(ChunkSize.DEFAULT);
  }

  public Chunker(ChunkSize size) {
    this.size = size;
    this.splitter = new BlockSplitter(size, markdown);
  }

  /// Cuts a document, handing over each chunk as soon as it is complete.
  ///
  /// @param documentHash what the ids are made of, with ordinal and text; the bytes' SHA-256
  public void chunk(Document document, String documentHash, Consumer<DocumentChunk> sink) {
    new Cutting(new OpenChunk(documentHash, size, sink)).run(document.blocks());
  }

  /// Cuts a document.
  public List<DocumentChunk> chunk(Document document, String documentHash) {
    List<DocumentChunk> chunks = new ArrayList<>();
    chunk(document, documentHash, chunks::add);
    return chunks;
  }

  /// One document being cut.
  private final class Cutting {
    private final OpenChunk open;
    private final HeadingPath path = new HeadingPath();

    Cutting(OpenChunk open) {
      this.open = open;
    }

    void run(List<Block> blocks) {
      for (Block block : blocks) {
        if (block instanceof Block.Heading heading) {
          heading(heading);
        } else {
          content(block);
        }
      }
      bodiless(path.closeAll());
      open.flush();
    }

    private void heading(Block.Heading heading) {
      if (heading.text().isBlank()) {
        return;
      }
      bodiless(path.enter(heading));
    }

    /// Titles with nothing under them are content themselves, or they could not be found.
    private void bodiless(List<HeadingPath.Title> titles) {
      for (HeadingPath.Title title : titles) {
        String text = markdown.render(List.of(title.heading()));
        for (String piece : Cuts.pieces(text, size.max())) {
          open.add(piece, title.above(), Place.of(title.heading().span()));
        }
      }
    }

    private void content(Block block) {
      String text = markdown.render(List.of(block));
      if (text.isBlank()) {
        return;
      }
      List<HeadingPath.Title> titles = path.use();
      if (text.length() <= size.max()) {
        open.add(text, titles, Place.of(block.span()));
        return;
      }
      for (BlockSplitter.Piece piece : splitter.split(block)) {
        open.add(piece.text(), titles, Place.of(piece.span()));
      }
    }
  }
}
