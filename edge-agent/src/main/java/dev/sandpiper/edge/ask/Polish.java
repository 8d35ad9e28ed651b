package dev.sandpiper.edge.ask;

import java.util.List;

/// Makes of a model's words what a person may see: nothing to press, no mark of the fence, only
/// citations that hold.
final class Polish {
  private final Inert inert;
  private final Fence fence;
  private final Sources sources;
  private final List<Lexicon> lexicons;

  Polish(Inert inert, Fence fence, Sources sources, List<Lexicon> lexicons) {
    this.inert = inert;
    this.fence = fence;
    this.sources = sources;
    this.lexicons = lexicons;
  }

  Citations.Checked check(String text) {
    String plain =
        text.replaceAll("(?m)^<<<" + fence.word() + ".*$", "").replace(fence.word(), "").strip();
    return Citations.check(inert.of(plain), sources, lexicons);
  }
}
