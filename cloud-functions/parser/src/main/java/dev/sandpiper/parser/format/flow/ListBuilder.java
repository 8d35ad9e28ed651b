package dev.sandpiper.parser.format.flow;

import dev.sandpiper.parser.document.Block;
import dev.sandpiper.parser.document.SourceSpan;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// Makes nested lists of paragraphs that carry a level, as word processors store them, and passes
/// other blocks through in order.
public final class ListBuilder {

  private static final int DEEPEST_LEVEL = 8;

  /// What kind of list an item belongs to.
  ///
  /// @param level 0 is the outermost; clamped to 8
  /// @param ordered whether items are numbered
  /// @param number the item's own number, in an ordered list
  /// @param key items of different keys are never in one list
  public record Place(int level, boolean ordered, int number, String key) {
    public Place {
      level = Math.clamp(level, 0, DEEPEST_LEVEL);
      number = Math.max(0, number);
    }
  }

  private static final class Open {
    private final Place place;
    private final List<List<Block>> items = new ArrayList<>();

    private Open(Place place) {
      this.place = place;
    }

    private boolean continuesWith(Place next) {
      return place.level() == next.level()
          && place.ordered() == next.ordered()
          && place.key().equals(next.key());
    }
  }

  private final SourceSpan span;
  private final List<Block> blocks = new ArrayList<>();
  private final Deque<Open> open = new ArrayDeque<>();

  /// @param span given to every list
  public ListBuilder(SourceSpan span) {
    this.span = span;
  }

  /// Adds an item.
  public void item(Place place, List<Block> content) {
    while (!open.isEmpty() && open.peek().place.level() > place.level()) {
      closeInnermost();
    }
    if (!open.isEmpty()
        && open.peek().place.level() == place.level()
        && !open.peek().continuesWith(place)) {
      closeInnermost();
    }
    if (open.isEmpty() || open.peek().place.level() < place.level()) {
      open.push(new Open(place));
    }
    open.element().items.add(new ArrayList<>(content));
  }

  /// Adds a block to the innermost open item.
  ///
  /// @return `false`, and nothing is added, when no list is open
  public boolean continueItem(Block block) {
    Open list = open.peek();
    if (list == null) {
      return false;
    }
    list.items.getLast().add(block);
    return true;
  }

  /// Adds a block that is not part of a list; open lists end.
  public void block(Block block) {
    closeAll();
    blocks.add(block);
  }

  /// Everything added so far, lists closed.
  public List<Block> build() {
    closeAll();
    return blocks;
  }

  private void closeAll() {
    while (!open.isEmpty()) {
      closeInnermost();
    }
  }

  private void closeInnermost() {
    Open list = open.pop();
    Block block =
        new Block.ListBlock(
            list.place.ordered(),
            list.place.ordered() ? list.place.number() : 1,
            list.items.stream().map(content -> new Block.Item(content, null)).toList(),
            span);
    Open outer = open.peek();
    if (outer == null) {
      blocks.add(block);
    } else {
      outer.items.getLast().add(block);
    }
  }
}
