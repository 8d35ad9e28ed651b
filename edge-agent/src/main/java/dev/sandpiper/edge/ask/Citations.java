package dev.sandpiper.edge.ask;

import dev.sandpiper.edge.library.Passage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Checks the citations of an answer. A number that no passage has is taken out, and so is one
/// whose passage shares no telling word with what it stands behind. The sentences stay. What is
/// left is numbered anew, in the order of the answer, one number for a page.
final class Citations {
  private static final String ONE =
      "[\\[【]\\^?(\\d{1,3}(?:\\s*[,;]\\s*\\d{1,3})*)(?:†[\\w-]*)?[\\]】]";
  private static final Pattern SIGN = Pattern.compile(ONE);
  private static final Pattern CITATION = Pattern.compile("[ \\u00a0]?(?:" + ONE + ")+");
  private static final Pattern BOUNDARY = Pattern.compile("[.!?:;]\\s|\\n|\\|");
  private static final Pattern CLOSING = Pattern.compile("[\\s.!?:;,*_)\"”]+$");
  private static final int FEW_WORDS = 2;

  private final Sources sources;
  private final List<Lexicon> lexicons;
  private final Map<String, Integer> numbers = new LinkedHashMap<>();
  private final List<Passage> cited = new ArrayList<>();

  private Citations(Sources sources, List<Lexicon> lexicons) {
    this.sources = sources;
    this.lexicons = lexicons;
  }

  /// An answer whose citations hold.
  ///
  /// @param cited what number 1, 2, … is
  record Checked(String text, List<Passage> cited) {
    Checked {
      cited = List.copyOf(cited);
    }
  }

  static Checked check(String answer, Sources sources, List<Lexicon> lexicons) {
    Citations citations = new Citations(sources, lexicons);
    String text = citations.rewrite(answer);
    return new Checked(text, citations.cited);
  }

  private String rewrite(String answer) {
    Matcher matcher = CITATION.matcher(answer);
    StringBuilder out = new StringBuilder();
    while (matcher.find()) {
      Claim claim = claim(answer.substring(0, matcher.start()));
      StringBuilder kept = new StringBuilder();
      SIGN.matcher(matcher.group())
          .results()
          .flatMap(sign -> Arrays.stream(sign.group(1).split("\\s*[,;]\\s*", -1)))
          .map(Integer::parseInt)
          .flatMap(number -> sources.find(number).stream())
          .filter(passage -> supports(passage, claim))
          .forEach(passage -> cite(passage, kept));
      String space = kept.isEmpty() || !startsWithSpace(matcher.group()) ? "" : " ";
      matcher.appendReplacement(out, Matcher.quoteReplacement(space + kept));
    }
    return matcher.appendTail(out).toString();
  }

  private static boolean startsWithSpace(String text) {
    return text.charAt(0) == ' ' || text.charAt(0) == '\u00a0';
  }

  private void cite(Passage passage, StringBuilder kept) {
    String place =
        passage.document().sha256()
            + " "
            + (passage.pages() == null ? passage.place() : passage.pages().first());
    int number =
        numbers.computeIfAbsent(
            place,
            _ -> {
              cited.add(passage);
              return cited.size();
            });
    String sign = "[" + number + "]";
    if (kept.indexOf(sign) < 0) {
      kept.append(sign);
    }
  }

  /// What a citation stands behind.
  private record Claim(String text, Set<String> words) {}

  private Claim claim(String before) {
    String text = CLOSING.matcher(CITATION.matcher(before).replaceAll("")).replaceFirst("");
    int start = boundary(text, text.length());
    Set<String> words = Tokens.telling(text.substring(start), lexicons);
    if (words.size() < FEW_WORDS && start > 1) {
      start = boundary(text, start - 1);
      words = Tokens.telling(text.substring(start), lexicons);
    }
    return new Claim(text.substring(start), words);
  }

  private static int boundary(String text, int end) {
    Matcher matcher = BOUNDARY.matcher(text).region(0, end);
    int start = 0;
    while (matcher.find()) {
      start = matcher.end() < end ? matcher.end() : start;
    }
    return start;
  }

  private boolean supports(Passage passage, Claim claim) {
    Set<String> words = Tokens.telling(Sources.content(passage), lexicons);
    return claim.words().isEmpty()
        || claim.words().stream().anyMatch(words::contains)
        || otherLanguage(passage.text(), claim.text());
  }

  /// Words of two languages are not the same words; nothing can be said of such a claim.
  private boolean otherLanguage(String passage, String claim) {
    String ofPassage = language(Tokens.of(passage));
    String ofClaim = language(Tokens.of(claim));
    return !ofPassage.isEmpty() && !ofClaim.isEmpty() && !ofPassage.equals(ofClaim);
  }

  private String language(List<String> words) {
    String best = "";
    long most = 1;
    for (Lexicon lexicon : lexicons) {
      long count = words.stream().filter(lexicon::isStop).count();
      if (count > most) {
        most = count;
        best = lexicon.language();
      }
    }
    return best;
  }
}
