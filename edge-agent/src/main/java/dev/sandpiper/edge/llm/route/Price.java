package dev.sandpiper.edge.llm.route;

import dev.sandpiper.edge.config.ModelConfig.Prices;
import dev.sandpiper.edge.llm.Usage;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/// What tokens cost, in millionths of a dollar.
final class Price {

  private Price() {}

  /// The price of a call; `null` when a price that it needs is unknown.
  static @Nullable Long of(Prices prices, Usage usage) {
    long plain = usage.input() - usage.cachedInput() - usage.cacheWrites();
    BigDecimal sum = BigDecimal.ZERO;
    BigDecimal[] parts = {
      part(prices.input(), plain),
      part(prices.cached(), usage.cachedInput()),
      part(prices.cacheWrite(), usage.cacheWrites()),
      part(prices.output(), usage.output())
    };
    for (BigDecimal part : parts) {
      if (part == null) {
        return null;
      }
      sum = sum.add(part);
    }
    return sum.setScale(0, RoundingMode.HALF_UP).longValue();
  }

  /// Dollars for a million tokens are millionths of a dollar for one.
  private static @Nullable BigDecimal part(@Nullable BigDecimal price, long tokens) {
    if (tokens == 0) {
      return BigDecimal.ZERO;
    }
    return price == null ? null : price.multiply(BigDecimal.valueOf(tokens));
  }
}
