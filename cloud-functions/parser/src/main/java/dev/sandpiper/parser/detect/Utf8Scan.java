package dev.sandpiper.parser.detect;

/// Counts valid and invalid UTF-8 sequences of a byte stream that comes in pieces.
final class Utf8Scan {

  /// A damaged byte or two in a text full of valid sequences does not make it another charset.
  private static final int VALID_PER_INVALID = 20;

  private long multibyte;
  private long invalid;
  private int pending;
  private int low = 0x80;
  private int high = 0xBF;

  void feed(byte[] bytes, int count) {
    for (int i = 0; i < count; i++) {
      int b = bytes[i] & 0xFF;
      if (pending > 0) {
        continuation(b);
      } else if (b >= 0x80) {
        lead(b);
      }
    }
  }

  long invalid() {
    return invalid;
  }

  boolean isUtf8() {
    return invalid == 0 || multibyte >= invalid * VALID_PER_INVALID;
  }

  private void continuation(int b) {
    if (b < low || b > high) {
      invalid++;
      pending = 0;
      if (b >= 0x80) {
        lead(b);
      }
      return;
    }
    low = 0x80;
    high = 0xBF;
    if (--pending == 0) {
      multibyte++;
    }
  }

  private void lead(int b) {
    low = b == 0xE0 ? 0xA0 : b == 0xF0 ? 0x90 : 0x80;
    high = b == 0xED ? 0x9F : b == 0xF4 ? 0x8F : 0xBF;
    if (b >= 0xC2 && b <= 0xDF) {
      pending = 1;
    } else if (b >= 0xE0 && b <= 0xEF) {
      pending = 2;
    } else if (b >= 0xF0 && b <= 0xF4) {
      pending = 3;
    } else {
      invalid++;
    }
  }
}
