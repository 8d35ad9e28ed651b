package dev.sandpiper.edge.talk.command;

import dev.sandpiper.edge.channel.Button;
import dev.sandpiper.edge.channel.LiveReply;
import dev.sandpiper.edge.channel.Outgoing;
import dev.sandpiper.edge.config.Nearest;
import dev.sandpiper.edge.llm.Models;
import dev.sandpiper.edge.people.People;
import dev.sandpiper.edge.people.Role;
import dev.sandpiper.edge.talk.Command;
import dev.sandpiper.edge.talk.Markdown;
import dev.sandpiper.edge.talk.Spoken;
import dev.sandpiper.edge.talk.Turn;
import dev.sandpiper.edge.talk.Voice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `/model`: which model answers somebody.
record ModelCommand(Desk desk, People people, Models models) implements Command {
  private static final String USUAL = "-";
  private static final int SHOWN = 20;
  private static final int BUTTONS = 4;
  private static final int LONGEST = 48;

  @Override
  public String name() {
    return "model";
  }

  @Override
  public Role least() {
    return Role.MEMBER;
  }

  @Override
  public Turn run(Spoken spoken, String words, LiveReply live) {
    Voice voice = desk.voice(spoken);
    List<Models.ModelInfo> all = models.list();
    if (all.isEmpty()) {
      return Turn.say(voice.say("command.model.none"));
    }
    if (words.isEmpty()) {
      return list(spoken, voice, all);
    }
    long person = spoken.person().id();
    if (words.equals(USUAL)) {
      return new Turn(
          List.of(Outgoing.text(voice.say("command.model.usual-done"))),
          tx -> people.model(tx, person, null));
    }
    Optional<String> name =
        all.stream().map(Models.ModelInfo::name).filter(words::equalsIgnoreCase).findFirst();
    if (name.isEmpty()) {
      String asked = Markdown.code(words, 40);
      return Turn.say(
          Nearest.to(words, all.stream().map(Models.ModelInfo::name).toList())
              .map(near -> voice.say("command.model.near", asked, Markdown.code(near, 40)))
              .orElseGet(() -> voice.say("command.model.unknown", asked)));
    }
    return new Turn(
        List.of(Outgoing.text(voice.say("command.model.done", Markdown.code(name.get(), 40)))),
        tx -> people.model(tx, person, name.get()));
  }

  private Turn list(Spoken spoken, Voice voice, List<Models.ModelInfo> all) {
    Optional<String> chosen = people.findModel(spoken.person().id());
    StringBuilder text = new StringBuilder();
    text.append(
        chosen
            .map(name -> voice.say("command.model.yours", Markdown.code(name, 40)))
            .orElseGet(() -> voice.say("command.model.usual")));
    text.append('\n');
    for (Models.ModelInfo model : all.subList(0, Math.min(SHOWN, all.size()))) {
      text.append("\n- **").append(Markdown.name(model.name())).append("** – ");
      text.append(Markdown.name(model.model())).append(": ").append(Markdown.name(model.state()));
    }
    List<Button> buttons = new ArrayList<>();
    all.stream()
        .map(Models.ModelInfo::name)
        .filter(name -> name.length() <= LONGEST && !chosen.equals(Optional.of(name)))
        .limit(BUTTONS)
        .forEach(name -> buttons.add(new Button(name, "/model " + name)));
    if (chosen.isPresent()) {
      buttons.add(new Button(voice.say("command.model.back"), "/model " + USUAL));
    }
    return new Turn(List.of(new Outgoing.Text(text.toString(), buttons, null)), _ -> {});
  }
}
