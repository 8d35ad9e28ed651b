package dev.sandpiper.edge.channel.webhook;

import dev.sandpiper.edge.config.Secret;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Another program.
///
/// @param name the last part of its door's path, and its account
/// @param secrets of its signatures, at least one
/// @param url where answers go; `null`: nowhere
public record Webhook(String name, List<Secret> secrets, @Nullable URI url) {
  public Webhook {
    secrets = List.copyOf(secrets);
  }
}
