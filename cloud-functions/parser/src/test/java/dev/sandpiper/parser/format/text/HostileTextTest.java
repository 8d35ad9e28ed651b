package dev.sandpiper.parser.format.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.parser.ParseOptions;
import dev.sandpiper.parser.ParsedDocument;
import dev.sandpiper.parser.StandardParser;
import dev.sandpiper.parser.document.Block;
import dev.sandpiper.parser.render.markdown.MarkdownRenderer;
import dev.sandpiper.parser.task.ByteSource;
import dev.sandpiper.parser.task.ParseWarning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The bounds of CSV and Markdown.
@Timeout(60)
class HostileTextTest {

  @TempDir Path folder;

  private ParsedDocument parse(String text, String name) throws IOException {
    Path file = Files.writeString(folder.resolve("input"), text);
    return StandardParser.create(null).parse(new ByteSource(file, name), ParseOptions.in(folder));
  }

  private static List<Block.Row> rows(ParsedDocument parsed) {
    return ((Block.Table) parsed.document().blocks().getFirst()).rows();
  }

  private static String text(ParsedDocument parsed) {
    return new MarkdownRenderer().render(parsed.document().blocks());
  }

  @Test
  void tableOfAsManyCellsAsFitIsWhole() throws IOException {
    ParsedDocument parsed = parse("1,2,3,4,5,6,7,8\n".repeat(50_000), "full.csv");
    assertThat(rows(parsed)).hasSize(50_000);
    assertThat(parsed.warnings()).isEmpty();
  }

  @Test
  void tableOfMoreCellsIsCutAtTheSameLineOnEveryMachine() throws IOException {
    ParsedDocument parsed = parse("1,2,3,4,5,6,7,8\n".repeat(50_001), "large.csv");
    assertThat(rows(parsed)).hasSize(50_000);
    assertThat(parsed.warnings())
        .containsExactly(
            new ParseWarning(
                "truncated",
                "Only the first 50,000 lines were read: a table may have 400,000 cells. Send it in"
                    + " parts.",
                null));
  }

  @Test
  void fieldsEndAfterAMillionCharacters() throws IOException {
    String field = "x".repeat((1 << 20) + 5);
    ParsedDocument parsed = parse("a,b\n" + field + ",1\n\"" + field + "\",2\n", "wide.csv");
    for (Block.Row row : rows(parsed).subList(1, 3)) {
      Block first = row.cells().getFirst().content().getFirst();
      assertThat(((Block.Paragraph) first).text().plain()).hasSize(1 << 20);
    }
    assertThat(parsed.warnings())
        .containsExactly(
            new ParseWarning(
                "field-cut",
                "Only the first 1,048,576 characters of a field are kept; is a closing quote"
                    + " missing?",
                "line 2"));
  }

  @Test
  void fieldsOfExactlyAMillionCharactersAreWhole() throws IOException {
    String field = "x".repeat(1 << 20);
    String text = "a,b\n" + field + ",1\n\"" + field + "\",2\n";
    assertThat(parse(text, "wide.csv").warnings()).isEmpty();
  }

  @Test
  void recordsEndAfterSixteenThousandFields() throws IOException {
    ParsedDocument parsed = parse("x,".repeat(20_000) + "\n1,2\n", "wide.csv");
    assertThat(rows(parsed).getFirst().cells()).hasSize(16_384);
    assertThat(parsed.warnings())
        .containsExactly(
            new ParseWarning(
                "fields-cut", "Only the first 16,384 fields of a line are kept.", "line 1"));
  }

  @Test
  void emphasisBeyondTwentyThousandRunsStaysText() throws IOException {
    ParsedDocument parsed = parse("*a* ".repeat(10_000) + "*b* *c*", "stars.md");
    assertThat(text(parsed)).contains("*a*").contains("\\*b\\* \\*c\\*");
    assertThat(parsed.warnings())
        .containsExactly(
            new ParseWarning(
                "emphasis-ignored",
                "A paragraph has more emphasis than is read; the rest of its asterisks stayed text.",
                null));
  }

  @Test
  void emphasisIsCountedAnewAfterAnEmptyLine() throws IOException {
    String paragraph = "*a* ".repeat(10_000) + "\n\n";
    assertThat(parse(paragraph.repeat(3), "stars.md").warnings()).isEmpty();
  }

  @Test
  void quotesAndListsNestedTooDeeplyAreText() throws IOException {
    for (String mark : List.of("> ", "- ")) {
      Block block = parse(mark.repeat(2_000) + "deep", "deep.md").document().blocks().getFirst();
      int depth = 0;
      while (!(block instanceof Block.Paragraph paragraph)) {
        depth++;
        block =
            block instanceof Block.Quote quote
                ? quote.content().getFirst()
                : ((Block.ListBlock) block).items().getFirst().content().getFirst();
      }
      assertThat(depth).isBetween(20, 50);
      assertThat(paragraph.text().plain()).endsWith("deep");
    }
  }
}
