package dev.sandpiper.edge.talk.command;

import dev.sandpiper.edge.channel.LiveReply;
import dev.sandpiper.edge.config.Nearest;
import dev.sandpiper.edge.people.Role;
import dev.sandpiper.edge.talk.Command;
import dev.sandpiper.edge.talk.Markdown;
import dev.sandpiper.edge.talk.Spoken;
import dev.sandpiper.edge.talk.Turn;
import dev.sandpiper.edge.talk.Voice;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/// `/help` and `/start`: what there is, made from what stands in the bundles.
///
/// @param start whether it greets first
record HelpCommand(Desk desk, Supplier<List<Command>> commands, boolean start) implements Command {

  @Override
  public String name() {
    return start ? "start" : "help";
  }

  @Override
  public Role least() {
    return Role.GUEST;
  }

  @Override
  public Turn run(Spoken spoken, String words, LiveReply live) {
    Voice voice = desk.voice(spoken);
    if (words.isEmpty() || start) {
      return Turn.say(overview(spoken, voice));
    }
    String wanted = words.toLowerCase(Locale.ROOT).replaceFirst("^/", "");
    List<Command> usable = usable(spoken);
    Optional<Command> found = usable.stream().filter(c -> c.name().equals(wanted)).findFirst();
    return Turn.say(
        found
            .map(command -> details(voice, command))
            .orElseGet(() ->
                Nearest.to(wanted, usable.stream().map(Command::name).toList())
                    .map(near ->
                        voice.say("command.unknown.near", Markdown.code("/" + wanted, 40), near))
                    .orElseGet(
                        () -> voice.say("command.unknown", Markdown.code("/" + wanted, 40)))));
  }

  private String overview(Spoken spoken, Voice voice) {
    StringBuilder text = new StringBuilder();
    if (start) {
      text.append(voice.say("command.start.text", Markdown.name(spoken.person().name())));
    } else {
      text.append(voice.say("command.help.text"));
    }
    text.append("\n");
    for (Command command : usable(spoken)) {
      if (!command.name().equals("start")) {
        text.append("\n- /").append(command.name());
        text.append(" – ").append(voice.say("command." + command.name()));
      }
    }
    return text.append("\n\n").append(voice.say("command.help.more")).toString();
  }

  private static String details(Voice voice, Command command) {
    String key = "command." + command.name();
    String usage = voice.messages().has(key + ".usage") ? " " + voice.say(key + ".usage") : "";
    return "**/"
        + command.name()
        + "**"
        + " – "
        + voice.say(key)
        + "\n\n`/"
        + command.name()
        + usage
        + "`\n\n"
        + voice.say(key + ".help");
  }

  private List<Command> usable(Spoken spoken) {
    return commands.get().stream()
        .filter(command -> spoken.person().role().atLeast(command.least()))
        .toList();
  }
}
