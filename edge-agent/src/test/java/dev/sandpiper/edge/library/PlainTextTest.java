package dev.sandpiper.edge.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlainTextTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      value = {
        "# Title → Title",
        "> quoted **bold** and *it* → quoted bold and it",
        "snake_case and _soft_ → snake_case and soft",
        "2 * 3 and 5\\*4 → 2 * 3 and 5*4",
        "see [the page](https://x.y/z) now → see the page now",
        "![a bird](b.png) flew → a bird flew",
        "array[1] (x) → array[1] (x)",
        "`code` and ~~gone~~ → code and gone",
        "H<sub>2</sub>O<br>next → H2O next",
        "List<String> &amp; 1 &lt; 2 → List<String> & 1 < 2",
        "<https://x.y> → https://x.y",
        "#tag → #tag"
      })
  void signsGoAndWordsStay(String markdown, String plain) {
    assertThat(PlainText.of(markdown)).isEqualTo(plain);
  }

  @Test
  void tablesBecomeWordsAndCodeStays() {
    assertThat(PlainText.of("| a | b |\n|---|:--|\n| 1 | 2 |").split("\\s+", -1))
        .contains("a", "b", "1", "2")
        .noneMatch(word -> word.contains("|") || word.contains("-"));
    assertThat(PlainText.of("```\na * b | c\n```")).contains("a * b | c");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "<", "](", "&", "*_~`", "\\", "[](", "<!", "|\n", "```\n"})
  @Timeout(value = 120, unit = TimeUnit.SECONDS)
  void repeatedSignsEndSoon(String sign) {
    assertThat(PlainText.of(sign.repeat(65_536 / sign.length()))).isNotNull();
  }
}
