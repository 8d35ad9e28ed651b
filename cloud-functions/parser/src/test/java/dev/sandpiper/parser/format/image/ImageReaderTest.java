package dev.sandpiper.parser.format.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.parser.Needed;
import dev.sandpiper.parser.ParseOptions;
import dev.sandpiper.parser.ParsedDocument;
import dev.sandpiper.parser.StandardParser;
import dev.sandpiper.parser.render.markdown.MarkdownRenderer;
import dev.sandpiper.parser.task.ByteSource;
import dev.sandpiper.parser.task.ParseWarning;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ImageReaderTest {

  @TempDir Path folder;

  private ParsedDocument parse(BufferedImage image, String kind, @Nullable String path)
      throws IOException {
    Path file = folder.resolve("picture");
    assertThat(ImageIO.write(image, kind, file.toFile())).isTrue();
    Path scratch = Files.createDirectories(folder.resolve("scratch"));
    return StandardParser.create(path)
        .parse(new ByteSource(file, "picture"), ParseOptions.in(scratch));
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpg", "gif", "bmp", "tiff"})
  void sizeComesFromTheHeader(String kind) throws IOException {
    BufferedImage image = new BufferedImage(123, 45, BufferedImage.TYPE_INT_RGB);
    ParsedDocument parsed = parse(image, kind, null);
    assertThat(parsed.document().metadata().properties())
        .containsEntry("width", "123")
        .containsEntry("height", "45");
    assertThat(parsed.warnings()).extracting(ParseWarning::code).containsExactly("ocr-unavailable");
  }

  private Map<String, String> size(ByteBuffer header) throws IOException {
    byte[] bytes = new byte[header.capacity()];
    header.get(0, bytes);
    Path file = Files.write(folder.resolve("picture"), bytes);
    return StandardParser.create(null)
        .parse(new ByteSource(file, "picture"), ParseOptions.in(folder))
        .document()
        .metadata()
        .properties();
  }

  private static ByteBuffer webp(String kind) {
    ByteBuffer header = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
    header.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(56);
    return header.put(("WEBP" + kind).getBytes(StandardCharsets.US_ASCII)).putInt(44);
  }

  @Test
  void sizeOfEveryKindOfWebp() throws IOException {
    Map<String, String> expected = Map.of("width", "1234", "height", "567");
    ByteBuffer lossy = webp("VP8 ").put(new byte[3]).put(new byte[] {(byte) 0x9D, 1, 0x2A});
    assertThat(size(lossy.putShort((short) 1234).putShort((short) (567 | 0x4000))))
        .isEqualTo(expected);
    ByteBuffer lossless = webp("VP8L").put((byte) 0x2F);
    assertThat(size(lossless.putInt(1233 | 566 << 14 | 1 << 28))).isEqualTo(expected);
    ByteBuffer extended = webp("VP8X").putInt(0x10);
    assertThat(size(extended.putShort((short) 1233).put((byte) 0).putShort((short) 566)))
        .isEqualTo(expected);
  }

  @Test
  void sizeOfBigTiffInBothByteOrders() throws IOException {
    for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
      ByteBuffer tiff = ByteBuffer.allocate(100).order(order);
      tiff.put(
          (order == ByteOrder.LITTLE_ENDIAN ? "II" : "MM").getBytes(StandardCharsets.US_ASCII));
      tiff.putShort((short) 43).putShort((short) 8).putShort((short) 0).putLong(24).putLong(0);
      tiff.putLong(2).putShort((short) 256).putShort((short) 4).putLong(1).putInt(70_000).putInt(0);
      tiff.putShort((short) 257).putShort((short) 3).putLong(1).putShort((short) 567);
      assertThat(size(tiff)).isEqualTo(Map.of("width", "70000", "height", "567"));
    }
  }

  @Test
  void bigTiffThatPointsOutOfItselfHasNoSize() throws IOException {
    ByteBuffer tiff = ByteBuffer.allocate(100).order(ByteOrder.LITTLE_ENDIAN);
    tiff.put((byte) 'I').put((byte) 'I').putShort((short) 43).putInt(8).putLong(Long.MAX_VALUE);
    assertThat(size(tiff)).isEmpty();
    tiff.putLong(8, 24).putLong(24, Long.MAX_VALUE);
    assertThat(size(tiff)).isEmpty();
  }

  @Test
  void whatTheCameraWroteIsMetadataButNotThePlace() throws IOException {
    Path file = Files.write(folder.resolve("photo"), photo());
    ParsedDocument parsed =
        StandardParser.create(null)
            .parse(new ByteSource(file, "photo.jpg"), ParseOptions.in(folder));
    assertThat(parsed.document().metadata().created())
        .isEqualTo(Instant.parse("2025-06-07T08:09:10Z"));
    assertThat(parsed.document().metadata().properties())
        .isEqualTo(
            Map.of(
                "width", "64",
                "height", "48",
                "taken", "2025-06-07T08:09:10",
                "camera", "Fuji X100",
                "orientation", "turned left",
                "gps", "present"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void damagedCameraDataIsNoFailure(int seed) throws IOException {
    byte[] photo = photo();
    Random random = new Random(seed);
    for (int i = 0; i < 12; i++) {
      photo[12 + random.nextInt(140)] = (byte) random.nextInt();
    }
    Path file = Files.write(folder.resolve("photo"), photo);
    ParsedDocument parsed =
        StandardParser.create(null)
            .parse(new ByteSource(file, "photo.jpg"), ParseOptions.in(folder));
    assertThat(parsed.document().metadata().properties()).containsEntry("width", "64");
  }

  /// A JPEG of 64 by 48 pixels with what a camera writes and no picture.
  private static byte[] photo() {
    ByteBuffer tiff = ByteBuffer.allocate(160).order(ByteOrder.LITTLE_ENDIAN);
    tiff.put("II*\0".getBytes(StandardCharsets.US_ASCII)).putInt(8).putShort((short) 5);
    entry(tiff, 0x010F, 2, 5, 110);
    entry(tiff, 0x0110, 2, 4, 0x30303158); // "X100" in the entry itself
    entry(tiff, 0x0112, 3, 1, 6);
    entry(tiff, 0x8769, 4, 1, 74);
    entry(tiff, 0x8825, 4, 1, 92);
    tiff.position(74);
    tiff.putShort((short) 1);
    entry(tiff, 0x9003, 2, 20, 120);
    tiff.position(92);
    tiff.putShort((short) 1);
    entry(tiff, 2, 5, 3, 140);
    tiff.position(110);
    tiff.put("Fuji\0".getBytes(StandardCharsets.US_ASCII));
    tiff.position(120);
    tiff.put("2025:06:07 08:09:10\0".getBytes(StandardCharsets.US_ASCII));
    ByteBuffer jpeg = ByteBuffer.allocate(200);
    jpeg.putInt(0xFFD8FFE1).putShort((short) 168).putInt(0x45786966).putShort((short) 0);
    jpeg.put(tiff.array());
    jpeg.putInt(0xFFC00011).put((byte) 8).putShort((short) 48).putShort((short) 64);
    return jpeg.array();
  }

  private static void entry(ByteBuffer tiff, int tag, int type, int count, int value) {
    tiff.putShort((short) tag).putShort((short) type).putInt(count).putInt(value);
  }

  @Test
  void textInPicturesIsReadWhereTesseractIsInstalled() throws IOException {
    String path = System.getenv("PATH");
    Needed.that(Tesseract.find(path) != null, "tesseract; install tesseract-ocr");
    BufferedImage image = new BufferedImage(900, 200, BufferedImage.TYPE_INT_RGB);
    Graphics2D page = image.createGraphics();
    page.setColor(Color.WHITE);
    page.fillRect(0, 0, 900, 200);
    page.setColor(Color.BLACK);
    page.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 60));
    page.drawString("Invoice number 4711", 60, 120);
    page.dispose();
    assertThat(new MarkdownRenderer().render(parse(image, "png", path).document().blocks()))
        .contains("Invoice number 4711");
  }
}
