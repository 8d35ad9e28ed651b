package dev.sandpiper.edge.channel.discord;

import dev.sandpiper.edge.health.CheckResult;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// How the channel stands, for whoever asks.
final class Standing {

  /// A connection that is away this long is worth a word.
  private static final Duration GRACE = Duration.ofMinutes(2);

  private final InstantSource clock;
  private State state;

  private sealed interface State {
    record Beginning(Instant since) implements State {}

    record Connected(Instant since) implements State {}

    record Away(Instant since, String why) implements State {}

    record Given(String why) implements State {}
  }

  Standing(InstantSource clock) {
    this.clock = clock;
    this.state = new State.Beginning(clock.instant());
  }

  synchronized void connected() {
    state = new State.Connected(clock.instant());
  }

  /// @return whether it was connected, or this reason is a new one
  synchronized boolean away(String why) {
    if (state instanceof State.Away(Instant since, String before)) {
      state = new State.Away(since, why);
      return !before.equals(why);
    }
    state = new State.Away(clock.instant(), why);
    return true;
  }

  synchronized void givenUp(String why) {
    state = new State.Given(why);
  }

  synchronized CheckResult check() {
    String name = DiscordChannel.NAME;
    return switch (state) {
      case State.Beginning _ -> CheckResult.ok(name, "connecting");
      case State.Connected(Instant since) -> CheckResult.ok(name, "connected since " + since);
      case State.Away(Instant since, String why) -> {
        Duration away = Duration.between(since, clock.instant());
        yield away.compareTo(GRACE) < 0
            ? CheckResult.ok(name, "reconnecting: " + why)
            : CheckResult.warn(
                name,
                "not connected for %d min: %s".formatted(away.toMinutes(), why),
                "It is tried again; nothing is lost, messages are fetched when it is back.");
      }
      case State.Given(String why) ->
          CheckResult.fail(name, "switched off until the next start", why + ".");
    };
  }
}
