package dev.sandpiper.parser.format.text;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Records of RFC 4180, read forgivingly: a quote inside an unquoted field is a character, text
/// after a closing quote belongs to the field, a quote that never closes ends where its field gets
/// too long.
final class RecordReader {

  static final int LONGEST_FIELD = 1 << 20;
  static final int MOST_FIELDS = 16_384;

  private final Reader in;
  private final char delimiter;
  private int line = 1;
  private int firstLine = 1;
  private int lastLine = 1;
  private int pushed = -2;
  private int longFieldLine;
  private int longRecordLine;

  RecordReader(Reader in, char delimiter) {
    this.in = in;
    this.delimiter = delimiter;
  }

  /// The fields of the next record that has any text; `null` at the end.
  @Nullable List<String> next() throws IOException {
    while (true) {
      int c = read();
      if (c < 0) {
        return null;
      }
      push(c);
      firstLine = line;
      List<String> fields = record();
      if (fields.size() > 1 || !fields.getFirst().isBlank()) {
        return fields;
      }
    }
  }

  int firstLine() {
    return firstLine;
  }

  int lastLine() {
    return lastLine;
  }

  /// The first line of the first record with a field that is cut; 0 when there is none.
  int longFieldLine() {
    return longFieldLine;
  }

  /// The first line of the first record whose last fields are left out; 0 when there is none.
  int longRecordLine() {
    return longRecordLine;
  }

  private List<String> record() throws IOException {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    lastLine = line;
    while (true) {
      int c = field(field);
      if (fields.size() < MOST_FIELDS) {
        fields.add(field.toString());
      } else if (longRecordLine == 0) {
        longRecordLine = firstLine;
      }
      field.setLength(0);
      if (c != delimiter) {
        return fields;
      }
    }
  }

  /// Reads a field; the character that ended it, or -1.
  private int field(StringBuilder field) throws IOException {
    int c = read();
    if (c == '"') {
      c = quoted(field);
    }
    while (c >= 0 && c != delimiter && c != '\n' && c != '\r') {
      add(c, field);
      c = read();
    }
    if (c == '\r') {
      int after = read();
      if (after != '\n') {
        push(after);
      }
    }
    if (c == '\n' || c == '\r') {
      line++;
    }
    return c;
  }

  /// Reads what is between quotes; the character after the closing one.
  private int quoted(StringBuilder field) throws IOException {
    int c = read();
    while (c >= 0) {
      if (c == '"') {
        c = read();
        if (c != '"') {
          return c;
        }
      }
      if (field.length() >= LONGEST_FIELD) {
        cut();
        return c;
      }
      if (c == '\n') {
        line++;
        lastLine = line;
      }
      add(c, field);
      c = read();
    }
    return c;
  }

  private void add(int c, StringBuilder field) {
    if (c == 0 || c == '\r') {
      return;
    }
    if (field.length() < LONGEST_FIELD) {
      field.append((char) c);
    } else {
      cut();
    }
  }

  private void cut() {
    if (longFieldLine == 0) {
      longFieldLine = firstLine;
    }
  }

  private int read() throws IOException {
    if (pushed != -2) {
      int c = pushed;
      pushed = -2;
      return c;
    }
    return in.read();
  }

  private void push(int c) {
    pushed = c;
  }
}
