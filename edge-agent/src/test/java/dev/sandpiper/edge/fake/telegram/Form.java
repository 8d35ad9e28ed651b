package dev.sandpiper.edge.fake.telegram;

import dev.sandpiper.edge.json.JsonValue;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The arguments of a call, however they were sent.
///
/// @param values plain texts, and JSON for anything deeper
/// @param files by field, their bytes as ISO 8859-1
record Form(Map<String, String> values, Map<String, Upload> files) {
  private static final Pattern NAME = Pattern.compile("\\bname=\"?([^\";\r\n]*)\"?");
  private static final Pattern FILE_NAME = Pattern.compile("\\bfilename=\"?([^\";\r\n]*)\"?");

  /// A file that came with a call.
  // The array is nobody else's.
  @SuppressWarnings("ArrayRecordComponent")
  record Upload(String name, byte[] bytes) {}

  static Form of(String contentType, String query, byte[] body) throws IOException {
    Form form = new Form(new HashMap<>(), new HashMap<>());
    form.urlencoded(query);
    if (contentType.startsWith("application/json")) {
      if (JsonValue.read(new String(body, StandardCharsets.UTF_8))
          instanceof JsonValue.Fields(var fields)) {
        fields.forEach((name, value) -> form.values.put(name, text(value)));
      }
    } else if (contentType.startsWith("multipart/form-data")) {
      form.multipart(contentType.replaceFirst(".*boundary=\"?([^\";]+)\"?.*", "$1"), body);
    } else if (contentType.startsWith("application/x-www-form-urlencoded")) {
      form.urlencoded(new String(body, StandardCharsets.UTF_8));
    }
    return form;
  }

  private static String text(JsonValue value) {
    return value instanceof JsonValue.Text(String text) ? text : value.json();
  }

  private void urlencoded(String text) {
    for (String pair : text.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        values.put(
            URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
            URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
      }
    }
  }

  private void multipart(String boundary, byte[] body) throws IOException {
    String all = new String(body, StandardCharsets.ISO_8859_1);
    int at = all.indexOf("--" + boundary);
    if (at != 0 || !all.contains("--" + boundary + "--")) {
      throw new IOException("broken multipart body");
    }
    while (!all.startsWith("--" + boundary + "--", at)) {
      int head = all.indexOf("\r\n", at) + 2;
      int content = all.indexOf("\r\n\r\n", head) + 4;
      int end = all.indexOf("\r\n--" + boundary, content);
      String headers =
          new String(
              all.substring(head, content).getBytes(StandardCharsets.ISO_8859_1),
              StandardCharsets.UTF_8);
      byte[] bytes = all.substring(content, end).getBytes(StandardCharsets.ISO_8859_1);
      Matcher name = NAME.matcher(headers);
      Matcher file = FILE_NAME.matcher(headers);
      if (name.find()) {
        if (file.find()) {
          files.put(name.group(1), new Upload(file.group(1), bytes));
        } else {
          values.put(name.group(1), new String(bytes, StandardCharsets.UTF_8));
        }
      }
      at = end + 2;
    }
  }

  String text(String name) {
    return values.getOrDefault(name, "");
  }

  long number(String name, long otherwise) {
    String text = text(name);
    return text.matches("-?[0-9]{1,18}") ? Long.parseLong(text) : otherwise;
  }

  Optional<JsonValue> findJson(String name) throws IOException {
    return values.containsKey(name) ? Optional.of(JsonValue.read(text(name))) : Optional.empty();
  }
}
