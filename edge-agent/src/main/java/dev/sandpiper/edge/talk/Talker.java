package dev.sandpiper.edge.talk;

import dev.sandpiper.edge.channel.LiveReply;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Decides what a message means: a command, or something to ask about.
public final class Talker {
  private static final int LONGEST_NAME = 32;

  private final Map<String, Command> commands;
  private final Optional<Asker> asker;
  private final Messages messages;

  /// @param asker who answers what is not a command; empty when nobody does
  public Talker(Map<String, Command> commands, Optional<Asker> asker, Messages messages) {
    this.commands = Map.copyOf(commands);
    this.asker = asker;
    this.messages = messages;
  }

  /// Answers a message.
  public Turn answer(Spoken spoken, LiveReply live) throws InterruptedException, TalkException {
    String text = spoken.text().strip();
    if (isCommand(text)) {
      return command(spoken, text, live);
    }
    if (asker.isEmpty()) {
      return say(spoken, "chat.no-asker");
    }
    return asker.get().answer(spoken, text, live);
  }

  /// Tells what a document says; without an asker there is nothing to say of it.
  public Optional<Turn> summarise(Spoken spoken, String sha256, LiveReply live)
      throws InterruptedException, TalkException {
    return asker.isEmpty()
        ? Optional.empty()
        : Optional.of(asker.get().summarise(spoken, sha256, live));
  }

  /// Whether a text is a command, known or not: a slash and a word. A path is not.
  public static boolean isCommand(String text) {
    String name = name(text.strip());
    return !name.isEmpty()
        && name.length() <= LONGEST_NAME
        && name.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '_' || c == '-');
  }

  private Turn command(Spoken spoken, String text, LiveReply live)
      throws InterruptedException, TalkException {
    String name = name(text).toLowerCase(Locale.ROOT);
    Command command = commands.get(name);
    if (command == null) {
      return unknown(spoken, name);
    }
    if (!spoken.person().role().atLeast(command.least())) {
      return say(spoken, "chat.not-allowed", name);
    }
    int space = firstSpace(text);
    return command.run(spoken, text.substring(space).strip(), live);
  }

  private Turn unknown(Spoken spoken, String name) {
    List<String> nearest = nearest(name).stream().map(command -> "/" + command).toList();
    return nearest.isEmpty()
        ? say(spoken, "chat.unknown-command", Markdown.name(name))
        : say(
            spoken,
            "chat.unknown-command.nearest",
            Markdown.name(name),
            String.join(", ", nearest));
  }

  private Turn say(Spoken spoken, String key, Object... args) {
    return Turn.say(messages.text(spoken.person().language(), key, args));
  }

  /// What stands between the slash and the first space; a bot's name behind an @ is left out.
  private static String name(String text) {
    if (!text.startsWith("/")) {
      return "";
    }
    String word = text.substring(1, firstSpace(text));
    int at = word.indexOf('@');
    return at < 0 ? word : word.substring(0, at);
  }

  private static int firstSpace(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isWhitespace(text.charAt(i))) {
        return i;
      }
    }
    return text.length();
  }

  private List<String> nearest(String name) {
    TreeMap<Integer, List<String>> byDistance = new TreeMap<>();
    for (String known : commands.keySet().stream().sorted().toList()) {
      int distance = known.startsWith(name) ? 1 : distance(name, known);
      if (distance <= Math.max(2, name.length() / 3)) {
        byDistance.computeIfAbsent(distance, _ -> new ArrayList<>()).add(known);
      }
    }
    return byDistance.values().stream().flatMap(List::stream).limit(3).toList();
  }

  /// Letters to insert, delete or replace.
  private static int distance(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[other.length()];
  }
}
