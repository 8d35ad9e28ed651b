package dev.sandpiper.edge.proof;

import dev.sandpiper.edge.fake.model.Asked;
import dev.sandpiper.edge.fake.model.ModelFake;
import dev.sandpiper.edge.fake.model.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A model without thoughts of its own: it answers with the sentence, among the passages it is
/// shown, that has most words of the question, and summarises by sentences with figures.
final class ReadingModel implements ModelFake.Script {
  private static final Pattern PASSAGE =
      Pattern.compile("<<<\\w+ passage (\\d+)>>>\n(.*?)\n<<<\\w+ end>>>", Pattern.DOTALL);
  private static final Pattern NOTES =
      Pattern.compile("<<<\\w+ notes>>>\n(.*?)\n<<<\\w+ end>>>", Pattern.DOTALL);
  private static final Pattern END = Pattern.compile("<<<\\w+ end>>>\n");
  private static final Pattern SENTENCE = Pattern.compile("(?<=[.!?])\\s+");
  private static final Pattern FIGURE = Pattern.compile("\\d");
  private static final int STEM = 5;
  private static final int SHORTEST = 4;
  private static final int LINES = 4;

  private record Sentence(String text, String passage) {
    String cited() {
      return text + " [" + passage + "]";
    }
  }

  @Override
  public Optional<Reply> find(Asked asked) {
    String text = asked.question();
    if (asked.system().startsWith("You take notes") || asked.system().startsWith("You summarise")) {
      return Optional.of(Reply.says(String.join("\n- ", told(text))));
    }
    if (!PASSAGE.matcher(text).find()) {
      return Optional.of(Reply.says("Hello! Send me a document, or ask me about one."));
    }
    Sentence best = null;
    double most = 1.4;
    for (Sentence sentence : sentences(text)) {
      double score = score(sentence.text(), asked);
      if (score > most) {
        best = sentence;
        most = score;
      }
    }
    return Optional.of(Reply.says(best == null ? "NOT_FOUND" : best.cited()));
  }

  /// The first lines of notes, or of each passage the first sentence with a figure.
  private static List<String> told(String text) {
    List<String> notes =
        NOTES.matcher(text).results().flatMap(match -> match.group(1).lines()).toList();
    Stream<String> lines =
        notes.isEmpty()
            ? sentences(text).stream()
                .filter(sentence -> FIGURE.matcher(sentence.text()).find())
                .map(Sentence::cited)
            : notes.stream().map(line -> line.replaceFirst("^- ", ""));
    return lines.limit(notes.isEmpty() ? LINES : LINES + 1).toList();
  }

  private static List<Sentence> sentences(String text) {
    List<Sentence> sentences = new ArrayList<>();
    for (MatchResult passage : PASSAGE.matcher(text).results().toList()) {
      String body =
          passage.group(2).replaceFirst("(?s)^.*?\n\n", "").replaceAll("!\\[.*?\\]\\(.*?\\)", "");
      for (String sentence : SENTENCE.split(body.replaceAll("(?m)^#+ .*$", ""), -1)) {
        sentences.add(new Sentence(sentence.strip().replaceAll("\\s+", " "), passage.group(1)));
      }
    }
    return sentences;
  }

  /// A word of the question counts one, one of the question before a half.
  private static double score(String sentence, Asked asked) {
    List<String> stems = stems(sentence);
    List<String> before =
        asked.messages().stream()
            .filter(said -> said.role().equals("user"))
            .map(said -> END.split(said.text(), -1))
            .map(parts -> parts[parts.length - 1])
            .toList();
    double score = 0;
    for (int turn = Math.max(0, before.size() - 2); turn < before.size(); turn++) {
      double weight = turn == before.size() - 1 ? 1 : 0.5;
      score += weight * stems(before.get(turn)).stream().distinct().filter(stems::contains).count();
    }
    return score;
  }

  private static List<String> stems(String text) {
    return Stream.of(text.toLowerCase(Locale.ROOT).split("[^\\p{L}]+", -1))
        .filter(word -> word.length() >= SHORTEST)
        .map(word -> word.substring(0, Math.min(STEM, word.length())))
        .toList();
  }
}
