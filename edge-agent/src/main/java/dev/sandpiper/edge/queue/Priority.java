package dev.sandpiper.edge.queue;

/// Who is waiting for a job. Better ones overtake, but every eighth claim looks from the other end,
/// so that a bulk import always moves.
public enum Priority {
  /// Somebody in a conversation.
  CHAT(0),
  /// Somebody at a command or a page.
  INTERACTIVE(1),
  /// Nobody in particular.
  BULK(2);

  /// The highest rank.
  static final int WORST = 2;

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
      default -> BULK;
    };
  }
}
