package dev.sandpiper.parser.format.image;

import dev.sandpiper.parser.detect.Format;
import dev.sandpiper.parser.document.Block;
import dev.sandpiper.parser.document.Document;
import dev.sandpiper.parser.document.Metadata;
import dev.sandpiper.parser.document.SourceSpan;
import dev.sandpiper.parser.document.Text;
import dev.sandpiper.parser.format.FormatParser;
import dev.sandpiper.parser.format.ParseContext;
import dev.sandpiper.parser.task.ByteSource;
import dev.sandpiper.parser.task.Reason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Pictures: size and what the camera wrote as metadata, and the text in them where `tesseract` is
/// installed.
public final class ImageReader implements FormatParser {

  private static final int HEAD = 256 << 10;
  private static final long MOST_PIXELS = 100_000_000;

  private final @Nullable Tesseract ocr;

  /// @param path where programs are looked for, as in the environment's PATH; `null` for nowhere
  public ImageReader(@Nullable String path) {
    this.ocr = Tesseract.find(path);
  }

  @Override
  public Set<Format> formats() {
    return EnumSet.of(Format.PNG, Format.JPEG, Format.GIF, Format.TIFF, Format.BMP, Format.WEBP);
  }

  @Override
  public Document parse(ByteSource source, Format format, ParseContext context) throws IOException {
    byte[] head = source.head(HEAD);
    ImageSize size = ImageSize.of(format, head);
    Metadata.Builder metadata = Metadata.builder();
    if (size == null) {
      context.warn("damaged-image", "The picture's header is damaged; its size is unknown.", null);
    } else {
      metadata.property("width", Long.toString(size.width()));
      metadata.property("height", Long.toString(size.height()));
    }
    if (format == Format.JPEG) {
      Exif.read(head, metadata);
    }
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Block.Image(null, source.name(), SourceSpan.whole()));
    if (size != null && isReadable(size, context)) {
      blocks.addAll(text(source, context));
    }
    return new Document(metadata.build(), 1, blocks);
  }

  private static boolean isReadable(ImageSize size, ParseContext context) {
    if (size.pixels() > MOST_PIXELS) {
      context.warn("image-too-large", "The picture is too large to read text from.", null);
      return false;
    }
    return true;
  }

  private List<Block> text(ByteSource source, ParseContext context) {
    if (ocr == null) {
      context.warn(
          "ocr-unavailable", "Text in pictures is not read: install tesseract to read it.", null);
      return List.of();
    }
    try {
      String text = ocr.read(source, context);
      context.budget().spendCharacters(text.length());
      return paragraphs(text);
    } catch (IOException e) {
      context.warn(
          "ocr-failed", "Text in this picture could not be read: " + Reason.of(e) + ".", null);
      return List.of();
    }
  }

  private static List<Block> paragraphs(String text) {
    List<Block> blocks = new ArrayList<>();
    StringBuilder paragraph = new StringBuilder();
    for (String line : (text + "\n\n").lines().toList()) {
      String visible = line.replace('\f', ' ').strip();
      if (!visible.isEmpty()) {
        paragraph.append(paragraph.isEmpty() ? "" : "\n").append(visible);
      } else if (!paragraph.isEmpty()) {
        blocks.add(new Block.Paragraph(Text.of(paragraph.toString()), SourceSpan.whole()));
        paragraph.setLength(0);
      }
    }
    return blocks;
  }
}
