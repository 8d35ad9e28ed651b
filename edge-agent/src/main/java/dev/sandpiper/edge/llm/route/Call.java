package dev.sandpiper.edge.llm.route;

import dev.sandpiper.edge.llm.Purpose;
import dev.sandpiper.edge.llm.Usage;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One call of a model, when it is over.
///
/// @param at when it began
/// @param asked what was asked, and of whom
/// @param answeredAs the id the provider answered under, else the one it was asked under
/// @param outcome [#ANSWERED], [#CANCELLED], [#DEFECT], or the kind of a [ModelException]
/// @param usage what it took; estimated when not complete
/// @param micros what it cost in millionths of a dollar; `null`: unknown
/// @param firstMillis until the first word; `null`: there was none
/// @param totalMillis until its end
/// @param characters length of the answer
/// @param cached whether it was answered from the cache
public record Call(
    Instant at,
    Asked asked,
    String answeredAs,
    String outcome,
    Usage usage,
    @Nullable Long micros,
    @Nullable Long firstMillis,
    long totalMillis,
    long characters,
    boolean cached) {

  /// There is an answer.
  public static final String ANSWERED = "ANSWERED";

  /// Whoever asked gave up.
  public static final String CANCELLED = "CANCELLED";

  /// A mistake of our own.
  public static final String DEFECT = "DEFECT";

  /// What was asked, and of whom.
  ///
  /// @param model the owner's name of the model
  /// @param provider the owner's name of the provider
  /// @param promptHash hash of the prompt's words
  /// @param shadow whether nobody sees the answer
  /// @param shadowOf number of the call that it is compared with; `null`: none
  public record Asked(
      Purpose purpose,
      String model,
      String provider,
      String promptHash,
      boolean shadow,
      @Nullable Long shadowOf) {}
}
