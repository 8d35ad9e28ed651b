package dev.sandpiper.edge.talk.command;

import dev.sandpiper.edge.channel.Outgoing;
import dev.sandpiper.edge.people.Role;
import dev.sandpiper.edge.talk.Markdown;
import dev.sandpiper.edge.talk.Spoken;
import dev.sandpiper.edge.talk.Turn;
import dev.sandpiper.edge.talk.Voice;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// `/cost resume WORKFLOW`: lets a workflow go on that seemed to have run away.
record CostResume(Pauses pauses) {

  /// Empty when the words are about something else.
  Optional<Turn> find(Spoken spoken, String words, Voice voice) {
    String[] parts = words.strip().split("\\s+", 2);
    String word = parts[0].toLowerCase(Locale.ROOT);
    if (!word.equals("resume") && !word.equals(voice.say("command.cost.word.resume"))) {
      return Optional.empty();
    }
    if (spoken.person().role() != Role.OWNER) {
      return Optional.of(Turn.say(voice.say("command.cost.resume.owner")));
    }
    List<String> paused = pauses.workflows();
    String workflow = parts.length < 2 ? "" : parts[1];
    if (paused.contains(workflow)) {
      return Optional.of(
          new Turn(
              List.of(
                  Outgoing.text(voice.say("command.cost.resume.done", Markdown.name(workflow)))),
              tx -> pauses.resume(tx, workflow)));
    }
    String names = paused.stream().map(Markdown::name).collect(Collectors.joining(", "));
    return Optional.of(
        Turn.say(
            paused.isEmpty()
                ? voice.say("command.cost.resume.none")
                : voice.say("command.cost.resume.which", names)));
  }
}
