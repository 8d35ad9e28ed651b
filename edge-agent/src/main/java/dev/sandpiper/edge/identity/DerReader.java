package dev.sandpiper.edge.identity;

import java.util.Arrays;

/// Reads DER elements one after the other. What does not fit is an `IllegalArgumentException`.
final class DerReader {

  /// One element.
  static final class Element {

    private final int tag;
    private final byte[] content;
    private final byte[] whole;

    private Element(int tag, byte[] content, byte[] whole) {
      this.tag = tag;
      this.content = content;
      this.whole = whole;
    }

    /// Its kind.
    int tag() {
      return tag;
    }

    /// Its bytes without tag and length.
    byte[] content() {
      return content.clone();
    }

    /// Its bytes with them.
    byte[] whole() {
      return whole.clone();
    }

    DerReader inside() {
      return new DerReader(content);
    }

    /// The content of a bit string of whole bytes.
    byte[] bits() {
      if (content.length == 0 || content[0] != 0) {
        throw new IllegalArgumentException("a bit string of whole bytes was expected");
      }
      return Arrays.copyOfRange(content, 1, content.length);
    }
  }

  private final byte[] bytes;
  private int at;

  DerReader(byte[] bytes) {
    this.bytes = bytes;
  }

  boolean hasMore() {
    return at < bytes.length;
  }

  Element next(int tag) {
    Element element = next();
    if (element.tag() != tag) {
      throw new IllegalArgumentException(
          "element 0x%02x where 0x%02x was expected".formatted(element.tag(), tag));
    }
    return element;
  }

  Element next() {
    int start = at;
    int tag = read();
    int length = length();
    if (length > bytes.length - at) {
      throw new IllegalArgumentException("an element is longer than what holds it");
    }
    byte[] content = Arrays.copyOfRange(bytes, at, at + length);
    at += length;
    return new Element(tag, content, Arrays.copyOfRange(bytes, start, at));
  }

  private int length() {
    int first = read();
    if (first < 0x80) {
      return first;
    }
    int count = first & 0x7f;
    if (count == 0 || count > 3) {
      throw new IllegalArgumentException("a length of " + count + " bytes is not taken");
    }
    int length = 0;
    for (int i = 0; i < count; i++) {
      length = length << 8 | read();
    }
    return length;
  }

  private int read() {
    if (at >= bytes.length) {
      throw new IllegalArgumentException("it ends too early");
    }
    return bytes[at++] & 0xff;
  }
}
