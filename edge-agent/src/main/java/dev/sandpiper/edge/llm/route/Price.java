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

  /// What a call may cost at most; `null` when a price that it needs is unknown. Nobody counts
  /// tokens as the provider does: half as many again may go in as were estimated, and all of them
  /// into its cache.
  static @Nullable Long most(Prices prices, long input, long output) {
    BigDecimal in = prices.input();
    BigDecimal write = prices.cacheWrite();
    BigDecimal dearest = in != null && write != null ? in.max(write) : in;
    BigDecimal parts = part(dearest, (input * 3 + 1) / 2);
    BigDecimal said = part(prices.output(), output);
    return parts == null || said == null
        ? null
        : parts.add(said).setScale(0, RoundingMode.CEILING).longValueExact();
  }

  /// Dollars for a million tokens are millionths of a dollar for one.
  private static @Nullable BigDecimal part(@Nullable BigDecimal price, long tokens) {
    if (tokens == 0) {
      return BigDecimal.ZERO;
    }
    return price == null ? null : price.multiply(BigDecimal.valueOf(tokens));
  }
}
