package dev.sandpiper.edge.llm;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A call without a whole answer. The message is for a person and never holds a key.
public final class ModelException extends Exception {
  private static final long serialVersionUID = 1L;

  /// What kind of trouble, for whoever decides what to do next.
  public enum Kind {
    /// The provider cannot be reached.
    UNREACHABLE,
    /// It took too long.
    TIMEOUT,
    /// It answered with a failure of its own, or with half an answer.
    SERVER,
    /// Too many requests or tokens a minute.
    RATE_LIMITED,
    /// The account has no credit.
    NO_CREDIT,
    /// It does not accept the key.
    UNAUTHORIZED,
    /// It does not know the model.
    UNKNOWN_MODEL,
    /// The question is too long for the model.
    TOO_LONG,
    /// It does not accept the request.
    BAD_REQUEST,
    /// The provider, or the owner's configuration, forbids it.
    FORBIDDEN,
    /// A budget has no money for it, or nobody knows what it costs.
    OVER_BUDGET
  }

  /// Why, for somebody who says it in a person's language.
  ///
  /// @param key of the text
  /// @param args texts as [String], dollars as [java.math.BigDecimal], instants as
  ///   [java.time.ZonedDateTime]
  public record Reason(String key, List<Object> args) {
    public Reason {
      args = List.copyOf(args);
    }
  }

  private final Kind kind;
  private final transient List<Reason> reasons;
  private final @Nullable Duration retryAfter;
  private final Usage usage;
  private final boolean asked;

  public ModelException(Kind kind, String message, @Nullable Throwable cause) {
    this(kind, message, null, Usage.NONE, cause);
  }

  /// @param usage what was used before it failed, as far as anybody knows
  public ModelException(
      Kind kind,
      String message,
      @Nullable Duration retryAfter,
      Usage usage,
      @Nullable Throwable cause) {
    this(kind, message, new More(retryAfter, usage, List.of()), cause);
  }

  /// What is known besides.
  ///
  /// @param retryAfter how long to leave it alone; `null`: nobody said
  /// @param usage what was used before it failed, as far as anybody knows
  /// @param reasons the same as the message, for other languages; empty: there is the message only
  public record More(@Nullable Duration retryAfter, Usage usage, List<Reason> reasons) {
    public More {
      reasons = List.copyOf(reasons);
    }
  }

  /// One that can be said in other languages, too.
  public ModelException(Kind kind, String message, More more, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.reasons = more.reasons();
    this.retryAfter = more.retryAfter();
    this.usage = more.usage();
    this.asked = true;
  }

  private ModelException(Kind kind, String message, @Nullable Duration retryAfter) {
    super(message);
    this.kind = kind;
    this.reasons = List.of();
    this.retryAfter = retryAfter;
    this.usage = Usage.NONE;
    this.asked = false;
  }

  /// Nobody was asked: whoever could be is left alone for a while.
  ///
  /// @param retryAfter for how long
  public static ModelException unasked(Kind kind, String message, @Nullable Duration retryAfter) {
    return new ModelException(kind, message, retryAfter);
  }

  /// What kind of trouble.
  public Kind kind() {
    return kind;
  }

  /// How long the provider asked to be left alone; `null` when it did not say.
  public @Nullable Duration retryAfter() {
    return retryAfter;
  }

  /// Why, one for each model that was to be asked; empty: there is the message only.
  public List<Reason> reasons() {
    return reasons;
  }

  /// Whether anybody was asked: if not, it says nothing of the question.
  public boolean wasAsked() {
    return asked;
  }

  /// What was used all the same.
  public Usage usage() {
    return usage;
  }
}
