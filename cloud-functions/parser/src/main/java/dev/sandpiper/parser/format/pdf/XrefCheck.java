package dev.sandpiper.parser.format.pdf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Looks whether a file's cross-reference table is where the file says it is. PDFBox repairs the
/// table without saying so.
final class XrefCheck {

  private static final int TAIL = 4096;
  private static final int HEAD = 1024;
  private static final String START = "startxref";

  private XrefCheck() {}

  static boolean isDamaged(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = channel.size();
      String tail = read(channel, Math.max(0, size - TAIL), TAIL);
      int start = tail.lastIndexOf(START);
      if (start < 0) {
        return true;
      }
      long offset = number(tail.substring(start + START.length()).strip());
      int shift = Math.max(0, read(channel, 0, HEAD).indexOf("%PDF-"));
      return !(isXref(channel, offset) || (shift > 0 && isXref(channel, offset + shift)));
    }
  }

  private static boolean isXref(FileChannel channel, long offset) throws IOException {
    if (offset <= 0 || offset >= channel.size()) {
      return false;
    }
    String at = read(channel, offset, HEAD).stripLeading();
    if (!at.startsWith("xref")) {
      int object = at.indexOf(" obj");
      return object > 0 && at.substring(0, object).chars().allMatch(c -> c == ' ' || isDigit(c));
    }
    return firstEntryIsRight(channel, at);
  }

  /// Checks the first object in use that the table names.
  private static boolean firstEntryIsRight(FileChannel channel, String table) throws IOException {
    int end = table.lastIndexOf('\n');
    for (String line : table.substring(0, Math.max(end, 0)).lines().toList()) {
      String entry = line.strip();
      if (entry.length() == 18 && entry.endsWith(" n")) {
        String object = read(channel, number(entry), 32).stripLeading();
        return !object.isEmpty() && isDigit(object.charAt(0)) && object.contains("obj");
      }
    }
    return true;
  }

  private static long number(String text) {
    int end = 0;
    while (end < text.length() && end < 18 && isDigit(text.charAt(end))) {
      end++;
    }
    return end == 0 ? -1 : Long.parseLong(text.substring(0, end));
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  private static String read(FileChannel channel, long position, int count) throws IOException {
    if (position < 0) {
      return "";
    }
    ByteBuffer buffer = ByteBuffer.allocate(count);
    while (buffer.hasRemaining() && channel.read(buffer, position + buffer.position()) > 0) {
      // Fills the buffer as far as the file reaches.
    }
    return new String(buffer.array(), 0, buffer.position(), StandardCharsets.ISO_8859_1);
  }
}
