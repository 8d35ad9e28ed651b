package dev.sandpiper.edge.ask;

import dev.sandpiper.edge.library.Passage;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Answers without a model: the sentences of the best passages that have most of the question.
final class Extract {
  /// A passage with less of the question answers something else.
  private static final double LEAST_COVERAGE = 0.34;

  private static final int MOST_PASSAGES = 3;
  private static final int LONGEST = 320;

  /// Passages this much worse than the best one are left out.
  private static final double WORSE = 0.6;

  private static final Pattern SENTENCE = Pattern.compile("(?<=[.!?])\\s+(?=\\p{Lu}|\\d)|\\n+");

  private final Question question;
  private final List<Lexicon> lexicons;

  Extract(Question question, List<Lexicon> lexicons) {
    this.question = question;
    this.lexicons = lexicons;
  }

  /// The passages that say something to the question, each something of its own: a document may
  /// have come alone and in an archive.
  List<Passage> fitting(List<Passage> passages) {
    double best = passages.stream().mapToDouble(Passage::coverage).max().orElse(0);
    Set<String> said = new LinkedHashSet<>();
    return passages.stream()
        .filter(passage -> passage.coverage() >= Math.max(LEAST_COVERAGE, best * WORSE))
        .filter(passage -> said.add(quotation(passage)))
        .limit(MOST_PASSAGES)
        .toList();
  }

  /// One line for each passage, with its number.
  String of(List<Passage> passages) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < passages.size(); i++) {
      lines.add("- “" + quotation(passages.get(i)) + "” [" + (i + 1) + "]");
    }
    return String.join("\n", lines);
  }

  private String quotation(Passage passage) {
    String[] sentences = SENTENCE.split(passage.plain(), -1);
    int best = 0;
    double most = -1;
    for (int i = 0; i < sentences.length; i++) {
      double score = score(sentences[i]);
      if (score > most) {
        most = score;
        best = i;
      }
    }
    StringBuilder text = new StringBuilder(sentences[best].strip());
    for (int i = best + 1; i < sentences.length; i++) {
      if (text.length() + sentences[i].length() > LONGEST) {
        break;
      }
      text.append(' ').append(sentences[i].strip());
    }
    return Phrases.quoted(text.toString(), LONGEST);
  }

  private double score(String sentence) {
    Set<String> words = Tokens.telling(sentence, lexicons);
    double score = question.words().stream().filter(words::contains).count();
    return score + (question.expects().stream().anyMatch(kind -> kind.isIn(sentence)) ? 0.5 : 0);
  }
}
