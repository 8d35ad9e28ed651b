package dev.sandpiper.edge.queue;

import java.util.List;

/// Who claims a job. Each lane has threads of its own, so that a hundred documents never hold up an
/// answer, nor the other way round.
public enum Lane {
  /// Documents.
  DOCUMENTS,
  /// Answers and reminders.
  TALK;

  /// What it takes, best first.
  List<Priority> priorities() {
    return switch (this) {
      case DOCUMENTS -> List.of(Priority.CHAT, Priority.INTERACTIVE, Priority.BULK);
      case TALK -> List.of(Priority.ANSWER);
    };
  }

  static Lane of(Priority priority) {
    return priority == Priority.ANSWER ? TALK : DOCUMENTS;
  }
}
