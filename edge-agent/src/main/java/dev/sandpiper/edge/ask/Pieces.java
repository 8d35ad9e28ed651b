package dev.sandpiper.edge.ask;

import dev.sandpiper.edge.config.AskConfig;
import dev.sandpiper.edge.library.Passage;
import java.util.ArrayList;
import java.util.List;

/// Cuts a document into parts that a model reads one by one, as many as the bounds of a summary
/// allow. When not all are, the beginning and the end are read: what a document is stands at its
/// beginning, what it demands often at its end.
record Pieces(List<List<Passage>> groups) {

  Pieces {
    groups = List.copyOf(groups);
  }

  static Pieces of(List<Passage> all, int tokens, AskConfig.Bounds bounds) {
    List<List<Passage>> groups = grouped(all, Math.min(tokens, bounds.tokens()));
    if (groups.size() == 1) {
      return new Pieces(groups);
    }
    int byTokens = Math.max(1, bounds.tokens() / Math.max(1, tokens));
    int most = Math.max(1, Math.min(bounds.calls() - 1, byTokens));
    if (groups.size() <= most) {
      return new Pieces(groups);
    }
    List<List<Passage>> read = new ArrayList<>(groups.subList(0, Math.max(1, most - 1)));
    if (most > 1) {
      read.add(groups.getLast());
    }
    return new Pieces(read);
  }

  private static List<List<Passage>> grouped(List<Passage> all, int tokens) {
    List<List<Passage>> groups = new ArrayList<>();
    List<Passage> group = new ArrayList<>();
    int used = 0;
    for (Passage passage : all) {
      int needs = Tokenizing.estimate(Sources.content(passage)) + 40;
      if (!group.isEmpty() && used + needs > tokens) {
        groups.add(List.copyOf(group));
        group.clear();
        used = 0;
      }
      group.add(passage);
      used += needs;
    }
    groups.add(List.copyOf(group));
    return groups;
  }
}
