package dev.sandpiper.edge.chat;

import dev.sandpiper.edge.channel.Address;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A message of the inbox.
///
/// @param person who sent it
/// @param job that answers it; `null` while it waits
/// @param reason why it is parked
public record Message(
    long id,
    Address address,
    long person,
    MessageState state,
    @Nullable Long job,
    Said said,
    @Nullable String reason,
    Instant received) {

  private static final int LONGEST_LABEL = 60;

  /// What it is about, in a few words.
  public String label() {
    String text =
        switch (said) {
          case Said.Words words when words.text().isBlank() && !words.files().isEmpty() ->
              words.files().getFirst().name();
          case Said.Words words -> words.text().strip();
          case Said.Pressed pressed -> pressed.data();
          case Said.News news -> news.name();
          case Said.Scheduled scheduled -> scheduled.text().strip();
        };
    String line = text.lines().findFirst().orElse("");
    return line.codePointCount(0, line.length()) <= LONGEST_LABEL
        ? line
        : line.substring(0, line.offsetByCodePoints(0, LONGEST_LABEL)) + "…";
  }
}
