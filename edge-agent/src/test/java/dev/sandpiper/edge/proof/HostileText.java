package dev.sandpiper.edge.proof;

import java.util.ArrayList;
import java.util.List;

/// Text, data, mail and RTF that nest, flood and call home.
final class HostileText {

  private HostileText() {}

  static List<HostileFile> files(String home) {
    List<HostileFile> files = new ArrayList<>();
    files.addAll(data());
    files.addAll(markdown());
    files.addAll(rich());
    files.addAll(mail(home));
    return files;
  }

  private static List<HostileFile> data() {
    return List.of(
        HostileFile.of("arrays-2-million-deep.json", "[".repeat(2_000_000)),
        HostileFile.of("objects-500000-deep.json", "{\"a\":".repeat(500_000)),
        HostileFile.of(
            "number-of-3-million-digits.json", "{\"a\":" + "9".repeat(3_000_000) + "e999999999}"),
        HostileFile.of("same-key-300000-times.json", "{" + "\"a\":1,".repeat(300_000) + "\"a\":1}"),
        HostileFile.of(
            "columns-1-million.csv", "a,".repeat(1_000_000) + "\n" + "b,".repeat(1_000_000) + "\n"),
        HostileFile.of("rows-ragged.csv", "a\n".repeat(200_000) + ",".repeat(200_000) + "\n"),
        HostileFile.of("quote-never-closed.csv", "a,b\n\"" + "x,y\n".repeat(2_000_000)),
        HostileFile.of("quotes-only.csv", "\"".repeat(5_000_000)),
        HostileFile.of("one-line-of-30-megabytes.txt", "word ".repeat(6_000_000)),
        HostileFile.of("one-word-of-20-megabytes.txt", "w".repeat(20_000_000)),
        HostileFile.of("combining-marks.txt", "a" + "\u0301".repeat(3_000_000)),
        HostileFile.of("lines-10-million.txt", "\n".repeat(10_000_000)));
  }

  private static List<HostileFile> markdown() {
    return List.of(
        HostileFile.of("quotes-100000-deep.md", "> ".repeat(100_000) + "a\n"),
        HostileFile.of("brackets.md", "# a\n\n" + "[".repeat(300_000) + "a" + "](".repeat(100_000)),
        HostileFile.of("emphasis.md", "# a\n\n" + "*a **a ".repeat(200_000)),
        HostileFile.of("backticks.md", "# a\n\n" + ticks()),
        HostileFile.of("lists-deep.md", "# a\n\n" + "- ".repeat(50_000) + "a\n"));
  }

  private static String ticks() {
    StringBuilder text = new StringBuilder();
    for (int i = 1; i < 2_000; i++) {
      text.append("`".repeat(i)).append(' ');
    }
    return text.toString();
  }

  private static List<HostileFile> rich() {
    return List.of(
        HostileFile.of("groups-1-million-deep.rtf", "{\\rtf1" + "{".repeat(1_000_000)),
        HostileFile.of("binary-2-gigabytes.rtf", "{\\rtf1 a\\bin2147483647 b}"),
        HostileFile.of("negative-binary.rtf", "{\\rtf1 a\\bin-5 b\\u-99999999999999999999?}"),
        HostileFile.of(
            "object-data.rtf", "{\\rtf1{\\object{\\*\\objdata " + "41".repeat(3_000_000) + "}}}"),
        HostileFile.of(
            "cells-300000.rtf",
            "{\\rtf1\\trowd"
                + "\\cellx1".repeat(300_000)
                + "\\intbl a\\cell".repeat(300_000)
                + "\\row}"),
        HostileFile.of(
            "fonts-300000.rtf",
            "{\\rtf1{\\fonttbl" + "{\\f1\\fcharset2147483647 A;}".repeat(300_000) + "}a}"));
  }

  private static List<HostileFile> mail(String home) {
    String head = "From: a@example.org\nTo: b@example.org\nSubject: hello\nMIME-Version: 1.0\n";
    StringBuilder nested = new StringBuilder(head);
    for (int i = 0; i < 5_000; i++) {
      nested.append("Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n".formatted(i, i));
    }
    String forwarded = "Content-Type: message/rfc822\n\n";
    String html = "<img src='%s/pixel'><link rel=stylesheet href='%s/css'>".formatted(home, home);
    String external =
        "Content-Type: message/external-body; access-type=URL; URL=\""
            + home
            + "/body\"\n\nContent-Type: text/plain\n\n";
    String attachment =
        "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain; name=\"../../../../tmp/sandpiper-escaped\"\n"
            + "Content-Disposition: attachment; filename=\"/tmp/sandpiper-escaped\"\n\nescaped\n--b--\n";
    return List.of(
        HostileFile.of("multiparts-5000-deep.eml", nested.toString()),
        HostileFile.of("forwarded-5000-times.eml", head + forwarded.repeat(5_000) + "end\n"),
        HostileFile.of(
            "header-of-10-megabytes.eml", head + "X-A: " + "a".repeat(10_000_000) + "\n\nend\n"),
        HostileFile.of("headers-300000.eml", head + "X-A: a\n".repeat(300_000) + "\nend\n"),
        HostileFile.of(
            "parts-200000.eml",
            head + "Content-Type: multipart/mixed; boundary=b\n\n" + "--b\n\nx\n".repeat(200_000)),
        HostileFile.of(
            "boundary-empty.eml",
            head + "Content-Type: multipart/mixed; boundary=\"\"\n\n" + "--\n".repeat(200_000)),
        HostileFile.of(
            "encoded-words.eml",
            head + "Subject: " + "=?UTF-8?B?QQ==?= ".repeat(100_000) + "\n\nend\n"),
        HostileFile.of("tracking-pixel.eml", head + "Content-Type: text/html\n\n" + html),
        HostileFile.of("body-from-the-web.eml", head + external),
        HostileFile.of("attachment-climbs-out.eml", head + attachment));
  }
}
