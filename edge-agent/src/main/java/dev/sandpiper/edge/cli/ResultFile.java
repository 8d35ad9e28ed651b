package dev.sandpiper.edge.cli;

import dev.sandpiper.contract.Chunk;
import dev.sandpiper.contract.ContentSink;
import dev.sandpiper.contract.ReplyJson;
import dev.sandpiper.edge.intake.DocumentName;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// A stored result as a file for people.
final class ResultFile {

  /// How a result is written.
  enum Format {
    MD,
    JSON;

    String suffix() {
      return "." + name().toLowerCase(Locale.ROOT);
    }
  }

  /// Bytes; most file systems take 255.
  private static final int LONGEST_STEM = 220;

  private ResultFile() {}

  /// Where a document's result goes in a folder: its cleaned name, never a path of its own, and
  /// with room for the suffixes in what file systems take as a name.
  ///
  /// @param mark between name and suffix, keeps documents of the same name apart; may be empty
  static Path in(Path folder, String documentName, String mark, Format format) {
    String name = DocumentName.of(documentName);
    String suffix = format.suffix();
    boolean has = name.length() > suffix.length() && name.toLowerCase(Locale.ROOT).endsWith(suffix);
    String stem = has ? name.substring(0, name.length() - suffix.length()) : name;
    return folder.resolve(cut(stem) + mark + suffix);
  }

  private static String cut(String stem) {
    StringBuilder kept = new StringBuilder();
    int bytes = 0;
    for (int c : stem.codePoints().toArray()) {
      bytes += Character.toString(c).getBytes(StandardCharsets.UTF_8).length;
      if (bytes > LONGEST_STEM) {
        break;
      }
      kept.appendCodePoint(c);
    }
    return kept.toString();
  }

  /// Writes a stored result, streaming.
  static void write(Path stored, Format format, OutputStream out) throws IOException {
    if (format == Format.JSON) {
      Files.copy(stored, out);
      out.write('\n');
      return;
    }
    try (InputStream in = new BufferedInputStream(Files.newInputStream(stored))) {
      ReplyJson.read(in, new MarkdownTo(out));
    }
  }

  private record MarkdownTo(OutputStream out) implements ContentSink {
    @Override
    public boolean wants(Section section) {
      return section == Section.MARKDOWN;
    }

    @Override
    public void markdown(String piece) throws IOException {
      out.write(piece.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void block(String json) {}

    @Override
    public void chunk(Chunk chunk) {}

    @Override
    public void page(String json) {}
  }
}
