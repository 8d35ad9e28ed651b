package dev.sandpiper.parser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.parser.document.Block;
import dev.sandpiper.parser.render.markdown.MarkdownRenderer;
import dev.sandpiper.parser.task.ByteSource;
import dev.sandpiper.parser.task.ParseLimits;
import dev.sandpiper.parser.task.ParseWarning;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Documents made to hurt. Each must end soon, in a document or a typed failure.
@Timeout(60)
class HostileInputTest {

  private static final ParseLimits SMALL =
      new ParseLimits(64L << 20, 100, 8L << 20, 8, 100_000, 1_000_000);

  @TempDir Path folder;

  private ParsedDocument parse(byte[] bytes, String name) throws IOException {
    Path file = Files.write(folder.resolve("input"), bytes);
    Path scratch = Files.createDirectories(folder.resolve("scratch"));
    return StandardParser.create(null)
        .parse(new ByteSource(file, name), ParseOptions.in(scratch).withLimits(SMALL));
  }

  private ParsedDocument parse(String text, String name) throws IOException {
    return parse(text.getBytes(StandardCharsets.UTF_8), name);
  }

  private static String text(ParsedDocument parsed) {
    return new MarkdownRenderer().render(parsed.document().blocks());
  }

  private static byte[] zip(String name, byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry(name));
      zip.write(content);
    }
    return bytes.toByteArray();
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      bytes.writeBytes(part);
    }
    return bytes.toByteArray();
  }

  @Test
  void gzipKeepsItsTextBeforePaddingAndForeignBytes() throws IOException {
    ParsedDocument padded = parse(joined(gzip("a boiler letter"), new byte[512]), "note.txt.gz");
    assertThat(text(padded)).contains("a boiler letter");
    assertThat(padded.warnings()).isEmpty();

    byte[] foreign = "not gzip".getBytes(StandardCharsets.UTF_8);
    ParsedDocument followed = parse(joined(gzip("a boiler letter"), foreign), "note.txt.gz");
    assertThat(text(followed)).contains("a boiler letter");
    assertThat(followed.warnings()).extracting(ParseWarning::code).containsExactly("damaged-gzip");
  }

  @Test
  void gzipThatIsDamagedLaterKeepsItsBeginning() throws IOException {
    byte[] bytes = joined(gzip("the first member"), gzip("the second member"));
    bytes[bytes.length - 6] ^= 0x55; // its checksum
    ParsedDocument parsed = parse(bytes, "note.txt.gz");
    assertThat(text(parsed)).contains("the first member", "the second");
    assertThat(parsed.warnings()).extracting(ParseWarning::code).containsExactly("damaged-gzip");
  }

  @Test
  void membersOfGzipAreReadOneAfterTheOther() throws IOException {
    ParsedDocument parsed = parse(joined(gzip("one "), gzip(""), gzip("two")), "note.txt.gz");
    assertThat(text(parsed)).contains("one two");
    assertThat(parsed.warnings()).isEmpty();
  }

  @Test
  void emptyMembersWithoutEndDoNotExhaustTheStack() throws IOException {
    byte[] empty = gzip("");
    byte[][] many = new byte[100_000][];
    java.util.Arrays.fill(many, empty);
    many[many.length - 1] = gzip("still here");
    assertThat(text(parse(joined(many), "many.txt.gz"))).contains("still here");
  }

  @Test
  void nestedArchivesEndAtTheDepthLimit() throws IOException {
    byte[] bytes = "hello".getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 12; i++) {
      bytes = zip("inner.zip", bytes);
    }
    assertThat(parse(bytes, "deep.zip").warnings())
        .extracting(ParseWarning::code)
        .contains("part-over-limit");
  }

  @Test
  void gzipInGzipEndsAtTheDepthLimit() throws IOException {
    byte[] bytes = "hello".getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 12; i++) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
        gzip.write(bytes);
      }
      bytes = out.toByteArray();
    }
    assertThat(parse(bytes, "quine.gz").warnings())
        .extracting(ParseWarning::code)
        .contains("part-over-limit");
  }

  @Test
  void climbingMemberNamesAreOnlyLabels() throws IOException {
    ParsedDocument parsed =
        parse(zip("../../evil.txt", "content".getBytes(StandardCharsets.UTF_8)), "slip.zip");
    assertThat(text(parsed)).contains("../../evil.txt", "content");
    assertThat(folder.resolve("scratch")).isEmptyDirectory();
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).hasSize(2);
    }
  }

  /// Two directory entries for one member.
  @Test
  void overlappingMembersAreReadOnce() throws IOException {
    byte[] one = zip("a.txt", "shared words".getBytes(StandardCharsets.UTF_8));
    int end = one.length - 22;
    int directory = (one[end + 16] & 0xFF) | (one[end + 17] & 0xFF) << 8;
    ByteArrayOutputStream two = new ByteArrayOutputStream();
    two.write(one, 0, end);
    byte[] entry = java.util.Arrays.copyOfRange(one, directory, end);
    entry[46] = 'b';
    two.write(entry);
    byte[] tail = java.util.Arrays.copyOfRange(one, end, one.length);
    tail[8] = 2;
    tail[10] = 2;
    tail[12] = (byte) (2 * entry.length);
    two.write(tail);
    ParsedDocument parsed = parse(two.toByteArray(), "overlap.zip");
    assertThat(parsed.warnings())
        .extracting(ParseWarning::code)
        .containsExactly("overlapping-entries");
    assertThat(text(parsed)).containsOnlyOnce("shared words");
  }

  @Test
  void externalEntitiesAreNotFetched() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "TOP SECRET");
    String xml =
        "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY x SYSTEM '"
            + secret.toUri()
            + "'>]><a>before &x; after</a>";
    ParsedDocument parsed = parse(xml, "xxe.xml");
    assertThat(text(parsed)).contains("before", "after").doesNotContain("TOP SECRET");
    assertThat(parsed.warnings()).extracting(ParseWarning::code).containsExactly("xml-entities");
  }

  @Test
  void laughsAreNotExpanded() throws IOException {
    StringBuilder xml = new StringBuilder("<?xml version='1.0'?><!DOCTYPE l [<!ENTITY a0 'ha'>");
    for (int i = 1; i < 40; i++) {
      xml.append("<!ENTITY a%d '&a%d;&a%d;'>".formatted(i, i - 1, i - 1));
    }
    ParsedDocument parsed = parse(xml + "]><l>&a39;</l>", "laughs.xml");
    assertThat(text(parsed).length()).isLessThan(1000);
    assertThat(parsed.warnings()).extracting(ParseWarning::code).containsExactly("xml-entities");
  }

  @Test
  void deepNestingEndsWithoutOverflow() throws IOException {
    String json = "[".repeat(200_000);
    String xml = "<?xml version='1.0'?>" + "<a>".repeat(200_000);
    for (ParsedDocument parsed :
        List.of(
            parse(json, "deep.json"),
            parse(xml, "deep.xml"),
            parse("> ".repeat(100_000) + "x", "deep.md"),
            parse("*a ".repeat(50_000), "stars.md"),
            parse("[".repeat(50_000), "open.md"))) {
      assertThat(parsed.document().blocks().size()).isLessThan(10);
    }
  }

  @Test
  void aQuoteThatNeverClosesIsStillATable() throws IOException {
    assertThat(parse("a,b\n\"" + "x,y\n".repeat(20_000), "open.csv").document().blocks())
        .hasSize(1);
  }

  @Test
  void textBeyondTheLimitIsCutWithAWarning() throws IOException {
    ParsedDocument parsed = parse("some words here\n\n".repeat(100_000), "long.txt");
    assertThat(parsed.warnings()).extracting(ParseWarning::code).containsExactly("truncated");
    assertThat(parsed.document().blocks())
        .hasSizeGreaterThan(50_000)
        .first()
        .isInstanceOf(Block.Paragraph.class);
  }

  @Test
  void hugePicturesAreNotDecoded() throws IOException {
    byte[] png = new byte[33];
    System.arraycopy(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'}, 0, png, 0, 8);
    png[16] = 0x7F;
    png[20] = 0x7F;
    ParsedDocument parsed = parse(png, "huge.png");
    assertThat(parsed.warnings()).extracting(ParseWarning::code).containsExactly("image-too-large");
    assertThat(parsed.document().metadata().properties()).containsEntry("width", "2130706432");
  }
}
