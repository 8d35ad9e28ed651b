package dev.sandpiper.edge.library;

import dev.sandpiper.edge.library.SearchQuery.Term;
import dev.sandpiper.edge.library.Snippet.Mark;
import dev.sandpiper.edge.library.Words.Word;
import java.util.ArrayList;
import java.util.List;

/// Cuts the most telling piece out of a chunk.
final class Snippets {
  private static final int LENGTH = 240;
  private static final int LEAD = 40;
  private static final int MAX_TEXT = 64 * 1024;

  private Snippets() {}

  static Snippet of(String chunk, List<Term> terms) {
    String markdown = chunk.length() > MAX_TEXT ? chunk.substring(0, MAX_TEXT) : chunk;
    List<Term> wanted =
        terms.stream()
            .filter(term -> !term.excluded())
            .flatMap(term -> term.forms().stream())
            .map(Snippets::folded)
            .toList();
    String text = PlainText.of(markdown);
    if (found(Words.of(text), wanted).isEmpty() && !found(Words.of(markdown), wanted).isEmpty()) {
      // It is in what a reader does not see, the address of a link for instance.
      text = markdown;
    }
    List<Word> words = Words.of(text);
    List<Mark> found = found(words, wanted);
    int start = found.isEmpty() ? 0 : wordStart(words, bestStart(found) - LEAD);
    int end = wordEnd(words, Math.min(text.length(), start + LENGTH), text.length());
    return oneLine(text, start, end, found);
  }

  private static Term folded(Term term) {
    return new Term(
        term.words().stream().map(Words::fold).toList(), term.prefix(), term.excluded());
  }

  /// Where terms occur, in order, overlaps left out.
  private static List<Mark> found(List<Word> words, List<Term> terms) {
    List<Mark> found = new ArrayList<>();
    for (int i = 0; i < words.size(); ) {
      int length = longest(words, i, terms);
      if (length > 0) {
        found.add(new Mark(words.get(i).start(), words.get(i + length - 1).end()));
      }
      i += Math.max(1, length);
    }
    return found;
  }

  private static int longest(List<Word> words, int at, List<Term> terms) {
    int longest = 0;
    for (Term term : terms) {
      if (term.words().size() > longest && matches(words, at, term)) {
        longest = term.words().size();
      }
    }
    return longest;
  }

  private static boolean matches(List<Word> words, int at, Term term) {
    int size = term.words().size();
    if (at + size > words.size()) {
      return false;
    }
    for (int i = 0; i < size; i++) {
      String word = words.get(at + i).folded();
      String wanted = term.words().get(i);
      boolean open = term.prefix() && i == size - 1;
      if (open ? !word.startsWith(wanted) : !word.equals(wanted)) {
        return false;
      }
    }
    return true;
  }

  /// The mark from which on most marks fit into a snippet.
  private static int bestStart(List<Mark> found) {
    int best = 0;
    int most = 0;
    int last = 0;
    for (int first = 0; first < found.size(); first++) {
      int limit = found.get(first).start() + LENGTH - LEAD;
      while (last < found.size() && found.get(last).end() <= limit) {
        last++;
      }
      if (last - first > most) {
        most = last - first;
        best = first;
      }
    }
    return found.get(best).start();
  }

  private static int wordStart(List<Word> words, int at) {
    if (at <= 0) {
      return 0;
    }
    for (Word word : words) {
      if (word.start() >= at) {
        return word.start();
      }
    }
    return at;
  }

  private static int wordEnd(List<Word> words, int at, int length) {
    if (at >= length) {
      return length;
    }
    for (Word word : words) {
      if (word.end() > at) {
        return word.start() < at ? word.start() : at;
      }
    }
    return at;
  }

  /// The piece with each run of white space as one space, its marks moved along.
  private static Snippet oneLine(String text, int start, int end, List<Mark> found) {
    StringBuilder line = new StringBuilder(start > 0 ? "… " : "");
    List<Mark> marks = new ArrayList<>();
    int at = start;
    for (Mark mark : found) {
      if (mark.start() >= at && mark.end() <= end) {
        append(line, text, at, mark.start());
        int from = line.length();
        append(line, text, mark.start(), mark.end());
        marks.add(new Mark(from, line.length()));
        at = mark.end();
      }
    }
    append(line, text, at, end);
    return new Snippet((end < text.length() ? line + " …" : line.toString()), marks);
  }

  private static void append(StringBuilder line, String text, int from, int to) {
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      boolean space = Character.isWhitespace(c) || Character.isISOControl(c);
      if (!space) {
        line.append(c);
      } else if (!line.isEmpty() && line.charAt(line.length() - 1) != ' ') {
        line.append(' ');
      }
    }
  }
}
