package dev.sandpiper.parser.format.html;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.parser.ParsedDocument;
import dev.sandpiper.parser.detect.Format;
import dev.sandpiper.parser.document.Block;
import dev.sandpiper.parser.document.Text;
import dev.sandpiper.parser.format.Parsing;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlParserTest {

  @TempDir Path folder;
  private Parsing parsing;

  @BeforeEach
  void open() {
    parsing = new Parsing(folder, Format.HTML, List.of(new HtmlParser()));
  }

  private List<String> outline(String html) throws IOException {
    return Parsing.outline(parsing.blocks(html));
  }

  @Test
  void simplePageLosesNothing() throws IOException {
    assertThat(outline("<h1>One</h1>loose <p>two<h2>Three</h2><hr><a href=/x>four</a>"))
        .containsExactly("h1 One", "p loose", "p two", "h2 Three", "rule", "p four");
  }

  @Test
  void hiddenContentIsDropped() throws IOException {
    assertThat(
            outline(
                "<p hidden>a<p style='display: none'>b<script>c</script><style>d</style>"
                    + "<template>e</template><p>seen"))
        .containsExactly("p seen");
  }

  @Test
  void whatStyleSheetsHideIsDropped() throws IOException {
    String page =
        "<style>@import 'x'; /* a { */ .gone, #away, s.old { color: red; DISPLAY: none }"
            + "@media print { .kept { display: none } } .back { visibility: hidden }"
            + ".back { visibility: visible } p .inner { display: none }</style>"
            + "<p class='big gone'>a<p id=away>b<p><s class=old>c</s><s>d</s><p class=kept>e"
            + "<p class=back>f<p><b class=inner>g</b><p class=gone style='display:block'>h"
            + "<p>words enough to be most of the page";
    assertThat(outline(page))
        .containsExactly(
            "p d", "p e", "p f", "p g", "p h", "p words enough to be most of the page");
  }

  @Test
  void pageThatAScriptShowsIsNotHidden() throws IOException {
    assertThat(outline("<style>.app{visibility:hidden}</style><div class=app><p>seen</div>"))
        .containsExactly("p seen");
  }

  @Test
  void frameOfASmallPageIsLeftOutWithAWarning() throws IOException {
    ParsedDocument parsed =
        parsing.parse(
            "<nav><a href=/>Home</a></nav><div role=banner>Shop</div><article><h1>Recall</h1>"
                + "<p>Bring the kettle back, please.<footer>By Ada</footer></article>"
                + "<footer>Example Street 1</footer>");
    assertThat(Parsing.outline(parsed.document().blocks()))
        .containsExactly("h1 Recall", "p Bring the kettle back, please.", "p By Ada");
    assertThat(Parsing.warnings(parsed)).containsExactly("boilerplate-removed");
  }

  @Test
  void pageThatIsMostlyItsFrameIsKeptWhole() throws IOException {
    assertThat(outline("<nav><p>Contents of the manual, chapter by chapter</nav><p>Hi"))
        .containsExactly("p Contents of the manual, chapter by chapter", "p Hi");
  }

  @Test
  void listsNestAndKeepNumbersAndTasks() throws IOException {
    assertThat(outline("<ol start=3><li>a<ul><li>b</ul><li>c</ol>"))
        .containsExactly("ol [[p a, ul [[p b]]], [p c]]");
    Block.ListBlock list =
        (Block.ListBlock)
            parsing.blocks("<ul><li><input type=checkbox checked>done</ul>").getFirst();
    assertThat(list.items().getFirst().checked()).isTrue();
  }

  @Test
  void tablesKeepSpansHeadersAndCaption() throws IOException {
    String html =
        "<table><caption>Cap</caption><thead><tr><th colspan=2>H</th></tr></thead>"
            + "<tr><td rowspan=2>a<td>b<tr><td>c</table>";
    assertThat(outline(html))
        .containsExactly("table 1 [[[p H]x1x2], [[p a]x2x1, [p b]x1x1], [[p c]x1x1]]");
    assertThat(((Block.Table) parsing.blocks(html).getFirst()).caption()).isEqualTo(Text.of("Cap"));
  }

  @Test
  void layoutTablesAreUnwrapped() throws IOException {
    assertThat(outline("<table><tr><td><h1>Title</h1></td><td><p>Words</td></tr></table>"))
        .containsExactly("h1 Title", "p Words");
  }

  @Test
  void codeKeepsItsSpacesAndLanguage() throws IOException {
    assertThat(outline("<pre><code class='language-java'>if (x)\n    y();\n</code></pre>"))
        .containsExactly("code java if (x)\n    y();");
  }

  @Test
  void linksAreSeenFromTheBaseAndNeverRun() throws IOException {
    Block.Paragraph paragraph =
        (Block.Paragraph)
            parsing
                .blocks(
                    "<base href='https://a.example/b/'><p><a href=c>x</a><a href='javascript:y'>z")
                .getFirst();
    assertThat(paragraph.text().spans().getFirst().link()).isEqualTo("https://a.example/b/c");
    assertThat(paragraph.text().spans().getLast().link()).isNull();
  }

  @Test
  void metadataComesFromTheHead() throws IOException {
    var metadata =
        parsing
            .parse(
                "<html lang=de><title>T</title><meta name=author content=A>"
                    + "<meta property=article:published_time content=2024-05-06T07:08:09Z><p>x")
            .document()
            .metadata();
    assertThat(metadata.title()).isEqualTo("T");
    assertThat(metadata.authors()).containsExactly("A");
    assertThat(metadata.language()).isEqualTo("de");
    assertThat(metadata.created()).isEqualTo(Instant.parse("2024-05-06T07:08:09Z"));
  }

  @Test
  void declaredCharsetIsUsed() throws IOException {
    byte[] page = "<meta charset=windows-1251><p>Привет".getBytes(Charset.forName("windows-1251"));
    assertThat(Parsing.outline(parsing.parse(page).document().blocks()))
        .containsExactly("p Привет");
  }

  @Test
  void undeclaredCharsetIsFoundByItsLetters() throws IOException {
    String words = "Песочник бежит вдоль воды, останавливается, смотрит и снова бежит.";
    byte[] page = ("<p>" + words).getBytes(Charset.forName("windows-1251"));
    assertThat(Parsing.outline(parsing.parse(page).document().blocks()))
        .containsExactly("p " + words);
  }

  @Test
  void mainTextIsKeptApartFromNavigationWithAWarning() throws IOException {
    String sentence = "A sandpiper runs along the water, stops, looks, and runs again. ";
    String links = "<li><a href=/a>Somewhere else</a>".repeat(12);
    ParsedDocument parsed =
        parsing.parse(
            "<title>Birds at the sea</title><nav><ul>"
                + links
                + "</ul></nav>"
                + "<h1>Birds at the sea</h1><div class=story><p>"
                + sentence.repeat(5)
                + "<p>"
                + sentence.repeat(5)
                + "</div><footer>All rights reserved</footer>");
    assertThat(Parsing.outline(parsed.document().blocks()))
        .hasSize(3)
        .startsWith("h1 Birds at the sea")
        .noneMatch(line -> line.contains("Somewhere") || line.contains("rights"));
    assertThat(Parsing.warnings(parsed)).containsExactly("boilerplate-removed");
  }
}
