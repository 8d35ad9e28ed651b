package dev.sandpiper.edge.ask;

import dev.sandpiper.edge.channel.LiveReply;
import dev.sandpiper.edge.library.PassageQuery.Scope;
import dev.sandpiper.edge.talk.Spoken;
import java.util.List;
import java.util.Set;

/// One question and all that belongs to it.
///
/// @param scope which documents may answer it
/// @param earlier what was asked before in this chat by this person, the newest first
/// @param gone documents that answered before and are deleted
/// @param about documents it is about for certain
record Case(
    Spoken spoken,
    Question question,
    Scope scope,
    List<Memory.Earlier> earlier,
    Set<String> gone,
    Set<String> about,
    Phrases phrases,
    LiveReply live) {

  Case {
    earlier = List.copyOf(earlier);
    gone = Set.copyOf(gone);
    about = Set.copyOf(about);
  }

  Case about(Set<String> documents) {
    return new Case(spoken, question, scope, earlier, gone, documents, phrases, live);
  }
}
