package dev.sandpiper.edge.talk.command;

import dev.sandpiper.edge.channel.Button;
import dev.sandpiper.edge.channel.LiveReply;
import dev.sandpiper.edge.channel.Outgoing;
import dev.sandpiper.edge.library.DocumentInfo;
import dev.sandpiper.edge.people.Role;
import dev.sandpiper.edge.talk.Command;
import dev.sandpiper.edge.talk.Markdown;
import dev.sandpiper.edge.talk.Spoken;
import dev.sandpiper.edge.talk.Turn;
import dev.sandpiper.edge.talk.Voice;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// `/forget`: deletes a document for good, when that is confirmed; or what was said.
record ForgetCommand(Desk desk, Conversations conversations) implements Command {
  private static final String CONFIRMED = "yes! ";
  private static final String KEPT = "no!";

  /// Enough of a document's id to mean no other.
  private static final int ID = 32;

  @Override
  public String name() {
    return "forget";
  }

  @Override
  public Role least() {
    return Role.GUEST;
  }

  @Override
  public Turn run(Spoken spoken, String words, LiveReply live) {
    Voice voice = desk.voice(spoken);
    if (words.isEmpty()) {
      return Turn.say(voice.say("command.forget.what"));
    }
    if (words.equals(KEPT)) {
      return Turn.say(voice.say("command.forget.kept"));
    }
    if (words.startsWith(CONFIRMED)) {
      return delete(spoken, voice, words.substring(CONFIRMED.length()).strip());
    }
    String word = words.toLowerCase(Locale.ROOT);
    if (word.equals("history") || word.equals(voice.say("command.forget.history"))) {
      return new Turn(
          List.of(Outgoing.text(voice.say("command.forget.history-done"))),
          tx -> conversations.forget(tx, spoken.address()));
    }
    return desk.find(spoken.person(), words)
        .map(document -> ask(spoken, voice, document))
        .orElseGet(() -> Turn.say(voice.say("command.doc.none", Markdown.plain(words, 100))));
  }

  private Turn ask(Spoken spoken, Voice voice, DocumentInfo document) {
    String name = Markdown.name(document.name());
    if (!desk.owns(spoken.person(), document.sha256())) {
      return Turn.say(voice.say("command.forget.not-yours", name));
    }
    List<Button> buttons =
        List.of(
            new Button(
                voice.say("command.forget.yes"),
                "/forget " + CONFIRMED + document.sha256().substring(0, ID)),
            new Button(voice.say("command.forget.no"), "/forget " + KEPT));
    String text = voice.say("command.forget.sure", name);
    return new Turn(List.of(new Outgoing.Text(text, buttons, null)), _ -> {});
  }

  /// Deletes at once: it takes transactions of its own, and doing it twice is doing it once.
  private Turn delete(Spoken spoken, Voice voice, String id) {
    Optional<DocumentInfo> found = desk.find(spoken.person(), id);
    if (id.length() < ID || found.isEmpty()) {
      return Turn.say(voice.say("command.forget.gone"));
    }
    String name = Markdown.name(found.get().name());
    if (!desk.owns(spoken.person(), found.get().sha256())) {
      return Turn.say(voice.say("command.forget.not-yours", name));
    }
    desk.library().delete(found.get().sha256());
    return Turn.say(voice.say("command.forget.done", name));
  }
}
