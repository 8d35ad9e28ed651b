package dev.sandpiper.edge.channel.web;

import java.util.Optional;

/// Knows who is let in.
public interface Doorkeeper {

  /// Whoever has the agent's token.
  Visitor owner();

  /// Whoever has this one-time code, which is used up by it.
  ///
  /// @param language what the browser speaks, such as `de`; for somebody who is new
  Optional<Visitor> redeem(String code, String language);

  /// Who this is now; empty when they are not let in any more.
  Optional<Visitor> find(String visitor);
}
