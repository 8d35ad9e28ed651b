package dev.sandpiper.edge.config;

import java.time.Duration;

/// The chat page.
///
/// @param session how long a browser that is not used stays logged in
public record WebConfig(boolean enabled, Duration session) {

  static WebConfig from(Values values) {
    return new WebConfig(
        values.flag(ConfigKey.WEB_ENABLED), values.duration(ConfigKey.WEB_SESSION));
  }
}
