package dev.sandpiper.edge.proof;

import dev.sandpiper.edge.fake.telegram.FakeTelegram;
import dev.sandpiper.edge.fake.telegram.Person;
import dev.sandpiper.edge.fake.telegram.Post;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Who said what and when, with the buttons, as it was seen on the phones.
final class Transcript {
  private final FakeTelegram telegram;
  private final Map<Long, String> names;
  private final long begin = System.nanoTime();
  private final StringBuilder lines = new StringBuilder();
  private int told;

  Transcript(FakeTelegram telegram, List<Person> people) {
    this.telegram = telegram;
    this.names = people.stream().collect(Collectors.toMap(Person::id, Person::firstName));
  }

  /// Somebody's doing.
  void wrote(String who, String what) {
    line(who, what);
  }

  /// What happens outside the chats.
  void happened(String what) {
    catchUp();
    line("—", what);
  }

  /// Writes down what the agent has sent meanwhile.
  void catchUp() {
    List<Post> history = telegram.world().history();
    for (Post post : history.subList(told, history.size())) {
      String buttons =
          post.buttons().stream()
              .map(button -> "[" + button.substring(0, button.lastIndexOf('=')) + "]")
              .collect(Collectors.joining(" "));
      String file = post.file().isEmpty() ? "" : "📎 " + post.file() + " ";
      String change = post.edits() == 0 ? "" : " (changes #" + post.id() + ")";
      line(
          "Sandpiper → " + names.get(post.chat()) + change,
          file + post.text() + (buttons.isEmpty() ? "" : "\n" + buttons));
    }
    told = history.size();
  }

  private void line(String who, String what) {
    Duration since = Duration.ofNanos(System.nanoTime() - begin);
    lines
        .append("%02d.%d s  ".formatted(since.toSeconds(), since.toMillisPart() / 100))
        .append(who)
        .append(": ")
        .append(what.replace("\n", "\n        "))
        .append("\n\n");
  }

  String text() {
    catchUp();
    return lines.toString();
  }

  void write(Path file) throws IOException {
    Files.writeString(file, text());
  }
}
