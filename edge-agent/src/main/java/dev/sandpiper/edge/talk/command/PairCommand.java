package dev.sandpiper.edge.talk.command;

import dev.sandpiper.edge.channel.LiveReply;
import dev.sandpiper.edge.people.Pairing;
import dev.sandpiper.edge.people.Role;
import dev.sandpiper.edge.store.Database;
import dev.sandpiper.edge.talk.Command;
import dev.sandpiper.edge.talk.Notices;
import dev.sandpiper.edge.talk.Spoken;
import dev.sandpiper.edge.talk.Turn;

/// `/pair`: answers who has just been let in by their code, or tells how others are.
record PairCommand(Desk desk, Database database, Pairing pairing) implements Command {

  @Override
  public String name() {
    return "pair";
  }

  @Override
  public Role least() {
    return Role.GUEST;
  }

  @Override
  public Turn run(Spoken spoken, String words, LiveReply live) {
    if (words.isEmpty()) {
      return Turn.say(desk.voice(spoken).say("command.pair.how"));
    }
    return Turn.say(
        new Notices(desk.messages())
            .text(
                spoken.person().language(),
                database.read(tx -> pairing.outcome(tx, spoken.person(), words))));
  }
}
