package dev.sandpiper.edge.ask;

import dev.sandpiper.edge.llm.ModelException;
import dev.sandpiper.edge.talk.Markdown;
import dev.sandpiper.edge.talk.Spoken;
import dev.sandpiper.edge.talk.TalkException;
import java.time.Duration;
import java.util.List;

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

  /// Why, in the person's language where there are words for it.
  static String words(ModelException e, Phrases phrases) {
    List<ModelException.Reason> reasons = e.reasons();
    if (reasons.isEmpty()) {
      return Markdown.plain(String.valueOf(e.getMessage()), 300);
    }
    StringBuilder words = new StringBuilder(phrases.tell(reasons.getFirst()));
    reasons.stream()
        .skip(1)
        .map(phrases::tell)
        .forEach(also -> words.append(' ').append(phrases.text("money.refused.stand-in", also)));
    return words.toString();
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

  static TalkException refused(ModelException e, Phrases phrases) {
    return TalkException.refused(words(e, phrases), e);
  }

  static TalkException later(ModelException e, Phrases phrases) {
    String text = phrases.text("ask.model-trouble", words(e, phrases));
    return e.wasAsked()
        ? TalkException.passing(text, e.retryAfter(), e)
        : TalkException.notYet(text, e.retryAfter(), e);
  }
}
