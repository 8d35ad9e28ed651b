package dev.sandpiper.edge.chat;

import java.time.Duration;

/// The conversation's bounds.
///
/// @param lanes answers made at once
/// @param maxWaiting most messages of one chat that are not answered yet; more are turned away
/// @param maxText longest message, in characters
/// @param maxFiles most files of one message
/// @param maxPieces most pieces an answer is cut into
/// @param keepMessages newest messages kept after their end
/// @param keepParcels newest parcels kept after their end
/// @param keepFor how long an ended message is kept at least, so that it is known when it comes
///   again
/// @param history most messages of a chat that a model is shown
/// @param send how parcels are sent
public record ChatOptions(
    int lanes,
    int maxWaiting,
    int maxText,
    int maxFiles,
    int maxPieces,
    int keepMessages,
    int keepParcels,
    Duration keepFor,
    int history,
    SendOptions send) {

  /// How parcels are sent.
  ///
  /// @param atOnce most parcels under way
  /// @param maxAttempts failures of one parcel after which it is parked
  /// @param maxAge age at which a parcel is parked
  /// @param backoffBase longest wait after the first failure; doubles with each further one
  /// @param backoffMax longest wait the far side has not asked for
  /// @param sameWithin how long an idempotent channel takes a parcel sent twice for one
  /// @param grace how long parcels under way may take when the agent stops
  public record SendOptions(
      int atOnce,
      int maxAttempts,
      Duration maxAge,
      Duration backoffBase,
      Duration backoffMax,
      Duration sameWithin,
      Duration grace) {

    /// The same with another age.
    public SendOptions withMaxAge(Duration age) {
      return new SendOptions(atOnce, maxAttempts, age, backoffBase, backoffMax, sameWithin, grace);
    }
  }

  /// 4 lanes, 100 waiting, 32,000 characters, 20 files, 50 pieces, 10,000 messages and parcels, 5
  /// days, 40 messages of history; 8 parcels at once, 25 failures, 3 days, 1 s to 5 min, 2 min, 5
  /// s.
  public static ChatOptions defaults() {
    return new ChatOptions(
        4,
        100,
        32_000,
        20,
        50,
        10_000,
        10_000,
        Duration.ofDays(5),
        40,
        new SendOptions(
            8,
            25,
            Duration.ofDays(3),
            Duration.ofSeconds(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(2),
            Duration.ofSeconds(5)));
  }

  /// The same with other bounds on what comes in.
  public ChatOptions taking(int newLanes, int waiting, int text) {
    return new ChatOptions(
        newLanes,
        waiting,
        text,
        maxFiles,
        maxPieces,
        keepMessages,
        keepParcels,
        keepFor,
        history,
        send);
  }

  /// The same with other bounds on what is kept.
  public ChatOptions keeping(int newest, int newHistory) {
    return new ChatOptions(
        lanes, maxWaiting, maxText, maxFiles, maxPieces, newest, newest, keepFor, newHistory, send);
  }

  /// The same, sending otherwise.
  public ChatOptions sending(SendOptions newSend) {
    return new ChatOptions(
        lanes,
        maxWaiting,
        maxText,
        maxFiles,
        maxPieces,
        keepMessages,
        keepParcels,
        keepFor,
        history,
        newSend);
  }
}
