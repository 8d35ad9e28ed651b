package dev.sandpiper.edge.channel.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.edge.channel.text.MessageSoup;
import dev.sandpiper.edge.channel.text.Splitter;
import dev.sandpiper.edge.fake.telegram.Markup;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class TelegramTextTest {
  private static final int MESSAGES = Boolean.getBoolean("sandpiper.proof") ? 2_000 : 400;
  private static final int LIMIT = 4_096;

  private static List<String> split(String markdown) {
    return new Splitter(LIMIT, text -> TelegramHtml.of(text).length()).split(markdown);
  }

  private static String html(String markdown) {
    return TelegramHtml.of(markdown).html();
  }

  private static String visible(String text) {
    StringBuilder visible = new StringBuilder();
    text.chars().filter(c -> !Character.isWhitespace(c)).forEach(c -> visible.append((char) c));
    return visible.toString();
  }

  @Test
  void styles() {
    assertThat(html("**bold** *italic* ~~struck~~ ||secret|| `code <b>`"))
        .isEqualTo(
            "<b>bold</b> <i>italic</i> <s>struck</s> <tg-spoiler>secret</tg-spoiler>"
                + " <code>code &lt;b&gt;</code>");
    assertThat(html("# Head *line*\n\ntext & more"))
        .isEqualTo("<b>Head <i>line</i></b>\n\ntext &amp; more");
  }

  @Test
  void listsAreWords() {
    assertThat(html("- one\n  - two\n- three\n\n7. seven\n8. eight"))
        .isEqualTo("• one\n  • two\n• three\n\n7. seven\n8. eight");
  }

  @Test
  void codeHoldsNothingElse() {
    assertThat(html("**bold `code` bold**")).isEqualTo("<b>bold </b><code>code</code><b> bold</b>");
    assertThat(html("```java\nif (a < b) {}\n```"))
        .isEqualTo("<pre><code class=\"language-java\">if (a &lt; b) {}</code></pre>");
    assertThat(html("[`code`](https://example.org)"))
        .isEqualTo("<a href=\"https://example.org\">code</a>");
  }

  @Test
  void quotesDoNotNest() {
    assertThat(html("> one\n> > two")).isEqualTo("<blockquote>one\n\ntwo</blockquote>");
    assertThat(html("> one\n\n> two").split("</blockquote>", -1)).hasSizeBetween(2, 3);
  }

  @Test
  void tablesAreLinesOfOneWidth() {
    assertThat(html("| item | price |\n|---|---:|\n| tea | 2.50 |\n| 咖啡 | 13 |"))
        .isEqualTo("<pre>item │ price\n─────┼──────\ntea  │  2.50\n咖啡 │    13</pre>");
  }

  @Test
  void linksGoWhereTelegramFollows() {
    assertThat(html("[a](https://example.org/?x=1&y=\"2\")"))
        .isEqualTo("<a href=\"https://example.org/?x=1&amp;y=&quot;2&quot;\">a</a>");
    assertThat(html("![alt](https://example.org/i.png) ![](https://example.org/j.png)"))
        .isEqualTo(
            "<a href=\"https://example.org/i.png\">alt</a>"
                + " <a href=\"https://example.org/j.png\">https://example.org/j.png</a>");
    assertThat(html("[a](javascript:alert(1)) [b](page.html)")).isEqualTo("a b");
  }

  @Test
  void htmlIsShown() {
    assertThat(html("a <b>c</b>\n\n<div>\nx\n</div>"))
        .isEqualTo("a &lt;b&gt;c&lt;/b&gt;\n\n&lt;div&gt;\nx\n&lt;/div&gt;");
  }

  @Test
  void tenThousandCharactersOfCode() {
    String code =
        String.join(
            "\n", IntStream.range(0, 500).mapToObj("line %04d of the code;"::formatted).toList());
    List<String> pieces = split("Look:\n\n```java\n" + code + "\n```\n\nDone.");
    assertThat(pieces).hasSize(4).first().isEqualTo("Look:");
    assertThat(pieces.subList(1, 4))
        .allSatisfy(piece -> assertThat(TelegramHtml.of(piece).length()).isLessThanOrEqualTo(LIMIT))
        .allSatisfy(piece -> assertThat(piece).contains("```java\n", "\n```"));
    assertThat(
            visible(String.join("", pieces.stream().map(p -> TelegramHtml.of(p).words()).toList())))
        .isEqualTo(visible("Look:" + code + "Done."));
  }

  /// Messages from seeds: no parse error, nothing that the documentation forbids, every piece fits,
  /// and the pieces say what the whole says.
  @Test
  void torture() throws Exception {
    int pieces = 0;
    for (long seed = 0; seed < MESSAGES; seed++) {
      String message = MessageSoup.message(seed);
      StringBuilder said = new StringBuilder();
      for (String piece : split(message)) {
        Markup.Parsed parsed = Markup.parse(html(piece));
        assertThat(parsed.faults()).as("seed %d", seed).isEmpty();
        assertThat(parsed.length()).as("seed %d", seed).isBetween(1, LIMIT);
        assertThat(parsed.text()).as("seed %d", seed).isEqualTo(TelegramHtml.of(piece).words());
        said.append(parsed.text());
        pieces++;
      }
      String actual = visible(said.toString());
      String expected = visible(Markup.parse(html(message)).text());
      int same = Math.max(0, Arrays.mismatch(actual.toCharArray(), expected.toCharArray()) - 20);
      assertThat(actual.substring(same, Math.min(actual.length(), same + 80)))
          .as("seed %d at %d", seed, same)
          .isEqualTo(expected.substring(same, Math.min(expected.length(), same + 80)));
      assertThat(actual).hasSameSizeAs(expected);
    }
    assertThat(pieces).isGreaterThan(3 * MESSAGES / 2);
  }
}
