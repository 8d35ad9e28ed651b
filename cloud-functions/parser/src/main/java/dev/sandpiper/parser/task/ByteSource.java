package dev.sandpiper.parser.task;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// A document's bytes: a file, so that formats can read it at random without holding it in memory.
///
/// @param file the file; the owner keeps it in place while it is parsed
/// @param name the document's name as its sender knows it; a hint, never trusted
public record ByteSource(Path file, String name) {

  /// Length in bytes.
  public long size() throws IOException {
    return Files.size(file);
  }

  /// Opens the bytes from the start.
  public InputStream open() throws IOException {
    return Files.newInputStream(file);
  }

  /// The first `count` bytes, fewer when the document is shorter.
  public byte[] head(int count) throws IOException {
    try (InputStream in = open()) {
      return in.readNBytes(count);
    }
  }
}
