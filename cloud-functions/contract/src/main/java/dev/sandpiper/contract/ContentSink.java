package dev.sandpiper.contract;

import java.io.IOException;

/// Receives a document's content piece by piece. Pieces come in this order: all Markdown, all
/// blocks, all chunks; or all pages.
public interface ContentSink {

  /// The kinds of pieces a document's content has.
  enum Section {
    MARKDOWN,
    BLOCKS,
    CHUNKS,
    PAGES
  }

  /// Whether this sink looks at a section. One it does not want is skipped without ever being in
  /// memory: a single block can be larger than the reader's whole heap.
  default boolean wants(Section section) {
    return true;
  }

  /// A piece of the Markdown; the pieces' concatenation is the document. Pieces end at block
  /// borders.
  void markdown(String piece) throws IOException;

  /// One top-level block as a JSON object.
  void block(String json) throws IOException;

  /// One chunk.
  void chunk(Chunk chunk) throws IOException;

  /// One page part as a JSON value, opaque to all but the function.
  void page(String json) throws IOException;

  /// Throws everything away: for callers that want the reply's envelope only.
  ContentSink IGNORE =
      new ContentSink() {
        @Override
        public boolean wants(Section section) {
          return false;
        }

        @Override
        public void markdown(String piece) {}

        @Override
        public void block(String json) {}

        @Override
        public void chunk(Chunk chunk) {}

        @Override
        public void page(String json) {}
      };
}
