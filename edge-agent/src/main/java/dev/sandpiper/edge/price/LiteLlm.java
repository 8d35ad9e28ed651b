package dev.sandpiper.edge.price;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sandpiper.edge.price.ModelPrice.Above;
import dev.sandpiper.edge.price.ModelPrice.Rates;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads LiteLLM's `model_prices_and_context_window.json`: dollars for one token, by ids that may
/// begin with the service's name. What it does not understand it leaves out.
final class LiteLlm {

  private static final String SOURCE = "LiteLLM, model_prices_and_context_window.json";

  /// From the service's name there to ours.
  private static final Map<String, String> SERVICES =
      Map.of(
          "openai", "openai",
          "anthropic", "anthropic",
          "gemini", "gemini",
          "groq", "groq",
          "deepseek", "deepseek",
          "mistral", "mistral",
          "openrouter", "openrouter",
          "bedrock", "bedrock",
          "bedrock_converse", "bedrock");

  private static final Map<String, String> RATES =
      Map.of(
          "input_cost_per_token", "input",
          "output_cost_per_token", "output",
          "cache_read_input_token_cost", "cached",
          "cache_creation_input_token_cost", "cacheWrite");

  /// Where longer questions cost more.
  private static final long[] STEPS = {128_000, 200_000, 256_000, 272_000};

  private final PriceReader reader;
  private final JsonParser json;

  LiteLlm(PriceReader reader) {
    this.reader = reader;
    this.json = reader.json();
  }

  private record Entry(String service, String mode, Map<String, BigDecimal> amounts) {}

  PriceList read(LocalDate seen) throws IOException {
    Map<String, ModelPrice> models = new HashMap<>();
    for (JsonToken token = json.currentToken();
        token == JsonToken.FIELD_NAME;
        token = json.nextToken()) {
      String name = json.currentName();
      reader.need(json.nextToken() == JsonToken.START_OBJECT, "a model's price must be an object");
      reader.need(models.size() < PriceReader.MOST_MODELS, "it has more than 20,000 models");
      Entry entry = entry();
      String service = SERVICES.get(entry.service());
      if (service != null && !name.equals("sample_spec")) {
        String id = name.startsWith(service + "/") ? name.substring(service.length() + 1) : name;
        boolean elsewhere = service.equals("bedrock") && name.contains("/"); // by region and term
        if (!elsewhere) {
          price(entry).ifPresent(price -> models.put(service + "/" + id, price));
        }
      }
    }
    return new PriceList(seen, SOURCE, models);
  }

  private Entry entry() throws IOException {
    String service = "";
    String mode = "";
    Map<String, BigDecimal> amounts = new HashMap<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      json.nextToken();
      if (field.equals("litellm_provider")) {
        service = text();
      } else if (field.equals("mode")) {
        mode = text();
      } else if (field.contains("_token")) {
        BigDecimal amount = reader.findAmount();
        if (amount != null) {
          amounts.put(field, amount.movePointRight(6));
        }
      }
      json.skipChildren();
    }
    return new Entry(service, mode, amounts);
  }

  private String text() throws IOException {
    return json.currentToken() == JsonToken.VALUE_STRING ? json.getText() : "";
  }

  private static Optional<ModelPrice> price(Entry entry) {
    Map<String, BigDecimal> plain = rates(entry.amounts(), "");
    if (entry.mode().equals("embedding")) {
      plain.putIfAbsent("output", BigDecimal.ZERO);
    }
    @Nullable Above above = null;
    for (long step : STEPS) {
      Map<String, BigDecimal> more = rates(entry.amounts(), "_above_" + step / 1_000 + "k_tokens");
      Rates dearer = rates(PriceReader.over(plain, more));
      if (!more.isEmpty() && above == null && dearer != null) {
        above = new Above(step, dearer);
      }
    }
    Rates rates = rates(plain);
    return rates == null ? Optional.empty() : Optional.of(new ModelPrice(rates, above));
  }

  private static Map<String, BigDecimal> rates(Map<String, BigDecimal> amounts, String suffix) {
    Map<String, BigDecimal> rates = new HashMap<>();
    RATES.forEach((theirs, ours) -> {
      BigDecimal amount = amounts.get(theirs + suffix);
      if (amount != null) {
        rates.put(ours, amount);
      }
    });
    return rates;
  }

  private static @Nullable Rates rates(Map<String, BigDecimal> amounts) {
    BigDecimal input = amounts.get("input");
    BigDecimal output = amounts.get("output");
    return input == null || output == null
        ? null
        : new Rates(input, output, amounts.get("cached"), amounts.get("cacheWrite"));
  }
}
