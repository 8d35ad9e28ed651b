package dev.sandpiper.edge.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;

/// The type of a configured value: reads what TOML holds, says what is wrong with it, and writes it
/// back for people.
public sealed interface ValueType {

  ValueType TEXT = new Text();
  ValueType PATH = new PathText();
  ValueType PATH_LIST = new TextList("list of paths");
  ValueType TEXT_LIST = new TextList("list of texts");
  ValueType BOOLEAN = new Flag();
  ValueType SECRET = new SecretText();
  ValueType SECRET_LIST = new SecretList();
  ValueType DATE = new DateText();

  /// A whole number between two bounds, inclusive.
  static ValueType integer(long least, long most) {
    return new Whole(least, most);
  }

  /// A time span such as `30s`, between two bounds, inclusive.
  static ValueType duration(String least, String most) {
    return new Span(Units.duration(least), Units.duration(most));
  }

  /// A number of bytes such as `64MB`, between two bounds, inclusive.
  static ValueType size(String least, String most) {
    return new Size(Units.size(least), Units.size(most));
  }

  /// One of a few words.
  static ValueType choice(String... words) {
    return new Choice(List.of(words));
  }

  /// A number with a fraction between two bounds, inclusive, or nothing.
  static ValueType decimal(String least, String most) {
    return new Decimal(new BigDecimal(least), new BigDecimal(most));
  }

  /// `auto` or a value of another type.
  static ValueType autoOr(ValueType other) {
    return new AutoOr(other);
  }

  /// What it is called in the documentation.
  String label();

  /// The value as text of one canonical form.
  ///
  /// @param raw what TOML holds: String, Long, Double, Boolean, LocalDate, or `List` of those
  /// @throws BadValueException when the value does not fit
  String canonical(Object raw) throws BadValueException;

  /// What a wrong value is answered with.
  final class BadValueException extends Exception {
    private static final long serialVersionUID = 1;

    BadValueException(String message) {
      super(message);
    }
  }

  /// Any text of one line.
  record Text() implements ValueType {
    @Override
    public String label() {
      return "text";
    }

    @Override
    public String canonical(Object raw) throws BadValueException {
      return requireText(raw, "a text in quotes");
    }
  }

  /// A path; `~/` is the person's home folder.
  record PathText() implements ValueType {
    @Override
    public String label() {
      return "path";
    }

    @Override
    public String canonical(Object raw) throws BadValueException {
      return requireText(raw, "a path in quotes");
    }
  }

  /// Texts, one a line in canonical form.
  record TextList(String label) implements ValueType {
    @Override
    public String canonical(Object raw) throws BadValueException {
      if (raw.equals("[]")) {
        return "";
      }
      if (!(raw instanceof List<?> list)) {
        throw new BadValueException("must be a list such as [\"first\", \"second\"]");
      }
      StringBuilder lines = new StringBuilder();
      for (Object item : list) {
        String text = requireText(item, "a list of texts in quotes");
        if (text.isEmpty() || text.indexOf('\n') >= 0) {
          throw new BadValueException("must not hold empty texts or line breaks");
        }
        lines.append(lines.isEmpty() ? "" : "\n").append(text);
      }
      return lines.toString();
    }
  }

  /// `true` or `false`.
  record Flag() implements ValueType {
    @Override
    public String label() {
      return "true or false";
    }

    @Override
    public String canonical(Object raw) throws BadValueException {
      if (raw instanceof Boolean || raw.equals("true") || raw.equals("false")) {
        return raw.toString();
      }
      throw new BadValueException("must be true or false, without quotes");
    }
  }

  /// A reference to a secret.
  record SecretText() implements ValueType {
    @Override
    public String label() {
      return "secret reference";
    }

    @Override
    public String canonical(Object raw) throws BadValueException {
      String text = requireText(raw, "a reference such as \"env:NAME\"");
      if (!text.isEmpty() && SecretRef.find(text).isEmpty()) {
        // The text itself is not repeated: it may be the secret.
        throw new BadValueException(
            "must name where the secret is, not be it: env:NAME, file:/absolute/path or"
                + " credential:name");
      }
      return text;
    }
  }

  /// References to secrets, one a line in canonical form.
  record SecretList() implements ValueType {
    @Override
    public String label() {
      return "list of secret references";
    }

    @Override
    public String canonical(Object raw) throws BadValueException {
      if (!raw.equals("[]") && !(raw instanceof List<?>)) {
        // The value itself is not repeated: it may be the secret.
        throw new BadValueException("must be a list such as [\"env:NAME\"]");
      }
      String lines = new TextList(label()).canonical(raw);
      for (String line : lines.lines().toList()) {
        SECRET.canonical(line);
      }
      return lines;
    }
  }

  /// A day, or nothing.
  record DateText() implements ValueType {
    @Override
    public String label() {
      return "date";
    }

    @Override
    public String canonical(Object raw) throws BadValueException {
      try {
        return raw.equals("") ? "" : LocalDate.parse(raw.toString()).toString();
      } catch (DateTimeParseException e) {
        throw new BadValueException("must be a date such as 2026-11-30, not " + shown(raw));
      }
    }
  }

  /// A number with a fraction, or nothing.
  record Decimal(BigDecimal least, BigDecimal most) implements ValueType {

    private static final int LONGEST = 30;

    @Override
    public String label() {
      return "decimal number";
    }

    @Override
    public String canonical(Object raw) throws BadValueException {
      if (raw.equals("")) {
        return "";
      }
      try {
        if (raw instanceof Long || raw instanceof Double || raw instanceof String) {
          String text = raw.toString();
          BigDecimal number = text.length() > LONGEST ? null : new BigDecimal(text);
          if (number != null && number.compareTo(least) >= 0 && number.compareTo(most) <= 0) {
            return number.stripTrailingZeros().toPlainString();
          }
        }
      } catch (NumberFormatException _) {
        // the message below covers it
      }
      throw new BadValueException(
          "must be a number from %s to %s, not %s"
              .formatted(least.toPlainString(), most.toPlainString(), shown(raw)));
    }
  }

  /// A whole number.
  record Whole(long least, long most) implements ValueType {
    @Override
    public String label() {
      return "number";
    }

    @Override
    public String canonical(Object raw) throws BadValueException {
      Long number = raw instanceof Long value ? value : null;
      if (number == null && raw instanceof String text && !text.isEmpty() && isDigits(text)) {
        number = Long.valueOf(text);
      }
      if (number == null || number < least || number > most) {
        throw new BadValueException(
            "must be a whole number from " + least + " to " + most + ", not " + shown(raw));
      }
      return number.toString();
    }
  }

  /// A time span.
  record Span(Duration least, Duration most) implements ValueType {
    @Override
    public String label() {
      return "duration";
    }

    @Override
    public String canonical(Object raw) throws BadValueException {
      try {
        Duration span = Units.duration(requireText(raw, "a duration such as \"30s\""));
        if (span.compareTo(least) >= 0 && span.compareTo(most) <= 0) {
          return Units.text(span);
        }
      } catch (IllegalArgumentException _) {
        // the message below covers it
      }
      throw new BadValueException(
          "must be a duration from \"%s\" to \"%s\" (units ms, s, m, h, d), not %s"
              .formatted(Units.text(least), Units.text(most), shown(raw)));
    }
  }

  /// A number of bytes.
  record Size(long least, long most) implements ValueType {
    @Override
    public String label() {
      return "size";
    }

    @Override
    public String canonical(Object raw) throws BadValueException {
      try {
        long bytes = Units.size(requireText(raw, "a size such as \"64MB\""));
        if (bytes >= least && bytes <= most) {
          return Units.text(bytes);
        }
      } catch (IllegalArgumentException _) {
        // the message below covers it
      }
      throw new BadValueException(
          "must be a size from \"%s\" to \"%s\" (units B, KB, MB, GB, TB), not %s"
              .formatted(Units.text(least), Units.text(most), shown(raw)));
    }
  }

  /// One of a few words.
  record Choice(List<String> words) implements ValueType {
    @Override
    public String label() {
      return String.join(", ", words);
    }

    @Override
    public String canonical(Object raw) throws BadValueException {
      if (raw instanceof String text && words.contains(text)) {
        return text;
      }
      String meant =
          Nearest.to(String.valueOf(raw), words)
              .map(word -> "; did you mean \"" + word + "\"?")
              .orElse("");
      throw new BadValueException(
          "must be one of " + String.join(", ", words) + ", not " + shown(raw) + meant);
    }
  }

  /// `auto` or something else.
  record AutoOr(ValueType other) implements ValueType {
    @Override
    public String label() {
      return "auto or " + other.label();
    }

    @Override
    public String canonical(Object raw) throws BadValueException {
      if (raw.equals("auto")) {
        return "auto";
      }
      try {
        return other.canonical(raw);
      } catch (BadValueException e) {
        throw new BadValueException("must be \"auto\", or it " + e.getMessage());
      }
    }
  }

  private static String requireText(Object raw, String what) throws BadValueException {
    if (raw instanceof String text && text.indexOf('\0') < 0) {
      return text;
    }
    throw new BadValueException("must be " + what + ", not " + shown(raw));
  }

  private static boolean isDigits(String text) {
    return text.length() < 19 && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static String shown(Object raw) {
    return raw instanceof String text ? "\"" + text + "\"" : raw.toString();
  }
}
