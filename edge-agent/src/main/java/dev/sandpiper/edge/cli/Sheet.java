package dev.sandpiper.edge.cli;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One thing, told in lines of a name and a value. What is unknown is left out.
final class Sheet {

  private static final int NAME = 12;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

  private final String title;
  private final Map<String, String> lines = new LinkedHashMap<>();

  Sheet(String title) {
    this.title = title;
  }

  Sheet line(String name, @Nullable Object value) {
    String text = value instanceof Instant time ? TIME.format(time) : String.valueOf(value);
    if (value != null && !text.isEmpty()) {
      lines.put(name, Console.plain(text).replace('\n', ' '));
    }
    return this;
  }

  void print(Console console) {
    console.out().println(console.bold(Console.plain(title).replace('\n', ' ')));
    int indent = NAME + 2;
    int width = console.terminal() ? Math.max(20, console.width() - indent) : Integer.MAX_VALUE;
    for (Map.Entry<String, String> line : lines.entrySet()) {
      List<String> parts = DisplayWidth.wrap(line.getValue(), width);
      console.out().println("  " + DisplayWidth.pad(line.getKey(), NAME) + parts.getFirst());
      for (String part : parts.subList(1, parts.size())) {
        console.out().println(" ".repeat(indent) + part);
      }
    }
  }
}
