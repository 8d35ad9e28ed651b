package dev.sandpiper.parser.format.pdf.flow;

import dev.sandpiper.parser.document.Block;
import dev.sandpiper.parser.document.SourceSpan;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Collects chunks that begin with a marker into nested lists.
final class ListWriter {

  private static final float INDENT = 0.8f;
  private static final int DEEPEST = 6;

  /// A chunk with its marker and the items below it.
  private record Entry(Chunk chunk, ListMarker marker, int depth) {}

  private final List<Entry> entries = new ArrayList<>();
  private final List<Float> indents = new ArrayList<>();

  /// Takes the chunk when it is an item.
  boolean take(Chunk chunk) {
    ListMarker marker = ListMarker.of(chunk.first().text());
    if (marker == null || (marker.isNumber() && !follows(marker))) {
      return false;
    }
    entries.add(new Entry(chunk, marker, depth(chunk)));
    return true;
  }

  /// A number begins a list with 1, or goes on from the item before it.
  private boolean follows(ListMarker marker) {
    if (marker.number() == 1) {
      return true;
    }
    for (int i = entries.size() - 1; i >= 0; i--) {
      if (entries.get(i).marker().isNumber()) {
        return marker.number() == entries.get(i).marker().number() + 1;
      }
    }
    return false;
  }

  private int depth(Chunk chunk) {
    float left = chunk.first().box().left();
    float em = INDENT * chunk.size();
    boolean moved = !entries.isEmpty() && isElsewhere(entries.getLast().chunk(), chunk);
    if (moved) {
      indents.clear();
    }
    while (!indents.isEmpty() && indents.getLast() > left + em) {
      indents.removeLast();
    }
    if (indents.isEmpty() || (left > indents.getLast() + em && indents.size() < DEEPEST)) {
      indents.add(left);
    }
    return indents.size() - 1;
  }

  private static boolean isElsewhere(Chunk a, Chunk b) {
    return a.page() != b.page() || a.first().column() != b.first().column();
  }

  /// The lists collected since the last call.
  List<Block> finish() {
    List<Block> blocks = new ArrayList<>();
    int at = 0;
    while (at < entries.size()) {
      at = write(at, entries.get(at).depth(), blocks);
    }
    entries.clear();
    indents.clear();
    return blocks;
  }

  /// Writes the list that begins at an entry; returns the entry after it.
  private int write(int from, int depth, List<Block> blocks) {
    boolean ordered = entries.get(from).marker().isNumber();
    List<Block.Item> items = new ArrayList<>();
    @Nullable SourceSpan span = null;
    int at = from;
    while (at < entries.size() && entries.get(at).depth() >= depth) {
      Entry entry = entries.get(at);
      if (entry.marker().isNumber() != ordered && entry.depth() == depth) {
        break;
      }
      List<Block> content = new ArrayList<>();
      content.add(paragraph(entry));
      span = span == null ? entry.chunk().span() : span;
      at++;
      while (at < entries.size() && entries.get(at).depth() > depth) {
        at = write(at, entries.get(at).depth(), content);
      }
      items.add(new Block.Item(content, null));
    }
    blocks.add(
        new Block.ListBlock(
            ordered,
            ordered ? entries.get(from).marker().number() : 1,
            items,
            span == null ? SourceSpan.whole() : span));
    return at;
  }

  private static Block paragraph(Entry entry) {
    Chunk chunk = entry.chunk();
    return new Block.Paragraph(
        new TextBuilder(0).add(chunk.lines(), entry.marker().length()).build(), chunk.span());
  }
}
