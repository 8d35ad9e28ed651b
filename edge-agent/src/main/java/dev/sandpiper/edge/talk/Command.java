package dev.sandpiper.edge.talk;

import dev.sandpiper.edge.channel.LiveReply;
import dev.sandpiper.edge.people.Role;

/// A slash command.
public interface Command {

  /// Its name, without the slash. Its help stands in the resource bundles under `command.<name>`.
  String name();

  /// Who may use it.
  Role least();

  /// Does it.
  ///
  /// @param words what stands after the command, stripped
  Turn run(Spoken spoken, String words, LiveReply live) throws InterruptedException, TalkException;
}
