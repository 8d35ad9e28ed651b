package dev.sandpiper.parser.format.archive;

import dev.sandpiper.parser.detect.Format;
import dev.sandpiper.parser.document.Block;
import dev.sandpiper.parser.document.Document;
import dev.sandpiper.parser.document.Metadata;
import dev.sandpiper.parser.format.FormatParser;
import dev.sandpiper.parser.format.ParseContext;
import dev.sandpiper.parser.task.ByteSource;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/// GZIP files: one document, named like the file without its last extension.
public final class GzipReader implements FormatParser {

  @Override
  public Set<Format> formats() {
    return Set.of(Format.GZIP);
  }

  @Override
  public Document parse(ByteSource source, Format format, ParseContext context) throws IOException {
    String name = innerName(Members.label(source.name()));
    try (InputStream in = source.open();
        InputStream content = new Salvaged(unpacked(in), context)) {
      List<Block> blocks = context.parseNested(context.spool(content, name), name);
      return new Document(Metadata.NONE, 1, blocks);
    }
  }

  /// The JDK's own reader goes one call deeper for every empty member.
  private static InputStream unpacked(InputStream in) throws IOException {
    return GzipCompressorInputStream.builder()
        .setInputStream(in)
        .setDecompressConcatenated(true)
        .get();
  }

  /// Ends where the content is damaged, unless that is its very beginning.
  private static final class Salvaged extends FilterInputStream {
    private final ParseContext context;
    private boolean any;

    Salvaged(InputStream in, ParseContext context) {
      super(in);
      this.context = context;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      try {
        int count = super.read(buffer, offset, length);
        any |= count > 0;
        return count;
      } catch (IOException e) {
        if (!any) {
          throw e;
        }
        context.warn(
            "damaged-gzip", "The rest of the file cannot be read: " + e.getMessage() + ".", null);
        return -1;
      }
    }
  }

  private static String innerName(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    String plain = name.substring(name.lastIndexOf('/') + 1);
    if (lower.endsWith(".tgz")) {
      return plain.substring(0, plain.length() - 4) + ".tar";
    }
    return lower.endsWith(".gz") && plain.length() > 3
        ? plain.substring(0, plain.length() - 3)
        : plain;
  }
}
