package dev.sandpiper.parser.format.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sandpiper.parser.detect.Format;
import dev.sandpiper.parser.format.Parsing;
import dev.sandpiper.parser.task.ParseFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class HostileHtmlTest {

  @TempDir Path folder;
  private Parsing parsing;

  @BeforeEach
  void open() {
    parsing = new Parsing(folder, Format.HTML, List.of(new HtmlParser()));
  }

  @Test
  void hundredThousandNestedElementsKeepTheirText() throws IOException {
    assertThat(Parsing.outline(parsing.blocks("<div>".repeat(100_000) + "deep")))
        .containsExactly("p deep");
  }

  @Test
  void thousandNestedQuotesAreFlattened() throws IOException {
    assertThat(Parsing.outline(parsing.blocks("<blockquote>".repeat(1_000) + "deep")).toString())
        .contains("p deep");
  }

  @Test
  void hugeAttributeIsNotALink() throws IOException {
    assertThat(
            Parsing.outline(parsing.blocks("<p><a href='" + "x".repeat(4_000_000) + "'>here</a>")))
        .containsExactly("p here");
  }

  @Test
  void manyLinksTakeLinearTime() throws IOException {
    assertThat(parsing.blocks("<p><a href=a>b</a>".repeat(100_000))).hasSize(100_000);
  }

  @Test
  void entityFloodStaysText() throws IOException {
    assertThat(parsing.blocks("<p>" + "&amp;&lt;".repeat(300_000))).hasSize(1);
  }

  @Test
  void spansThatCoverMillionsOfCellsAreOverTheLimit() {
    String row = "<tr><td rowspan=9999999 colspan=9999999>a<td>b";
    assertThatExceptionOfType(ParseFailure.class)
        .isThrownBy(() -> parsing.blocks("<table>" + row.repeat(3_000)))
        .satisfies(e -> assertThat(e.code()).isEqualTo(ParseFailure.Code.OVER_LIMIT));
  }
}
