package dev.sandpiper.parser.format.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.parser.ParsedDocument;
import dev.sandpiper.parser.detect.Format;
import dev.sandpiper.parser.format.Parsing;
import dev.sandpiper.parser.format.html.HtmlParser;
import dev.sandpiper.parser.task.ParseWarning;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Attachments as Exchange packs them, whole and damaged.
@Timeout(60)
class TnefTest {

  private static final int START = 0x9002;
  private static final int CONTENT = 0x800F;
  private static final int TITLE = 0x8010;
  private static final int PROPERTIES = 0x9005;

  @TempDir Path folder;
  private Parsing parsing;
  private final ByteArrayOutputStream packed = new ByteArrayOutputStream();

  @BeforeEach
  void open() {
    parsing = new Parsing(folder, Format.EML, List.of(new MailParser(), new HtmlParser()));
    packed.writeBytes(little(6).putInt(0x223E9F78).array());
  }

  private static ByteBuffer little(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private void record(int id, byte[] data) {
    record(id, data.length, data);
  }

  private void record(int id, int length, byte[] data) {
    packed.write(2);
    packed.writeBytes(little(8).putShort((short) id).putShort((short) 6).putInt(length).array());
    packed.writeBytes(data);
    packed.writeBytes(new byte[2]);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /// The long file name, in UTF-16, as the only property.
  private static byte[] longName(String name) {
    byte[] utf16 = (name + "\0").getBytes(StandardCharsets.UTF_16LE);
    int padded = (utf16.length + 3) / 4 * 4;
    return little(16 + padded)
        .putInt(1)
        .putShort((short) 0x1F)
        .putShort((short) 0x3707)
        .putInt(1)
        .putInt(utf16.length)
        .put(utf16)
        .array();
  }

  private ParsedDocument parse(byte[] attachment) throws IOException {
    return parsing.parse(
        "Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nwords\n--b\n"
            + "Content-Type: application/ms-tnef; name=winmail.dat\n"
            + "Content-Transfer-Encoding: base64\n\n"
            + Base64.getMimeEncoder().encodeToString(attachment)
            + "\n--b--\n");
  }

  private static List<String> outline(ParsedDocument parsed) {
    return Parsing.outline(parsed.document().blocks());
  }

  @Test
  void attachmentsAreParsedUnderTheirNames() throws IOException {
    record(START, new byte[14]);
    record(TITLE, bytes("BERSIC~1.HTM\0"));
    record(CONTENT, bytes("<p>first"));
    record(PROPERTIES, longName("über.html"));
    record(START, new byte[14]);
    record(TITLE, bytes("..\\..\\second.html\0"));
    record(CONTENT, bytes("<p>second"));
    ParsedDocument parsed = parse(packed.toByteArray());
    assertThat(outline(parsed))
        .containsExactly(
            "h1 x", "p words", "h2 über.html", "p first", "h2 second.html", "p second");
    assertThat(parsed.warnings()).isEmpty();
  }

  @Test
  void messageWithoutAttachmentsAddsNothing() throws IOException {
    ParsedDocument parsed = parse(packed.toByteArray());
    assertThat(outline(parsed)).containsExactly("h1 x", "p words");
    assertThat(parsed.warnings()).isEmpty();
  }

  @Test
  void lengthBeyondTheEndKeepsWhatIsThere() throws IOException {
    record(START, new byte[14]);
    record(TITLE, bytes("a.html"));
    record(CONTENT, -1, bytes("<p>begun"));
    ParsedDocument parsed = parse(packed.toByteArray());
    assertThat(outline(parsed)).contains("h2 a.html").anyMatch(line -> line.startsWith("p begun"));
    assertThat(parsed.warnings())
        .containsExactly(
            new ParseWarning(
                "tnef-damaged",
                "What Exchange packed (winmail.dat) is damaged: it ends too early. The rest was"
                    + " left out.",
                null));
  }

  @Test
  void propertiesThatCountBeyondTheirEndAreAWarning() throws IOException {
    for (int type : new int[] {0x1F, 0x101F, 0x0D, 0x7777}) {
      packed.reset();
      packed.writeBytes(little(6).putInt(0x223E9F78).array());
      byte[] hostile = longName("a.html");
      ByteBuffer.wrap(hostile)
          .order(ByteOrder.LITTLE_ENDIAN)
          .putInt(0, Integer.MAX_VALUE)
          .putShort(4, (short) type)
          .putInt(8, Integer.MAX_VALUE);
      record(START, new byte[14]);
      record(TITLE, bytes("b.html"));
      record(CONTENT, bytes("<p>kept"));
      record(PROPERTIES, hostile);
      ParsedDocument parsed = parse(packed.toByteArray());
      assertThat(outline(parsed)).endsWith("h2 b.html", "p kept");
      assertThat(Parsing.warnings(parsed)).containsExactly("tnef-damaged");
    }
  }

  @Test
  void thousandsOfAttachmentsAreCut() throws IOException {
    for (int i = 0; i < 2_000; i++) {
      record(START, new byte[14]);
      record(CONTENT, bytes("<p>x"));
    }
    ParsedDocument parsed = parse(packed.toByteArray());
    assertThat(Parsing.warnings(parsed)).contains("tnef-damaged");
    assertThat(outline(parsed)).hasSizeBetween(1_000, 2_100);
  }

  @Test
  void everyTruncationIsADocument() throws IOException {
    record(START, new byte[14]);
    record(TITLE, bytes("a.html"));
    record(CONTENT, bytes("<p>x"));
    record(PROPERTIES, longName("b.html"));
    byte[] whole = packed.toByteArray();
    for (int length = 4; length < whole.length; length++) {
      assertThat(outline(parse(Arrays.copyOf(whole, length)))).contains("p words");
    }
  }
}
