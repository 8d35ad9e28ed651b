package dev.sandpiper.edge.ask;

import dev.sandpiper.edge.library.Clue;
import dev.sandpiper.edge.library.DocumentFilter.Facets;
import dev.sandpiper.edge.library.Passage;
import dev.sandpiper.edge.library.PassageQuery;
import dev.sandpiper.edge.library.PassageQuery.Scope;
import dev.sandpiper.edge.library.Passages;
import dev.sandpiper.edge.library.Vectors;
import dev.sandpiper.edge.llm.EmbeddingModel;
import dev.sandpiper.edge.llm.ModelException;
import dev.sandpiper.edge.llm.Models;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Finds passages by their words, and by their meaning when there is a model for it; joins both
/// lists by rank, since their scores cannot be compared.
final class Retrieval {
  /// Dampens the first ranks, as usual for fused rankings.
  private static final double RANK_OFFSET = 60;

  /// Vectors less alike than this are about something else.
  private static final double LEAST_LIKENESS = 0.3;

  /// What it counts that a document is of the time the question speaks of.
  private static final double IN_TIME = 0.1;

  /// What it counts that a passage has a thing of the kind that is asked for.
  private static final double EXPECTED = 0.08;

  private static final int PER_DOCUMENT = 3;
  private static final int SHORTEST_COMPOUND = 9;

  private final Passages passages;
  private final Vectors vectors;
  private final Models models;

  Retrieval(Passages passages, Vectors vectors, Models models) {
    this.passages = passages;
    this.vectors = vectors;
    this.models = models;
  }

  /// What to look for.
  ///
  /// @param clues those of the question, and of what it leans on
  record Wanted(
      Question question, List<Clue> clues, Scope scope, Set<String> favoured, int limit) {}

  /// Passages, best first.
  List<Passage> find(Wanted wanted) throws InterruptedException {
    List<Passage> byWords =
        byWords(wanted).stream()
            .map(passage -> expected(passage, wanted.question()))
            .sorted(Comparator.comparingDouble(Passage::score).reversed())
            .limit(wanted.limit())
            .toList();
    List<Passage> byMeaning = byMeaning(wanted);
    return byMeaning.isEmpty() ? byWords : fused(byWords, byMeaning, wanted.limit());
  }

  private static Passage expected(Passage passage, Question question) {
    return question.expects().stream().anyMatch(kind -> kind.isIn(passage.text()))
        ? passage.scored(passage.score() + EXPECTED)
        : passage;
  }

  private List<Passage> byWords(Wanted wanted) {
    int more = wanted.limit() * 2;
    List<Clue> clues = new ArrayList<>(wanted.clues());
    clues.addAll(compoundParts(wanted.clues()));
    PassageQuery query =
        new PassageQuery(clues, wanted.scope(), wanted.favoured(), more, PER_DOCUMENT);
    List<Passage> anyTime = passages.search(query);
    if (wanted.question().hints().equals(Facets.ANY)
        || !wanted.scope().facets().equals(Facets.ANY)) {
      return anyTime;
    }
    Scope then = new Scope(wanted.question().hints(), wanted.scope().sentBy());
    Map<Long, Passage> joint = new LinkedHashMap<>();
    PassageQuery ofThen = new PassageQuery(clues, then, wanted.favoured(), more, PER_DOCUMENT);
    for (Passage passage : passages.search(ofThen)) {
      joint.put(passage.id(), passage.scored(passage.score() + IN_TIME));
    }
    anyTime.forEach(passage -> joint.putIfAbsent(passage.id(), passage));
    return joint.values().stream().toList();
  }

  /// German writes `Stromrechnung` for what a document calls `Rechnung für Strom`: a long word that
  /// no passage has is looked for in two parts, when both are words of the library.
  private List<Clue> compoundParts(List<Clue> clues) {
    List<Clue> parts = new ArrayList<>();
    for (Clue clue : clues) {
      List<String> words = clue.anyOf().getFirst().words();
      if (words.size() == 1 && words.getFirst().length() >= SHORTEST_COMPOUND) {
        passages
            .compound(words.getFirst())
            .forEach(part -> parts.add(Clues.open(part, clue.weight() / 2)));
      }
    }
    return parts;
  }

  private List<Passage> byMeaning(Wanted wanted) throws InterruptedException {
    Optional<EmbeddingModel> model = models.findEmbedding();
    if (model.isEmpty() || vectors.count(model.get().name()) == 0) {
      return List.of();
    }
    try {
      float[] question = model.get().embed(List.of(wanted.question().text())).vectors().getFirst();
      return vectors
          .nearest(model.get().name(), question, wanted.scope(), wanted.limit() * 2)
          .stream()
          .filter(passage -> passage.score() >= LEAST_LIKENESS)
          .toList();
    } catch (ModelException _) {
      // Meaning is an extra: its words find a passage without it.
      return List.of();
    }
  }

  private static List<Passage> fused(List<Passage> first, List<Passage> second, int limit) {
    Map<Long, Passage> all = new LinkedHashMap<>();
    Map<Long, Double> scores = new HashMap<>();
    for (List<Passage> list : List.of(first, second)) {
      for (int rank = 0; rank < list.size(); rank++) {
        Passage passage = list.get(rank);
        all.putIfAbsent(passage.id(), passage);
        scores.merge(passage.id(), 1 / (RANK_OFFSET + rank + 1), Double::sum);
      }
    }
    return all.values().stream()
        .map(passage -> passage.scored(scores.getOrDefault(passage.id(), 0.0)))
        .sorted(Comparator.comparingDouble(Passage::score).reversed())
        .limit(limit)
        .toList();
  }
}
