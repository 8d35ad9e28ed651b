package dev.sandpiper.edge.fake.discord;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads multipart/form-data, strictly.
final class Parts {

  private static final Pattern NAME = Pattern.compile("; name=\"([^\"]*)\"");
  private static final Pattern FILE = Pattern.compile("filename=\"([^\"]*)\"");
  private static final Pattern TYPE = Pattern.compile("(?i)content-type: *([^\r\n]+)");

  private Parts() {}

  // Made for the test that reads it.
  @SuppressWarnings("ArrayRecordComponent")
  record Part(String name, String file, String type, byte[] bytes) {}

  static List<Part> read(byte[] body, String contentType) throws IOException {
    String boundary =
        "--" + contentType.replaceFirst(".*boundary=", "").replaceFirst("^\"(.*)\"$", "$1");
    // One char a byte: nothing is lost.
    String text = new String(body, StandardCharsets.ISO_8859_1);
    List<Part> parts = new ArrayList<>();
    int at = text.indexOf(boundary + "\r\n");
    if (at != 0 || !text.contains("\r\n" + boundary + "--")) {
      throw new IOException("not multipart");
    }
    while (true) {
      int head = at + boundary.length() + 2;
      int blank = text.indexOf("\r\n\r\n", head);
      int end = text.indexOf("\r\n" + boundary, blank);
      if (blank < 0 || end < 0) {
        throw new IOException("not multipart");
      }
      String headers =
          new String(
              text.substring(head, blank).getBytes(StandardCharsets.ISO_8859_1),
              StandardCharsets.UTF_8);
      parts.add(
          new Part(
              first(NAME, headers),
              first(FILE, headers),
              first(TYPE, headers),
              text.substring(blank + 4, end).getBytes(StandardCharsets.ISO_8859_1)));
      at = end + 2;
      if (text.startsWith("--", at + boundary.length())) {
        return parts;
      }
    }
  }

  private static String first(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? matcher.group(1) : "";
  }
}
