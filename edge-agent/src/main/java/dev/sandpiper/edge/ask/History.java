package dev.sandpiper.edge.ask;

import dev.sandpiper.edge.channel.Address;
import dev.sandpiper.edge.llm.ChatMessage;
import java.util.List;

/// What was said in a chat before, as a model is shown it.
public interface History {

  /// Nothing was.
  History NONE = _ -> List.of();

  /// Oldest first; it begins with a person's words, and every tool call has its result.
  List<ChatMessage> of(Address address);
}
