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
import java.nio.file.Files;
import java.nio.file.Path;
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
