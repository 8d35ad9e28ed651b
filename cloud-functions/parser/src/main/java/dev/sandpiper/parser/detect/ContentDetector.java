package dev.sandpiper.parser.detect;

import dev.sandpiper.parser.task.ByteSource;
import dev.sandpiper.parser.task.ParseFailure;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Names a document's format by its content. The name of the document decides only between kinds of
/// text that look alike: plain text, Markdown, CSV and TSV.
///
/// Reads the first 64 KiB, and a container's directory. Stateless.
public final class ContentDetector {

  private static final int HEAD = 64 << 10;

  /// The format of a document.
  ///
  /// @throws ParseFailure `UNSUPPORTED_TYPE` saying what it looks like, or `ENCRYPTED` for an
  ///   Office document whose container is encrypted as a whole
  public Format detect(ByteSource source) throws IOException {
    byte[] head = source.head(HEAD);
    Format format = Magic.format(head);
    if (format != null) {
      return format;
    }
    if (Magic.isOle2(head)) {
      return Ole2Directory.format(source);
    }
    if (Magic.isZip(head)) {
      return ZipContents.format(source, head);
    }
    String foreign = Magic.foreign(head);
    if (foreign != null) {
      throw unsupported(source, "looks like " + foreign);
    }
    if (Magic.isTar(head)) {
      return Format.TAR;
    }
    if (Magic.isPdfAfterJunk(head)) {
      return Format.PDF;
    }
    return text(source, head);
  }

  private static Format text(ByteSource source, byte[] head) throws IOException {
    String text = CharsetDetector.decode(head);
    boolean whole = head.length < HEAD;
    @Nullable Format structured = StructuredText.format(text, whole, source.name());
    // Pages and mails with stray bytes are pages and mails all the same.
    boolean certain = structured == Format.HTML || structured == Format.EML;
    if (!certain && isBinary(text)) {
      throw unsupported(
          source, "holds binary data of no known kind (it starts with " + hex(head) + ")");
    }
    return structured == null ? PlainKinds.format(text, whole, source.name()) : structured;
  }

  static ParseFailure unsupported(ByteSource source, String what) {
    return new ParseFailure(
        ParseFailure.Code.UNSUPPORTED_TYPE,
        source.name()
            + " "
            + what
            + ", which this parser does not read. Convert it to PDF, Office, HTML or text and send it again.");
  }

  /// Text has next to no control characters and next to nothing that its charset cannot decode.
  private static boolean isBinary(String text) {
    int bad = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean control = c < ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != 0x1B;
      if (control || c == '\uFFFD' || c == 0x7F) {
        bad++;
      }
    }
    return bad * 50L > text.length();
  }

  private static String hex(byte[] head) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < Math.min(8, head.length); i++) {
      out.append(i == 0 ? "" : " ").append("%02x".formatted(head[i]));
    }
    return out.toString();
  }
}
