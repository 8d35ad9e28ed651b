package dev.sandpiper.edge.channel.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class SplitterTest {

  private static int length(String markdown) {
    String words = Flow.words(Markdown.parse(markdown));
    return words.codePointCount(0, words.length());
  }

  private static List<String> split(String markdown, int limit) {
    return new Splitter(limit, SplitterTest::length).split(markdown);
  }

  @Test
  void whatFitsIsLeftAlone() {
    assertThat(split("**a**\n\n- b", 100)).containsExactly("**a**\n\n- b");
    assertThat(split(" \n\n", 100)).isEmpty();
  }

  @Test
  void paragraphsStayWholeAndHeadingsStayWithWhatFollows() {
    assertThat(split("first paragraph\n\n# Head\n\nsecond paragraph", 30))
        .containsExactly("first paragraph", "# Head\n\nsecond paragraph");
  }

  @Test
  void sentencesThenWordsThenLetters() {
    assertThat(split("One two three. Four five six seven", 20))
        .containsExactly("One two three.", "Four five six seven");
    assertThat(split("One two three four five", 20)).containsExactly("One two three four", "five");
    assertThat(split("abcdefghij", 4)).containsExactly("abcd", "efgh", "ij");
  }

  @Test
  void styleGoesOnBehindTheCut() {
    assertThat(split("**one two *three four* five**", 9))
        .containsExactly("**one two**", "***three***", "***four* five**");
  }

  @Test
  void fenceIsClosedAndOpenedAgain() {
    assertThat(split("```java\nint a;\nint b;\nint c;\n```", 14))
        .containsExactly("```java\nint a;\nint b;\n```", "```java\nint c;\n```");
  }

  @Test
  void linksAreNotCut() {
    assertThat(split("see the [long name](https://example.org) now", 12))
        .containsExactly("see the", "[long name](https://example.org)", "now");
  }

  @Test
  void listsGoOnWithTheirNumbers() {
    assertThat(split("1. one\n2. two\n3. three", 14)).containsExactly("1. one\n2. two", "3. three");
  }

  @Test
  void whatStartsAPieceIsNotTakenForAMark() {
    assertThat(split("first words\n14. not a list", 11))
        .containsExactly("first words", "14. not a", "list");
    assertThat(split("aaaa bbbb - cccc dddd", 10)).containsExactly("aaaa bbbb", "\\- cccc", "dddd");
  }

  @Test
  void referencesFollow() {
    assertThat(split("aaaa bbbb\n\n[text][x] cc\n\n[x]: https://example.org", 10))
        .containsExactly("aaaa bbbb", "[x]: https://example.org\n\n[text][x] cc");
  }

  @Test
  void oneLetterWithThousandsOfAccentsIsCutAllTheSame() {
    List<String> pieces = split("a" + "\u0301".repeat(10_000), 4_096);
    assertThat(String.join("", pieces)).hasSize(10_001);
  }

  @Test
  void depthIsNoStackOverflow() {
    for (String open : List.of("*a _b ", "> ", "- ", "[", "![", "**a __b ", "||a ~~b ", "<")) {
      String close = new StringBuilder(open.strip()).reverse().toString();
      String deep = open.repeat(20_000) + "x" + (" " + close).repeat(20_000);
      List<String> pieces = split(deep.substring(0, Math.min(deep.length(), 60_000)), 4_096);
      assertThat(pieces).isNotEmpty();
    }
  }

  @Test
  void everythingFitsAndNothingIsLost() {
    for (long seed = 0; seed < 120; seed++) {
      check(seed, MessageSoup.message(seed), seed % 3 == 0 ? 200 : 4_096);
    }
  }

  private static void check(long seed, String message, int limit) {
    List<String> pieces = split(message, limit);
    String whole = Flow.words(Markdown.parse(message));
    StringBuilder words = new StringBuilder();
    for (String piece : pieces) {
      assertThat(length(piece)).as("seed %d", seed).isBetween(1, limit);
      words.append(Flow.words(Markdown.parse(piece)));
    }
    String actual = Source.bare(words.toString());
    String expected = Source.bare(whole);
    int same = Math.max(0, Arrays.mismatch(actual.toCharArray(), expected.toCharArray()) - 20);
    assertThat(actual.substring(same, Math.min(actual.length(), same + 80)))
        .as("seed %d at %d", seed, same)
        .isEqualTo(expected.substring(same, Math.min(expected.length(), same + 80)));
    assertThat(actual).hasSameSizeAs(expected);
    wholeCharacters(seed, whole, pieces);
  }

  private static void wholeCharacters(long seed, String whole, List<String> pieces) {
    BitSet boundaries = Graphemes.boundaries(whole);
    int visible = 0;
    for (String piece : pieces) {
      assertThat(boundaries.get(place(whole, visible)))
          .as("seed %d: characters are whole before %s", seed, piece)
          .isTrue();
      visible += Source.bare(Flow.words(Markdown.parse(piece))).length();
    }
  }

  /// Where the visible character of that number stands, or a white space before it that belongs to
  /// it.
  private static int place(String words, int visible) {
    int seen = 0;
    int index = 0;
    while (index < words.length()
        && (seen < visible || Character.isWhitespace(words.charAt(index)))) {
      seen += Character.isWhitespace(words.charAt(index)) ? 0 : 1;
      index++;
    }
    BitSet boundaries = Graphemes.boundaries(words);
    return index > 0 && Character.isWhitespace(words.charAt(index - 1)) && !boundaries.get(index)
        ? index - 1
        : index;
  }
}
