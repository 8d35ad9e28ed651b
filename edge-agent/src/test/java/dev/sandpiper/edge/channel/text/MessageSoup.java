package dev.sandpiper.edge.channel.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;

/// Messages nobody would send and everybody receives: made from a seed, the same every time.
public final class MessageSoup {
  private static final List<String> WORDS =
      List.of(
          "boiler",
          "Rechnung",
          "naïve",
          "e\u0301te\u0301",
          "👨‍👩‍👧‍👦",
          "🏳️‍🌈",
          "🇩🇪🇫🇷",
          "👍🏽",
          "क्षत्रिय",
          "한국어",
          "日本語の文章です。",
          "漢字",
          "שלום",
          "مرحبا بالعالم",
          "\u202Eabc\u202C",
          "a_b_c",
          "snake_case_name",
          "2*3*4",
          "x < y && y > z",
          "AT&T",
          "&amp;",
          "&copy;",
          "&#x1F600;",
          "&notanentity;",
          "C:\\dir\\file",
          "\\*not bold\\*",
          "1.",
          "14.",
          "-",
          "#",
          ">",
          "```",
          "~~~",
          "|",
          "||",
          "***",
          "___",
          "[",
          "](",
          "![",
          "<b>",
          "</b>",
          "<script>alert(1)</script>",
          "https://example.org/?a=1&b=2",
          "<https://example.org>",
          "e.g.",
          "Mr. Smith!",
          "Zalgo" + "\u0334\u0335\u0336\u0337".repeat(4),
          "\t",
          "\u00A0",
          "\u200B",
          "\u2028",
          "\uFEFF",
          "1️⃣",
          "🏴‍☠️",
          "ക്ഷ",
          "\uD83D",
          "\u0000",
          "=",
          "+",
          "\\",
          "`");

  private final RandomGenerator random;

  private MessageSoup(long seed) {
    this.random = new Random(seed);
  }

  /// The message of a seed.
  public static String message(long seed) {
    return new MessageSoup(seed).message();
  }

  private String message() {
    List<String> blocks = new ArrayList<>();
    int count = 1 + random.nextInt(random.nextInt(4) == 0 ? 40 : 8);
    for (int i = 0; i < count; i++) {
      blocks.add(block(2));
    }
    return String.join(random.nextInt(5) == 0 ? "\n" : "\n\n", blocks);
  }

  private String block(int depth) {
    return switch (random.nextInt(14)) {
      case 0 -> "#".repeat(1 + random.nextInt(7)) + " " + line(12);
      case 1 -> code();
      case 2 -> list(depth);
      case 3 -> "> " + (depth > 0 ? block(depth - 1) : line(20)).replace("\n", "\n> ");
      case 4 -> table();
      case 5 -> soup(random.nextInt(400));
      case 6 -> "**" + line(random.nextInt(900)) + "**";
      case 7 -> "[label]: https://example.org/x\n\n" + line(20) + " [text][label] [label]";
      case 8 -> "<div>\n" + line(30) + "\n</div>";
      case 9 -> "    " + line(40).replace("\n", "\n    ");
      case 10 -> line(random.nextInt(2_000));
      case 11 -> line(10) + "\n" + (random.nextBoolean() ? "===" : "---");
      case 12 -> "x".repeat(random.nextInt(6_000));
      default -> line(60);
    };
  }

  private String code() {
    StringBuilder out = new StringBuilder(random.nextBoolean() ? "```java\n" : "~~~ a`b\n");
    int length = random.nextInt(6) == 0 ? 10_000 : random.nextInt(1_500);
    while (out.length() < length) {
      out.append(random.nextInt(20) == 0 ? "y".repeat(random.nextInt(5_000)) : line(8))
          .append('\n');
    }
    return out + (random.nextInt(4) == 0 ? "" : random.nextBoolean() ? "```" : "~~~");
  }

  private String list(int depth) {
    StringBuilder out = new StringBuilder();
    boolean ordered = random.nextBoolean();
    int start = random.nextInt(120);
    int count = 1 + random.nextInt(random.nextInt(6) == 0 ? 150 : 6);
    for (int i = 0; i < count; i++) {
      String marker = ordered ? start + i + ". " : "- ";
      String item = depth > 0 && random.nextInt(4) == 0 ? block(depth - 1) : line(15);
      out.append(i == 0 ? "" : "\n")
          .append(marker)
          .append(item.replace("\n", "\n" + " ".repeat(marker.length())));
    }
    return out.toString();
  }

  private String table() {
    int columns = 1 + random.nextInt(5);
    StringBuilder out =
        new StringBuilder("|" + " head |".repeat(columns) + "\n|" + " ---: |".repeat(columns));
    int rows = random.nextInt(random.nextInt(5) == 0 ? 200 : 6);
    for (int row = 0; row < rows; row++) {
      out.append("\n|");
      for (int column = 0; column < columns; column++) {
        out.append(' ').append(line(3).replace('\n', ' ').replace("|", "")).append(" |");
      }
    }
    return out.toString();
  }

  private String line(int most) {
    StringBuilder out = new StringBuilder();
    int count = 1 + random.nextInt(Math.max(1, most));
    for (int i = 0; i < count; i++) {
      String word = WORDS.get(random.nextInt(WORDS.size()));
      out.append(i == 0 ? "" : random.nextInt(25) == 0 ? "\n" : random.nextInt(12) == 0 ? "" : " ")
          .append(styled(word));
    }
    return out.toString();
  }

  private String styled(String word) {
    return switch (random.nextInt(30)) {
      case 0 -> "**" + word + "**";
      case 1 -> "*" + word + "*";
      case 2 -> "_" + word + "_";
      case 3 -> "~~" + word + "~~";
      case 4 -> "||" + word + "||";
      case 5 -> "`" + word + "`";
      case 6 -> "[" + word + "](https://example.org/" + random.nextInt(99) + ")";
      case 7 -> "![" + word + "](https://example.org/i.png)";
      case 8 -> "***" + word;
      case 9 -> word + "**";
      case 10 -> "[" + word + "](<a b> \"t\")";
      case 11 -> "[**" + word + "** and `more`](javascript:alert(1))";
      case 12 -> "[](https://example.org)";
      default -> word;
    };
  }

  private String soup(int length) {
    String letters = "*_~|`[]()<>#-+=.!\\&; \n\tab1\u0301é😀\u200D";
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < length; i++) {
      out.append(letters.charAt(random.nextInt(letters.length())));
    }
    return out.toString();
  }
}
