package dev.sandpiper.parser.format.rtf;

import dev.sandpiper.parser.detect.Format;
import dev.sandpiper.parser.document.Document;
import dev.sandpiper.parser.format.FormatParser;
import dev.sandpiper.parser.format.ParseContext;
import dev.sandpiper.parser.task.ByteSource;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;

/// Reads RTF files.
public final class RtfReader implements FormatParser {

  @Override
  public Set<Format> formats() {
    return Set.of(Format.RTF);
  }

  @Override
  public Document parse(ByteSource source, Format format, ParseContext context) throws IOException {
    try (InputStream in = new BufferedInputStream(source.open(), 1 << 16)) {
      return new RtfInterpreter(new RtfTokens(in), context).document();
    }
  }
}
