package dev.sandpiper.parser.format.rtf;

import java.io.IOException;
import java.io.InputStream;

/// Cuts RTF into group marks, control words, control symbols and bytes of text.
final class RtfTokens {

  /// What a token is.
  enum Kind {
    OPEN,
    CLOSE,
    /// A control word, or a control symbol as a word of one character.
    WORD,
    /// A byte of text in the current code page.
    BYTE,
    END
  }

  private static final int LONGEST_WORD = 32;
  private static final int LONGEST_NUMBER = 10;

  private final InputStream in;
  private int pushedBack = -2;
  private String word = "";
  private int number;
  private boolean hasNumber;
  private int value;

  RtfTokens(InputStream in) {
    this.in = in;
  }

  String word() {
    return word;
  }

  /// The word's number, or `fallback`.
  int number(int fallback) {
    return hasNumber ? number : fallback;
  }

  /// The byte.
  int value() {
    return value;
  }

  Kind next() throws IOException {
    while (true) {
      int c = read();
      switch (c) {
        case -1 -> {
          return Kind.END;
        }
        case '{' -> {
          return Kind.OPEN;
        }
        case '}' -> {
          return Kind.CLOSE;
        }
        case '\r', '\n', 0 -> {}
        case '\\' -> {
          return control();
        }
        default -> {
          value = c;
          return Kind.BYTE;
        }
      }
    }
  }

  private Kind control() throws IOException {
    int c = read();
    hasNumber = false;
    if (c < 0) {
      return Kind.END;
    }
    if (!isLetter(c)) {
      return symbol(c);
    }
    StringBuilder letters = new StringBuilder();
    while (isLetter(c) && letters.length() < LONGEST_WORD) {
      letters.append((char) c);
      c = read();
    }
    word = letters.toString();
    boolean negative = c == '-';
    if (negative) {
      c = read();
    }
    long digits = 0;
    for (int i = 0; c >= '0' && c <= '9' && i < LONGEST_NUMBER; i++) {
      digits = digits * 10 + c - '0';
      hasNumber = true;
      c = read();
    }
    number = Math.clamp(negative ? -digits : digits, Integer.MIN_VALUE, Integer.MAX_VALUE);
    if (c != ' ') {
      pushedBack = c;
    }
    if (word.equals("bin") && hasNumber) {
      skip(Math.max(0, number));
    }
    return Kind.WORD;
  }

  private Kind symbol(int c) throws IOException {
    if (c == '\'') {
      int high = Character.digit(read(), 16);
      int low = Character.digit(read(), 16);
      value = high < 0 || low < 0 ? '?' : high * 16 + low;
      return Kind.BYTE;
    }
    if (c == '\\' || c == '{' || c == '}') {
      value = c;
      return Kind.BYTE;
    }
    word = c == '\r' || c == '\n' ? "par" : Character.toString(c);
    return Kind.WORD;
  }

  private void skip(int count) throws IOException {
    for (int i = 0; i < count && read() >= 0; i++) {}
  }

  private static boolean isLetter(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private int read() throws IOException {
    if (pushedBack != -2) {
      int c = pushedBack;
      pushedBack = -2;
      return c;
    }
    return in.read();
  }
}
