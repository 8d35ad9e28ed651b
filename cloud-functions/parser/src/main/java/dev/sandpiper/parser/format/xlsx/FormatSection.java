package dev.sandpiper.parser.format.xlsx;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoublePredicate;
import org.jspecify.annotations.Nullable;

/// One section of a number format.
///
/// @param condition values it is for; `null` when its position decides
/// @param kind what it shows
/// @param tokens its pieces in order
record FormatSection(@Nullable DoublePredicate condition, Kind kind, List<Token> tokens) {

  /// What a section shows.
  enum Kind {
    NUMBER,
    DATE,
    GENERAL,
    LITERAL
  }

  /// What a piece of a section is.
  enum Piece {
    LITERAL,
    /// One of `0`, `#`, `?`.
    DIGIT,
    POINT,
    COMMA,
    PERCENT,
    EXPONENT,
    SLASH,
    /// A run of one date letter, lower case.
    DATE,
    /// Hours, minutes or seconds not cut off at a day.
    ELAPSED,
    AM_PM,
    GENERAL
  }

  /// A piece with its characters.
  record Token(Piece piece, String text) {}

  static FormatSection parse(String code) {
    Parser parser = new Parser(code);
    parser.run();
    return new FormatSection(parser.condition, parser.kind(), List.copyOf(parser.tokens));
  }

  String show(double size, boolean negative, boolean date1904) {
    return switch (kind) {
      case DATE -> DateShown.show(this, negative ? -size : size, date1904);
      case NUMBER -> NumberShown.show(this, size, negative);
      case GENERAL, LITERAL -> {
        StringBuilder text = new StringBuilder(negative && kind == Kind.GENERAL ? "-" : "");
        for (Token token : tokens) {
          text.append(token.piece() == Piece.GENERAL ? NumberFormat.general(size) : token.text());
        }
        yield text.toString().strip();
      }
    };
  }

  private static final class Parser {
    private final String code;
    private final List<Token> tokens = new ArrayList<>();
    private @Nullable DoublePredicate condition;
    private int at;

    private Parser(String code) {
      this.code = code;
    }

    private Kind kind() {
      boolean number = false;
      boolean general = false;
      for (Token token : tokens) {
        switch (token.piece()) {
          case DATE, ELAPSED -> {
            return Kind.DATE;
          }
          case DIGIT -> number = true;
          case GENERAL -> general = true;
          default -> {}
        }
      }
      return number ? Kind.NUMBER : general ? Kind.GENERAL : Kind.LITERAL;
    }

    private void run() {
      while (at < code.length()) {
        char c = code.charAt(at);
        switch (c) {
          case '"' -> quoted();
          case '[' -> bracket();
          case '\\' -> {
            literal(
                code.substring(Math.min(at + 1, code.length()), Math.min(at + 2, code.length())));
            at += 2;
          }
          case '_', '*' -> at += 2;
          case '0', '#', '?' -> one(Piece.DIGIT);
          case '.' -> one(Piece.POINT);
          case ',' -> one(Piece.COMMA);
          case '%' -> one(Piece.PERCENT);
          case '/' -> one(Piece.SLASH);
          case '@' -> at++;
          default -> letter(c);
        }
      }
    }

    private void letter(char c) {
      if (code.regionMatches(true, at, "general", 0, 7)) {
        token(Piece.GENERAL, 7);
      } else if (code.regionMatches(true, at, "am/pm", 0, 5)) {
        token(Piece.AM_PM, 5);
      } else if (code.regionMatches(true, at, "a/p", 0, 3)) {
        token(Piece.AM_PM, 3);
      } else if ((c == 'E' || c == 'e') && at + 1 < code.length() && isSign(code.charAt(at + 1))) {
        token(Piece.EXPONENT, 2);
      } else if ("ymdhsYMDHS".indexOf(c) >= 0) {
        int end = at;
        while (end < code.length() && Character.toLowerCase(code.charAt(end)) == lower(c)) {
          end++;
        }
        token(Piece.DATE, end - at);
      } else {
        one(Piece.LITERAL);
      }
    }

    private static char lower(char c) {
      return Character.toLowerCase(c);
    }

    private static boolean isSign(char c) {
      return c == '+' || c == '-';
    }

    private void one(Piece piece) {
      token(piece, 1);
    }

    private void token(Piece piece, int length) {
      String text = code.substring(at, at + length);
      tokens.add(new Token(piece, piece == Piece.DATE ? text.toLowerCase(Locale.ROOT) : text));
      at += length;
    }

    private void literal(String text) {
      if (!text.isEmpty()) {
        tokens.add(new Token(Piece.LITERAL, text));
      }
    }

    private void quoted() {
      int end = code.indexOf('"', at + 1);
      end = end < 0 ? code.length() : end;
      literal(code.substring(at + 1, end));
      at = end + 1;
    }

    private void bracket() {
      int end = code.indexOf(']', at);
      end = end < 0 ? code.length() : end;
      String inside = code.substring(at + 1, end);
      at = end + 1;
      String unit = inside.toLowerCase(Locale.ROOT);
      if (inside.startsWith("$")) {
        int dash = inside.indexOf('-');
        literal(dash < 0 ? inside.substring(1) : inside.substring(1, dash));
      } else if (isElapsed(unit)) {
        tokens.add(new Token(Piece.ELAPSED, unit));
      } else {
        condition(inside);
      }
    }

    private static boolean isElapsed(String unit) {
      return switch (unit) {
        case "h", "hh", "m", "mm", "s", "ss" -> true;
        default -> false;
      };
    }

    private void condition(String inside) {
      int digits = 0;
      while (digits < inside.length() && "<>=".indexOf(inside.charAt(digits)) >= 0) {
        digits++;
      }
      if (digits == 0) {
        return;
      }
      try {
        double bound = Double.parseDouble(inside.substring(digits));
        condition = comparison(inside.substring(0, digits), bound);
      } catch (NumberFormatException e) {
        condition = null;
      }
    }

    private static @Nullable DoublePredicate comparison(String operator, double bound) {
      return switch (operator) {
        case "<" -> value -> value < bound;
        case "<=" -> value -> value <= bound;
        case ">" -> value -> value > bound;
        case ">=" -> value -> value >= bound;
        case "=" -> value -> value == bound;
        case "<>" -> value -> value != bound;
        default -> null;
      };
    }
  }
}
