package dev.sandpiper.edge.config;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// A model to use: a `[models.NAME]` section.
///
/// @param name the owner's name for it
/// @param provider name of the provider that runs it
/// @param model the provider's id of it
/// @param contextTokens most tokens, question and answer together
/// @param maxTokens longest answer
/// @param temperature when the question does not say; `null`: as the provider does
/// @param prices what it costs
public record ModelConfig(
    String name,
    String provider,
    String model,
    int contextTokens,
    int maxTokens,
    @Nullable Double temperature,
    Prices prices) {

  /// Dollars for a million tokens, which are micro-dollars for one; `null`: unknown, which is not
  /// 0.
  ///
  /// @param cached read from the provider's cache
  /// @param cacheWrite written into it
  /// @param seen the day on which they were looked up
  public record Prices(
      @Nullable BigDecimal input,
      @Nullable BigDecimal output,
      @Nullable BigDecimal cached,
      @Nullable BigDecimal cacheWrite,
      @Nullable LocalDate seen) {

    /// Nothing is known.
    public static final Prices UNKNOWN = new Prices(null, null, null, null, null);
  }

  static ModelConfig from(SectionValues section) {
    Values values = section.values();
    BigDecimal temperature = values.decimal(ModelKey.TEMPERATURE);
    String seen = values.text(ModelKey.PRICE_DATE);
    return new ModelConfig(
        section.name(),
        values.text(ModelKey.PROVIDER),
        values.text(ModelKey.MODEL),
        values.integer(ModelKey.CONTEXT),
        values.integer(ModelKey.MAX_TOKENS),
        temperature == null ? null : temperature.doubleValue(),
        new Prices(
            values.decimal(ModelKey.PRICE_INPUT),
            values.decimal(ModelKey.PRICE_OUTPUT),
            values.decimal(ModelKey.PRICE_CACHED),
            values.decimal(ModelKey.PRICE_CACHE_WRITE),
            seen.isEmpty() ? null : LocalDate.parse(seen)));
  }
}
