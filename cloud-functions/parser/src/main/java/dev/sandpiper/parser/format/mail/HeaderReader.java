package dev.sandpiper.parser.format.mail;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.DecoderUtil;
import org.apache.james.mime4j.dom.field.DateTimeField;
import org.apache.james.mime4j.field.LenientFieldParser;
import org.apache.james.mime4j.stream.Field;
import org.jspecify.annotations.Nullable;

/// Reads the header fields of a message that are worth keeping.
final class HeaderReader {

  private static final Map<String, String> KEPT =
      Map.of(
          "subject",
          MailHeader.SUBJECT,
          "from",
          "From",
          "to",
          "To",
          "cc",
          "Cc",
          "date",
          "Date",
          "reply-to",
          "Reply-To",
          "message-id",
          "Message-ID",
          "in-reply-to",
          "In-Reply-To",
          "x-mailer",
          "X-Mailer",
          "user-agent",
          "X-Mailer");

  private final Map<String, String> fields = new LinkedHashMap<>();
  private @Nullable OffsetDateTime date;

  void add(Field field) {
    String name = KEPT.get(field.getName().strip().toLowerCase(Locale.ROOT));
    if (name == null || fields.containsKey(name)) {
      return;
    }
    String value = value(field);
    fields.put(name, value);
    if (name.equals("Date")) {
      date = date(value);
    }
  }

  MailHeader header() {
    return new MailHeader(fields, date);
  }

  private static String value(Field field) {
    String raw = field.getBody();
    if (field.getRaw() != null) {
      byte[] bytes = field.getRaw().toByteArray();
      String whole = MailCharset.decode(bytes, null);
      int colon = whole.indexOf(':');
      raw = colon < 0 ? raw : whole.substring(colon + 1);
    }
    String line = raw.replace("\r", "").replace("\n", "").replace('\t', ' ').strip();
    return decodeWords(line);
  }

  /// Decodes encoded words; what is damaged stays as it is.
  static String decodeWords(String value) {
    try {
      String decoded =
          DecoderUtil.decodeEncodedWords(value, DecodeMonitor.SILENT, StandardCharsets.UTF_8);
      return decoded.strip();
    } catch (IllegalArgumentException e) {
      return value;
    }
  }

  private static @Nullable OffsetDateTime date(String value) {
    try {
      String line = value.length() > 200 ? value.substring(0, 200) : value;
      if (LenientFieldParser.parse("Date: " + line) instanceof DateTimeField field) {
        Date parsed = field.getDate();
        return parsed == null ? null : parsed.toInstant().atOffset(offset(line));
      }
      return null;
    } catch (MimeException e) {
      return null;
    }
  }

  /// The sender's offset from UTC, `+0200`; UTC where it is a name.
  private static ZoneOffset offset(String line) {
    int sign = Math.max(line.lastIndexOf('+'), line.lastIndexOf('-'));
    if (sign < 0 || sign + 5 > line.length()) {
      return ZoneOffset.UTC;
    }
    try {
      return ZoneOffset.of(line.substring(sign, sign + 5));
    } catch (DateTimeException e) {
      return ZoneOffset.UTC;
    }
  }
}
