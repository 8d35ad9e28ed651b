package dev.sandpiper.parser.format.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.parser.ParseOptions;
import dev.sandpiper.parser.StandardParser;
import dev.sandpiper.parser.render.markdown.MarkdownRenderer;
import dev.sandpiper.parser.task.ByteSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextFormatsTest {

  @TempDir Path folder;

  private String markdown(String text, String name) throws IOException {
    Path file = Files.writeString(folder.resolve("file"), text);
    ByteSource source = new ByteSource(file, name);
    return new MarkdownRenderer()
        .render(
            StandardParser.create(null).parse(source, ParseOptions.in(folder)).document().blocks());
  }

  @Test
  void emptyLinesSeparateParagraphsOfPlainText() throws IOException {
    assertThat(markdown("one\ntwo\n\n\nthree\r\n", "a.txt")).isEqualTo("one  \ntwo\n\nthree");
  }

  @Test
  void quotedFieldsHoldDelimitersQuotesAndLineBreaks() throws IOException {
    assertThat(markdown("name;note\nA;\"x; \"\"y\"\"\nz\"\nB;2\n", "a.csv"))
        .isEqualTo("| name | note |\n| --- | --- |\n| A | x; \"y\"<br>z |\n| B | 2 |");
  }

  @Test
  void arraysOfFlatObjectsAreTables() throws IOException {
    assertThat(markdown("[{\"a\":1,\"b\":\"x\"},{\"a\":2,\"c\":null}]", "a.json"))
        .isEqualTo("| a | b | c |\n| --- | --- | --- |\n| 1 | x |  |\n| 2 |  |  |");
  }

  @Test
  void otherJsonIsCode() throws IOException {
    assertThat(markdown("{\"a\":{\"b\":[1]}}", "a.json"))
        .startsWith("```json\n{\n")
        .contains("\"b\" : [ 1 ]");
  }

  @Test
  void markdownComesBackAsItWas() throws IOException {
    String text =
        "# Title\n\nSome **bold** [link](https://example.org) text.\n\n- [x] done\n- open\n\n| a | b |\n| --- | --- |\n| 1 | 2 |";
    assertThat(markdown(text, "a.md")).isEqualTo(text);
  }

  @Test
  void elementsOfXmlAreParagraphs() throws IOException {
    assertThat(markdown("<?xml version='1.0'?><r><a>one</a><b>two</b></r>", "a.xml"))
        .isEqualTo("one\n\ntwo");
  }
}
