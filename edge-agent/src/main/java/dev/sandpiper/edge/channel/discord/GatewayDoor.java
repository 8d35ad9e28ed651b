package dev.sandpiper.edge.channel.discord;

import dev.sandpiper.edge.json.JsonValue;
import dev.sandpiper.edge.net.HttpCallException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;

/// Where the gateway is, and whether a new session may be begun there: Discord resets the token of
/// a bot that begins a thousand in a day.
final class GatewayDoor {

  /// Kept for a person who needs a restart today.
  private static final int RESERVE = 10;

  private static final Duration LONGEST = Duration.ofHours(24);

  private final Rest rest;
  private final boolean plain;

  /// @param plain whether addresses without TLS are taken
  GatewayDoor(Rest rest, boolean plain) {
    this.rest = rest;
    this.plain = plain;
  }

  /// What was found.
  sealed interface Found {
    record Open(String url) implements Found {}

    record Shut(Gateway.End end) implements Found {}
  }

  Found find() throws InterruptedException {
    try {
      return switch (rest.get("/gateway/bot")) {
        case RestAnswer.Done(JsonValue json) -> read(json);
        case RestAnswer.Limited(Duration after, _) ->
            shut("Discord asks to be left alone for a while (429)", after);
        case RestAnswer.Failed(int status, _, _) when status == 401 ->
            new Found.Shut(new Gateway.End.Never(String.valueOf(CloseCode.fatal(4_004))));
        case RestAnswer.Failed failed -> shut(Rest.words(failed), Duration.ZERO);
      };
    } catch (HttpCallException e) {
      return shut(String.valueOf(e.getMessage()), Duration.ZERO);
    }
  }

  private Found read(JsonValue json) {
    long left = json.number(RESERVE + 1L, "session_start_limit", "remaining");
    if (left <= RESERVE) {
      long reset = json.number(LONGEST.toMillis(), "session_start_limit", "reset_after");
      Duration wait = Duration.ofMillis(Math.clamp(reset, 1_000, LONGEST.toMillis()));
      return shut(
          "nearly all of today's sessions are used (%d left); a new one is begun in %d min"
              .formatted(left, wait.toMinutes() + 1),
          wait);
    }
    String url = json.text("url", "");
    return isAddress(url)
        ? new Found.Open(url)
        : shut("Discord named no gateway that can be used", Duration.ZERO);
  }

  private static Found shut(String why, Duration atLeast) {
    return new Found.Shut(new Gateway.End.Again(why, true, Gateway.Came.NOWHERE, atLeast));
  }

  /// The token goes there: only with TLS, unless it is a stand-in on this machine.
  boolean isAddress(String url) {
    return isAddress(url, plain);
  }

  static boolean isAddress(String url, boolean plain) {
    try {
      URI uri = new URI(url);
      boolean safe = "wss".equals(uri.getScheme()) || (plain && "ws".equals(uri.getScheme()));
      return safe && uri.getHost() != null && uri.getRawUserInfo() == null;
    } catch (URISyntaxException _) {
      return false;
    }
  }
}
