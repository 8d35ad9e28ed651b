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
/// @param run the schedule that asks; `null`: the person does
public record Spoken(
    long id,
    Person person,
    Address address,
    String text,
    List<ReceivedFile> files,
    @Nullable String replyTo,
    @Nullable Run run) {

  public Spoken {
    files = List.copyOf(files);
  }

  /// What a person says.
  public Spoken(
      long id,
      Person person,
      Address address,
      String text,
      List<ReceivedFile> files,
      @Nullable String replyTo) {
    this(id, person, address, text, files, replyTo, null);
  }

  /// The schedule on whose behalf it is said.
  ///
  /// @param isQuiet whether an answer without anything to tell is left out
  public record Run(String schedule, boolean isQuiet) {}

  /// What calls of models are counted under.
  ///
  /// @param usual when the person asks
  public String workflow(String usual) {
    return run == null ? usual : "schedule:" + run.schedule();
  }

  /// Whether it asks only for what is worth telling.
  public boolean isQuiet() {
    return run != null && run.isQuiet();
  }

  /// A file that came with a message.
  ///
  /// @param sha256 of its bytes; `null` when it was not taken
  /// @param refusal why it was not taken; `null` when it was
  public record ReceivedFile(String name, @Nullable String sha256, @Nullable String refusal) {}
}
