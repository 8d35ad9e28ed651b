package dev.sandpiper.edge.queue;

/// Who is waiting for a job. Better ones overtake, but every eighth claim looks from the other end,
/// so that a bulk import always moves.
public enum Priority {
  /// A document of somebody in a conversation.
  CHAT(0),
  /// Somebody at a command or a page.
  INTERACTIVE(1),
  /// Nobody in particular.
  BULK(2),
  /// Not a document at all: an answer, a reminder. It neither overtakes documents nor waits for
  /// them, see [Lane].
  ANSWER(3);

  private final int rank;

  Priority(int rank) {
    this.rank = rank;
  }

  /// Its place in the database; lower goes first.
  int rank() {
    return rank;
  }

  static Priority of(int rank) {
    return switch (rank) {
      case 0 -> CHAT;
      case 1 -> INTERACTIVE;
      case 3 -> ANSWER;
      default -> BULK;
    };
  }
}
