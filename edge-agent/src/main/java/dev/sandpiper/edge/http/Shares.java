package dev.sandpiper.edge.http;

import dev.sandpiper.edge.config.HttpConfig;
import java.util.concurrent.Semaphore;

/// How many requests of each kind are served at once.
///
/// @param uploads permits for bodies that may take long
/// @param lookups permits for everything else
/// @param subscribers permits for event streams
/// @param hooks permits for what other programs call
record Shares(Semaphore uploads, Semaphore lookups, Semaphore subscribers, Semaphore hooks) {

  static Shares of(HttpConfig.Limits limits) {
    return new Shares(
        new Semaphore(limits.uploads()),
        new Semaphore(limits.lookups()),
        new Semaphore(limits.subscribers()),
        new Semaphore(limits.hooks()));
  }

  Semaphore of(Route.Access access) {
    return switch (access) {
      case UPLOAD, OPEN_UPLOAD -> uploads;
      case OPEN, LOOKUP -> lookups;
      case HOOK -> hooks;
    };
  }
}
