package dev.sandpiper.edge.people;

import dev.sandpiper.edge.channel.Sender;
import java.util.Optional;

/// Somebody as one channel knows them.
///
/// @param channel such as `telegram`
/// @param id the far side's id, which its bearer cannot choose
public record Account(String channel, String id) {
  private static final int LONGEST = 128;

  /// Who wrote.
  public static Account of(Sender sender) {
    return new Account(sender.channel(), sender.id());
  }

  /// Reads `telegram:12345`; empty when it is nothing like it.
  public static Optional<Account> find(String text) {
    int colon = text.indexOf(':');
    if (colon < 1 || colon == text.length() - 1 || text.length() > LONGEST) {
      return Optional.empty();
    }
    return Optional.of(new Account(text.substring(0, colon), text.substring(colon + 1)));
  }

  /// As it stands in the configuration: `telegram:12345`.
  public String text() {
    return channel + ":" + id;
  }
}
