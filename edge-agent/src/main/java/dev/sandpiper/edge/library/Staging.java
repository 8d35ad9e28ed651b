package dev.sandpiper.edge.library;

import dev.sandpiper.contract.Chunk;
import dev.sandpiper.contract.ContentSink;
import java.util.ArrayList;
import java.util.List;

/// Reads the chunks of a result and hands them on in slices, so that a long document neither fills
/// the memory nor keeps everyone else from writing.
final class Staging implements ContentSink {

  /// Takes a full slice.
  interface Shelf {
    /// @param first number of the first of them
    /// @return false when no more are wanted
    boolean put(List<Chunk> chunks, int first);
  }

  /// Some milliseconds of the writer thread; a document of fewer chunks is one transaction.
  static final int SLICE = 200;

  private final Shelf shelf;
  private final List<Chunk> slice = new ArrayList<>();
  private int staged;
  private boolean wanted = true;

  Staging(Shelf shelf) {
    this.shelf = shelf;
  }

  int staged() {
    return staged;
  }

  /// What has been read and not handed on.
  List<Chunk> rest() {
    return slice;
  }

  /// Whether every slice was taken.
  boolean wanted() {
    return wanted;
  }

  @Override
  public boolean wants(Section section) {
    return section == Section.CHUNKS;
  }

  @Override
  public void chunk(Chunk chunk) {
    if (!wanted || staged + slice.size() >= ChunkIndex.MOST_CHUNKS) {
      return;
    }
    if (slice.size() == SLICE) {
      wanted = shelf.put(List.copyOf(slice), staged);
      staged += slice.size();
      slice.clear();
    }
    slice.add(chunk);
  }

  @Override
  public void markdown(String piece) {}

  @Override
  public void block(String json) {}

  @Override
  public void page(String json) {}
}
