package dev.sandpiper.parser.format.mail;

import dev.sandpiper.parser.document.Block;
import dev.sandpiper.parser.document.Metadata;
import dev.sandpiper.parser.document.SourceSpan;
import dev.sandpiper.parser.document.Span;
import dev.sandpiper.parser.document.Text;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who wrote to whom about what, and when.
///
/// @param fields values by name, in the order they are shown
/// @param date when it was sent; `null` when unknown
record MailHeader(Map<String, String> fields, @Nullable OffsetDateTime date) {

  static final SourceSpan SPAN = new SourceSpan.InPart("header");
  static final String SUBJECT = "Subject";
  private static final List<String> SHOWN = List.of("From", "To", "Cc", "Date");
  private static final int LONGEST = 2000;
  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss xxx", Locale.ROOT);

  MailHeader {
    fields = new LinkedHashMap<>(fields);
    // One form whoever wrote the mail; a date that nobody understands stays as it is.
    if (date != null) {
      fields.put("Date", FORM.format(date));
    }
  }

  Metadata metadata() {
    Metadata.Builder metadata = Metadata.builder();
    metadata.title(fields.get(SUBJECT));
    String from = fields.get("From");
    metadata.author(from == null ? null : displayName(from));
    metadata.created(date == null ? null : date.toInstant());
    metadata.producer(fields.get("X-Mailer"));
    fields.forEach((name, value) -> {
      if (!name.equals(SUBJECT) && !name.equals("X-Mailer")) {
        metadata.property(name.toLowerCase(Locale.ROOT), cut(value));
      }
    });
    return metadata.build();
  }

  private static String displayName(String from) {
    int address = from.indexOf('<');
    String name = address <= 0 ? from : from.substring(0, address).strip();
    return name.replace("\"", "").isBlank() ? from : name.replace("\"", "");
  }

  private static String cut(String value) {
    return value.length() > LONGEST ? value.substring(0, LONGEST) + "…" : value;
  }

  /// The subject as a heading, then one line for each of sender, receivers and date.
  List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    String subject = fields.get(SUBJECT);
    if (subject != null && !subject.isBlank()) {
      blocks.add(new Block.Heading(1, Text.of(cut(subject)), SPAN));
    }
    List<Span> lines = new ArrayList<>();
    for (String name : SHOWN) {
      String value = fields.get(name);
      if (value != null && !value.isBlank()) {
        String start = lines.isEmpty() ? name : "\n" + name;
        lines.add(Span.of(start + ":", Set.of(Span.Mark.BOLD)));
        lines.add(Span.of(" " + cut(value)));
      }
    }
    if (!lines.isEmpty()) {
      blocks.add(new Block.Paragraph(new Text(lines), SPAN));
    }
    return blocks;
  }
}
