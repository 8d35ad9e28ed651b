package dev.sandpiper.edge.price;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// What a model's tokens cost.
///
/// @param plain for a question of usual length
/// @param above for longer ones; `null`: the same
record ModelPrice(Rates plain, @Nullable Above above) {

  /// Dollars for a million tokens; `null`: unknown.
  record Rates(
      BigDecimal input,
      BigDecimal output,
      @Nullable BigDecimal cached,
      @Nullable BigDecimal cacheWrite) {

    /// Each price, the dearer one.
    Rates dearer(Rates other) {
      return new Rates(
          input.max(other.input),
          output.max(other.output),
          dearer(cached, other.cached),
          dearer(cacheWrite, other.cacheWrite));
    }

    private static @Nullable BigDecimal dearer(@Nullable BigDecimal one, @Nullable BigDecimal two) {
      return one == null || two == null ? (one == null ? two : one) : one.max(two);
    }
  }

  /// @param tokens a question with more than this costs `rates`
  record Above(long tokens, Rates rates) {}

  /// What is reckoned with for a model that is asked no more than so many tokens: where some of its
  /// questions may cost more, all are taken to.
  Rates upTo(long tokens) {
    return above == null || tokens <= above.tokens() ? plain : plain.dearer(above.rates());
  }
}
