package dev.sandpiper.parser.format.archive;

import dev.sandpiper.parser.detect.Format;
import dev.sandpiper.parser.document.Block;
import dev.sandpiper.parser.document.Document;
import dev.sandpiper.parser.document.Metadata;
import dev.sandpiper.parser.format.FormatParser;
import dev.sandpiper.parser.format.ParseContext;
import dev.sandpiper.parser.task.ByteSource;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// GZIP files: one document, named like the file without its last extension.
public final class GzipReader implements FormatParser {

  @Override
  public Set<Format> formats() {
    return Set.of(Format.GZIP);
  }

  @Override
  public Document parse(ByteSource source, Format format, ParseContext context) throws IOException {
    String name = innerName(Members.label(source.name()));
    try (InputStream content = new GzipMembers(source.open(), context)) {
      List<Block> blocks = context.parseNested(context.spool(content, name), name);
      return new Document(Metadata.NONE, 1, blocks);
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
