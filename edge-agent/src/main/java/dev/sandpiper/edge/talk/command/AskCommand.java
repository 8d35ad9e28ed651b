package dev.sandpiper.edge.talk.command;

import dev.sandpiper.edge.channel.LiveReply;
import dev.sandpiper.edge.people.Role;
import dev.sandpiper.edge.talk.Asker;
import dev.sandpiper.edge.talk.Command;
import dev.sandpiper.edge.talk.Spoken;
import dev.sandpiper.edge.talk.TalkException;
import dev.sandpiper.edge.talk.Turn;

/// `/ask`: what is asked without a slash, too.
record AskCommand(Desk desk, Asker asker) implements Command {

  @Override
  public String name() {
    return "ask";
  }

  @Override
  public Role least() {
    return Role.GUEST;
  }

  @Override
  public Turn run(Spoken spoken, String words, LiveReply live)
      throws InterruptedException, TalkException {
    return words.isEmpty()
        ? Turn.say(desk.voice(spoken).say("command.ask.what"))
        : asker.answer(spoken, words, live);
  }
}
