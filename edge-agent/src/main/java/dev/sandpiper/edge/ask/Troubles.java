package dev.sandpiper.edge.ask;

import dev.sandpiper.edge.llm.ModelException;
import dev.sandpiper.edge.talk.Markdown;
import dev.sandpiper.edge.talk.Spoken;
import dev.sandpiper.edge.talk.TalkException;
import java.time.Duration;

/// What to do when no model answers.
final class Troubles {
  /// A person does not wait longer for a better answer.
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private Troubles() {}

  /// Whether trying again soon may help. What lasts longer is answered without a model.
  static boolean passes(ModelException e) {
    Duration after = e.retryAfter();
    return switch (e.kind()) {
      case UNREACHABLE, TIMEOUT, SERVER, RATE_LIMITED ->
          after == null || after.compareTo(PATIENCE) <= 0;
      case NO_CREDIT, UNAUTHORIZED, UNKNOWN_MODEL, TOO_LONG, BAD_REQUEST, FORBIDDEN, OVER_BUDGET ->
          false;
    };
  }

  /// What a schedule asks and may not is refused, rather than answered as well as it can be: the
  /// next one comes at its time.
  static boolean refuses(ModelException e, Spoken spoken) {
    return spoken.run() != null
        && !passes(e)
        && (spoken.isQuiet()
            || e.kind() == ModelException.Kind.FORBIDDEN
            || e.kind() == ModelException.Kind.OVER_BUDGET);
  }

  static TalkException refused(ModelException e) {
    return TalkException.refused(Markdown.plain(String.valueOf(e.getMessage()), 300), e);
  }

  static TalkException later(ModelException e, Phrases phrases) {
    String why = Markdown.plain(String.valueOf(e.getMessage()), 300);
    String text = phrases.text("ask.model-trouble", why);
    return e.wasAsked()
        ? TalkException.passing(text, e.retryAfter(), e)
        : TalkException.notYet(text, e.retryAfter(), e);
  }
}
