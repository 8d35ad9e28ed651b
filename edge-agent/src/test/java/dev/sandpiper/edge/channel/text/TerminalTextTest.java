package dev.sandpiper.edge.channel.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class TerminalTextTest {
  private static final String ALL =
      """
      # Warranty

      The **boiler** is *new*, `E24` is ~~old~~; see [the page](https://a.example/x).

      - one
      - two
        - three

      > a saying
      > of two lines

      ```sh
      sandpiper pair
      ```

      | a | b |
      |---|---|
      | 1 | 2 |

      1 · invoice\\.pdf, page 3\
      """;

  @Test
  void wordsAloneHaveNoSignsOfMarkdown() {
    assertThat(TerminalText.of(ALL, false))
        .startsWith(
            """
            Warranty

            The boiler is new, E24 is old; see the page (https://a.example/x).

            • one
            • two
              • three

            │ a saying
            │ of two lines

            sandpiper pair

            """)
        .endsWith("\n\n1 · invoice.pdf, page 3")
        .doesNotContain("**", "`", "~~", "](", "\u001b");
  }

  @Test
  void aTerminalShowsThemAsTheyAreMeant() {
    assertThat(TerminalText.of(ALL, true))
        .startsWith(
            "\u001b[1mWarranty\u001b[0m\n\nThe \u001b[1mboiler\u001b[0m is \u001b[3mnew\u001b[0m,"
                + " \u001b[36mE24\u001b[0m is \u001b[9mold\u001b[0m; see the page"
                + " (https://a.example/x).")
        .contains("\u001b[36msandpiper pair\u001b[0m");
  }

  /// What is on the screen already is never taken back, whatever comes: each beginning of a text is
  /// shown as far as it is settled.
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatIsSettledStaysAsItIs(boolean styled) {
    String whole = TerminalText.of(ALL, styled);
    String shown = "";
    int steps = 0;
    for (int length = 1; length <= ALL.length(); length++) {
      String now = TerminalText.of(TerminalText.settled(ALL.substring(0, length)), styled);
      assertThat(whole).as(ALL.substring(0, length)).startsWith(now);
      steps += now.length() > shown.length() ? 1 : 0;
      shown = now;
    }
    assertThat(steps).as("it is shown bit by bit").isGreaterThan(40);
  }

  @Test
  void anAddressIsNotSaidTwice() {
    assertThat(TerminalText.of("<https://a.example> [https://b.example](https://b.example)", true))
        .isEqualTo("https://a.example https://b.example");
  }
}
