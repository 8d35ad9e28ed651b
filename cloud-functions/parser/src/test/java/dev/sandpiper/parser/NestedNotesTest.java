package dev.sandpiper.parser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.parser.fixture.Archives;
import dev.sandpiper.parser.fixture.Archives.Member;
import dev.sandpiper.parser.render.markdown.MarkdownRenderer;
import dev.sandpiper.parser.task.ByteSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Documents that become one document keep their notes apart.
class NestedNotesTest {

  private static final String CONTAINER =
      "<container xmlns='urn:oasis:names:tc:opendocument:xmlns:container'><rootfiles>"
          + "<rootfile full-path='book.opf'/></rootfiles></container>";
  private static final String BOOK =
      "<package xmlns='http://www.idpf.org/2007/opf'><metadata/><manifest>"
          + "<item id='a' href='a.xhtml' media-type='application/xhtml+xml'/>"
          + "<item id='b' href='b.xhtml' media-type='application/xhtml+xml'/></manifest>"
          + "<spine><itemref idref='a'/><itemref idref='b'/></spine></package>";

  @TempDir Path folder;

  private String markdown(byte[] bytes, String name) throws IOException {
    Path file = Files.write(folder.resolve("input"), bytes);
    ParsedDocument parsed =
        StandardParser.create(null).parse(new ByteSource(file, name), ParseOptions.in(folder));
    return new MarkdownRenderer().render(parsed.document().blocks());
  }

  private static String page(String text) {
    return "<!DOCTYPE html><html><body><p>"
        + text
        + "<a role='doc-noteref' href='#1'>1</a></p><aside role='doc-footnote' id='1'><p>about "
        + text
        + "</p></aside></body></html>";
  }

  @Test
  void notesOfTwoMembersHaveIdsOfTheirOwn() throws IOException {
    byte[] inner = Archives.zip(Member.of("a.html", page("three")));
    byte[] zip =
        Archives.zip(
            Member.of("a.html", page("one")),
            Member.of("b.html", page("two")),
            new Member("c.zip", inner));
    assertThat(markdown(zip, "notes.zip"))
        .contains("one[^part1-1]", "[^part1-1]: about one")
        .contains("two[^part2-1]", "[^part2-1]: about two")
        .contains("three[^part3-part4-1]", "[^part3-part4-1]: about three");
  }

  @Test
  void notesOfADocumentOnItsOwnKeepTheirIds() throws IOException {
    byte[] html = page("one").getBytes(java.nio.charset.StandardCharsets.UTF_8);
    assertThat(markdown(html, "a.html")).contains("one[^1]", "[^1]: about one");
  }

  @Test
  void notesOfTwoChaptersHaveIdsOfTheirOwn() throws IOException {
    byte[] epub =
        Archives.zip(
            Member.of("META-INF/container.xml", CONTAINER),
            Member.of("book.opf", BOOK),
            Member.of("a.xhtml", page("one")),
            Member.of("b.xhtml", page("two")));
    assertThat(markdown(epub, "book.epub"))
        .contains("one[^1]", "[^1]: about one")
        .contains("two[^chapter2-1]", "[^chapter2-1]: about two");
  }
}
