package dev.sandpiper.parser.format.epub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sandpiper.parser.ParsedDocument;
import dev.sandpiper.parser.detect.Format;
import dev.sandpiper.parser.document.Block;
import dev.sandpiper.parser.document.SourceSpan;
import dev.sandpiper.parser.format.Parsing;
import dev.sandpiper.parser.render.markdown.MarkdownRenderer;
import dev.sandpiper.parser.task.ParseFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class EpubParserTest {

  private static final String CONTAINER =
      "<container xmlns='urn:oasis:names:tc:opendocument:xmlns:container'><rootfiles>"
          + "<rootfile full-path='OEBPS/book.opf'/></rootfiles></container>";
  private static final String BOOK =
      "<package xmlns='http://www.idpf.org/2007/opf'>"
          + "<metadata xmlns:dc='http://purl.org/dc/elements/1.1/'>"
          + "<dc:title>Shore</dc:title><dc:creator>Ada</dc:creator></metadata><manifest>"
          + "<item id='n' href='nav.xhtml' properties='nav' media-type='application/xhtml+xml'/>"
          + "<item id='a' href='a.xhtml' media-type='application/xhtml+xml'/>"
          + "<item id='b' href='../b%20b.xhtml' media-type='application/xhtml+xml'/></manifest>"
          + "<spine><itemref idref='n'/><itemref idref='b'/><itemref idref='a'/></spine></package>";

  @TempDir Path folder;
  private Parsing parsing;
  private Charset charset = StandardCharsets.UTF_8;
  private final Map<String, String> entries = new LinkedHashMap<>();

  @BeforeEach
  void open() {
    parsing = new Parsing(folder, Format.EPUB, List.of(new EpubParser()));
    entries.put("META-INF/container.xml", CONTAINER);
    entries.put("OEBPS/book.opf", BOOK);
    entries.put("OEBPS/nav.xhtml", "<nav>contents</nav>");
    entries.put("OEBPS/a.xhtml", "<h1>A</h1><p>last");
    entries.put("b b.xhtml", "<h1>B</h1><p>first");
  }

  private byte[] book() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, String> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue().getBytes(charset));
      }
    }
    return bytes.toByteArray();
  }

  @Test
  void chaptersComeInTheOrderOfTheSpineWithoutTheContents() throws IOException {
    ParsedDocument parsed = parsing.parse(book());
    assertThat(Parsing.outline(parsed.document().blocks()))
        .containsExactly("h1 B", "p first", "h1 A", "p last");
    assertThat(parsed.document().blocks().getLast().span())
        .isEqualTo(new SourceSpan.InPart("OEBPS/a.xhtml"));
    assertThat(parsed.document().metadata().title()).isEqualTo("Shore");
  }

  @Test
  void chapterIsReadInTheCharsetItDeclares() throws IOException {
    charset = StandardCharsets.ISO_8859_1;
    entries.put("OEBPS/a.xhtml", "<?xml version='1.0' encoding='iso-8859-1'?><p>Möwe");
    assertThat(Parsing.outline(parsing.parse(book()).document().blocks())).endsWith("p Möwe");
  }

  @Test
  void linksIntoTheBookAreWordsAndLinksOutOfItStay() throws IOException {
    entries.put(
        "OEBPS/a.xhtml",
        "<p>see <a href='../b%20b.xhtml#x'>chapter B</a>, <a href='#y'>below</a> and"
            + " <a href='https://a.example/x.html'>the shore</a></p><img src='../p/i.png' alt='i'>");
    List<Block> blocks = parsing.parse(book()).document().blocks();
    assertThat(new MarkdownRenderer().render(blocks))
        .contains("see chapter B, below and [the shore](https://a.example/x.html)");
    assertThat(Parsing.outline(blocks)).endsWith("img i p/i.png");
  }

  @Test
  void lockedBookIsEncrypted() {
    entries.put(
        "META-INF/encryption.xml",
        "<encryption xmlns:enc='http://www.w3.org/2001/04/xmlenc#'><enc:EncryptedData>"
            + "<enc:EncryptionMethod Algorithm='http://www.w3.org/2001/04/xmlenc#aes128-cbc'/>"
            + "</enc:EncryptedData></encryption>");
    assertThatExceptionOfType(ParseFailure.class)
        .isThrownBy(() -> parsing.parse(book()))
        .satisfies(e -> assertThat(e.code()).isEqualTo(ParseFailure.Code.ENCRYPTED))
        .withMessage("document is locked by rights management. Send a copy without it.");
  }

  @Test
  void externalEntitiesAreNeverRead() throws IOException {
    entries.put(
        "OEBPS/book.opf",
        "<!DOCTYPE p [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
            + BOOK.replace("Shore", "Shore&x;"));
    assertThat(parsing.parse(book()).document().metadata().toString()).doesNotContain("root:");
  }

  @Test
  void namesThatLeaveTheBookOnlyNameEntries() throws IOException {
    entries.put("OEBPS/book.opf", BOOK.replace("a.xhtml", "../../../../etc/passwd"));
    ParsedDocument parsed = parsing.parse(book());
    assertThat(Parsing.outline(parsed.document().blocks())).containsExactly("h1 B", "p first");
    assertThat(Parsing.warnings(parsed)).containsExactly("missing-part");
  }
}
