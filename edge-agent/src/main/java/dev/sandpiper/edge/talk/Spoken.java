package dev.sandpiper.edge.talk;

import dev.sandpiper.edge.channel.Address;
import dev.sandpiper.edge.people.Person;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A message of somebody who is let in, its files in the library's hands.
///
/// @param id of the message in the inbox
/// @param text what was written, or a pressed button's data
/// @param files what came with it
/// @param replyTo the earlier message of this conversation that it answers; `null` when none
public record Spoken(
    long id,
    Person person,
    Address address,
    String text,
    List<ReceivedFile> files,
    @Nullable String replyTo) {

  public Spoken {
    files = List.copyOf(files);
  }

  /// A file that came with a message.
  ///
  /// @param sha256 of its bytes; `null` when it was not taken
  /// @param refusal why it was not taken; `null` when it was
  public record ReceivedFile(String name, @Nullable String sha256, @Nullable String refusal) {}
}
