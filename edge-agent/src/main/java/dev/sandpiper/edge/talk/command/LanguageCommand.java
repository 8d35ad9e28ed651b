package dev.sandpiper.edge.talk.command;

import dev.sandpiper.edge.channel.Button;
import dev.sandpiper.edge.channel.LiveReply;
import dev.sandpiper.edge.channel.Outgoing;
import dev.sandpiper.edge.people.People;
import dev.sandpiper.edge.people.Role;
import dev.sandpiper.edge.talk.Command;
import dev.sandpiper.edge.talk.Markdown;
import dev.sandpiper.edge.talk.Spoken;
import dev.sandpiper.edge.talk.Turn;
import dev.sandpiper.edge.talk.Voice;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// `/language`: what is spoken with somebody.
record LanguageCommand(Desk desk, People people) implements Command {

  @Override
  public String name() {
    return "language";
  }

  @Override
  public Role least() {
    return Role.GUEST;
  }

  @Override
  public Turn run(Spoken spoken, String words, LiveReply live) {
    Voice voice = desk.voice(spoken);
    List<Locale> all = desk.messages().spoken();
    Optional<Locale> chosen = all.stream().filter(locale -> isCalled(locale, words)).findFirst();
    if (chosen.isPresent()) {
      Voice other = new Voice(desk.messages(), chosen.get(), desk.zone());
      return new Turn(
          List.of(Outgoing.text(other.say("command.language.done"))),
          tx -> people.language(tx, spoken.person().id(), chosen.get()));
    }
    List<Button> buttons =
        all.stream()
            .limit(5)
            .map(locale ->
                new Button(locale.getDisplayLanguage(locale), "/language " + locale.getLanguage()))
            .toList();
    String text =
        words.isEmpty()
            ? voice.say("command.language.which")
            : voice.say("command.language.unknown", Markdown.plain(words, 40));
    return new Turn(List.of(new Outgoing.Text(text, buttons, null)), _ -> {});
  }

  private static boolean isCalled(Locale locale, String word) {
    return word.equalsIgnoreCase(locale.getLanguage())
        || word.equalsIgnoreCase(locale.getDisplayLanguage(locale))
        || word.equalsIgnoreCase(locale.getDisplayLanguage(Locale.ENGLISH));
  }
}
