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

  private ResultFile() {}

  /// Where a document's result goes in a folder: its cleaned name, never a path of its own.
  static Path in(Path folder, String documentName, Format format) {
    return folder.resolve(DocumentName.of(documentName) + format.suffix());
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
