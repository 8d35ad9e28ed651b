package dev.sandpiper.edge.channel.discord;

import dev.sandpiper.edge.journal.Journal;
import dev.sandpiper.edge.net.HttpCallException;
import dev.sandpiper.edge.net.HttpCaller;
import java.time.Duration;
import java.util.random.RandomGenerator;

/// Keeps a session with the gateway for as long as the agent runs: resumes it where it can, begins
/// another where it must, and stops where Discord says that there is no use.
final class Gateway {

  /// So many connections in a row that come to nothing end the session they were to resume.
  private static final int MOST_FUTILE = 3;

  /// After so many that did not come about at all, Discord has forgotten it.
  private static final int MOST_UNREACHED = 20;

  private static final int MOST_DOUBLINGS = 20;

  private final HttpCaller caller;
  private final DiscordOptions options;
  private final Parts parts;
  private final Standing standing;
  private final Journal journal;
  private final RandomGenerator random;

  /// What it works with.
  ///
  /// @param ready runs whenever a session has begun
  record Parts(Memory memory, Arrivals arrivals, GatewayDoor door, Runnable ready) {}

  /// How a connection ended.
  sealed interface End {
    /// Come back.
    ///
    /// @param resume whether the session may go on
    /// @param atLeast how long to wait first
    record Again(String why, boolean resume, Came came, Duration atLeast) implements End {}

    /// Do not come back.
    record Never(String why) implements End {}
  }

  /// How far a connection came.
  enum Came {
    /// Nobody was reached, or we were not able to listen.
    NOWHERE,
    /// The gateway was, and nothing came of it.
    TO_THE_DOOR,
    /// A session began or went on.
    IN
  }

  Gateway(
      HttpCaller caller,
      DiscordOptions options,
      Parts parts,
      Standing standing,
      Surroundings surroundings) {
    this.caller = caller;
    this.options = options;
    this.parts = parts;
    this.standing = standing;
    this.journal = surroundings.journal();
    this.random = surroundings.random();
  }

  /// Whom it tells, and chance.
  record Surroundings(Journal journal, RandomGenerator random) {}

  /// Works until it is interrupted, or Discord sends it away for good.
  void run() {
    int futile = 0;
    int unreached = 0;
    try {
      while (true) {
        switch (connection()) {
          case End.Never(String why) -> {
            standing.givenUp(why);
            journal.error("discord-stopped", "reason", why);
            return;
          }
          case End.Again(String why, boolean resume, Came came, Duration atLeast) -> {
            futile = came == Came.TO_THE_DOOR ? futile + 1 : came == Came.IN ? 0 : futile;
            unreached = came == Came.NOWHERE ? unreached + 1 : 0;
            if (!resume || futile >= MOST_FUTILE || unreached >= MOST_UNREACHED) {
              parts.memory().forgetSession();
            }
            if (standing.away(why)) {
              journal.warn("discord-away", "reason", why);
            }
            Thread.sleep(pause(futile + unreached, atLeast));
          }
        }
      }
    } catch (InterruptedException _) {
      // the agent stops
    }
  }

  /// Full jitter below a bound that doubles, on top of what was asked for; never at once.
  private Duration pause(int failures, Duration atLeast) {
    long base = options.pause().toMillis();
    long bound =
        Math.min(options.longestPause().toMillis(), base << Math.min(failures, MOST_DOUBLINGS));
    return atLeast.plusMillis(base / 4 + random.nextLong(Math.max(1, bound)));
  }

  private End connection() throws InterruptedException {
    parts.arrivals().end();
    Memory.Session session = parts.memory().session();
    String url;
    if (session != null) {
      url = session.url();
    } else {
      switch (parts.door().find()) {
        case GatewayDoor.Found.Open(String found) -> url = found;
        case GatewayDoor.Found.Shut(End end) -> {
          return end;
        }
      }
    }
    try (Connection connection =
        new Connection(
            caller,
            options,
            new Connection.Parts(parts.memory(), parts.arrivals(), this::ready),
            random)) {
      return connection.run(url, session);
    } catch (HttpCallException e) {
      return new End.Again(String.valueOf(e.getMessage()), true, Came.NOWHERE, Duration.ZERO);
    } finally {
      parts.arrivals().end();
    }
  }

  private void ready() {
    standing.connected();
    journal.info("discord-connected");
    parts.ready().run();
  }
}
