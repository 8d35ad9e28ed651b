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
  void wrappedParagraphsArePutTogetherAgain() throws IOException {
    String text =
        """
        The old keeper showed me the lamp, the oil and the book, and then he left-
        handed me the key. Write down the birds, he said; ships can look after
        themselves.

        Up the shore and down again,
        small feet printing in the rain,
        who has counted, who can tell
        every wave and every shell?

        Heat pump in the cellar, service every spring, call Petersen first
        Garage
        Wallbox at the garage, eleven kilowatts, card is in the drawer below

        - the first thing to remember is that the water is shut off before noon
        - the second thing is that the key of the cellar is with the neighbours
        """;
    assertThat(markdown(text, "a.txt"))
        .startsWith(
            "The old keeper showed me the lamp, the oil and the book, and then he left-handed me"
                + " the key. Write down the birds, he said; ships can look after themselves.\n\nUp")
        .contains("again,  \nsmall")
        .contains("first  \nGarage  \nWallbox")
        .contains("noon  \n\\- the second");
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
  void elementsOfXmlKeepTheirNamesAndAttributes() throws IOException {
    String xml =
        """
        <?xml version='1.0'?>
        <r xmlns:x='urn:x' v='1'><a k='w'>one</a>
          <x:b><c>two
            lines</c><d/> tail</x:b></r>
        """;
    assertThat(markdown(xml, "a.xml"))
        .isEqualTo(
            """
            # r

            v: 1

            - a (k: w): one

            - x:b

              - c: two lines
              - d

              tail\
            """);
  }

  @Test
  void elementsNestedTooDeeplyStandInTheDeepestItemInOrder() throws IOException {
    String xml =
        "<?xml version='1.0'?><a>"
            + "<l>".repeat(9)
            + "<m n='1'>x<o/>y</m>"
            + "</l>".repeat(9)
            + "<z>last</z></a>";
    assertThat(markdown(xml, "a.xml").replaceAll("\\s+", " "))
        .endsWith("- l l l m (n: 1): x o y - z: last");
  }
}
