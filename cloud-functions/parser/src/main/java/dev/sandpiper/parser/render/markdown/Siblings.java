package dev.sandpiper.parser.render.markdown;

import dev.sandpiper.parser.document.Block;
import org.jspecify.annotations.Nullable;

/// Keeps neighbouring lists apart: Markdown joins two lists of the same marker.
final class Siblings {

  private @Nullable Block last;
  private boolean alternate;

  /// Whether `block` is a list after a list of its kind and must use the other marker.
  boolean listAgain(Block block) {
    return block instanceof Block.ListBlock list
        && last instanceof Block.ListBlock before
        && before.ordered() == list.ordered()
        && !alternate;
  }

  /// Notes that `block` was written.
  void shown(Block block) {
    alternate = listAgain(block);
    last = block;
  }
}
