package dev.sandpiper.parser.format.pdf.page;

import java.io.OutputStream;

/// Counts the codes that the `bfrange` sections of a CMap claim, as its bytes pass: PDFBox keeps an
/// entry for each, however short the range is to write.
final class CMapRanges extends OutputStream {

  private static final String BEGIN = "beginbfrange";
  private static final String END = "endbfrange";

  private final StringBuilder word = new StringBuilder();
  private boolean inRanges;
  private boolean inHex;
  private boolean inArray;

  /// Which of `first last text` comes next.
  private int operand;

  private long number;
  private long first;
  private long codes;

  long codes() {
    return codes;
  }

  @Override
  public void write(int value) {
    char c = (char) (value & 0xFF);
    if (inHex) {
      hex(c);
    } else if (Character.isLetter(c)) {
      word(c);
    } else {
      word.setLength(0);
      switch (c) {
        case '<' -> {
          inHex = true;
          number = 0;
        }
        case '[' -> inArray = true;
        case ']' -> {
          inArray = false;
          end();
        }
        default -> {}
      }
    }
  }

  private void word(char c) {
    if (word.length() <= BEGIN.length()) {
      word.append(c);
    }
    if (BEGIN.contentEquals(word)) {
      inRanges = true;
      operand = 0;
    } else if (END.contentEquals(word)) {
      inRanges = false;
    }
  }

  private void hex(char c) {
    int digit = Character.digit(c, 16);
    if (digit >= 0) {
      number = (number << 4 | digit) & 0xFFFF_FFFFL; // a code has at most four bytes
    } else if (c == '<' || c == '>') {
      inHex = false;
      if (c == '>' && !inArray) {
        end();
      }
    }
  }

  /// An operand ended.
  private void end() {
    if (!inRanges) {
      return;
    }
    if (operand == 0) {
      first = number;
    } else if (operand == 1) {
      codes += Math.max(0, number - first) + 1;
    }
    operand = (operand + 1) % 3;
  }
}
