package dev.sandpiper.parser.format;

import dev.sandpiper.parser.detect.Format;
import dev.sandpiper.parser.document.Document;
import dev.sandpiper.parser.task.ByteSource;
import java.io.IOException;
import java.util.Set;

/// Reads one family of formats. Bad content gives a document with warnings, not an exception.
public interface FormatParser {

  /// The formats this reads.
  Set<Format> formats();

  /// Reads a document.
  ///
  /// @throws IOException when the container is damaged beyond recovery
  /// @throws dev.sandpiper.parser.task.ParseFailure when it is encrypted, over a limit or
  ///   unreadable
  Document parse(ByteSource source, Format format, ParseContext context) throws IOException;
}
