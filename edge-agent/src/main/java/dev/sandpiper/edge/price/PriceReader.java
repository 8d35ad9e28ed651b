package dev.sandpiper.edge.price;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.sandpiper.edge.price.ModelPrice.Above;
import dev.sandpiper.edge.price.ModelPrice.Rates;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads a price file: of our own format, in which nothing may stand that is not known, or
/// LiteLLM's, of which only what is understood is taken.
final class PriceReader {

  static final int MOST_MODELS = 20_000;

  private static final JsonFactory JSON = new JsonFactory();
  private static final int LONGEST_NAME = 200;
  private static final int LONGEST_NUMBER = 32;
  private static final BigDecimal DEAREST = BigDecimal.valueOf(1_000_000);
  private static final Set<String> OURS = Set.of("date", "source", "models");
  private static final Set<String> RATES = Set.of("input", "output", "cached", "cacheWrite");

  private final JsonParser json;

  private PriceReader(JsonParser json) {
    this.json = json;
  }

  /// @param seen the day of a file that does not say its own
  /// @throws IOException with a reason, when it is not a price file
  static PriceList read(InputStream in, LocalDate seen) throws IOException {
    try (JsonParser json = JSON.createParser(in)) {
      PriceReader reader = new PriceReader(json);
      reader.need(json.nextToken() == JsonToken.START_OBJECT, "it does not begin with {");
      reader.need(json.nextToken() == JsonToken.FIELD_NAME, "it is empty");
      PriceList list =
          OURS.contains(json.currentName()) ? reader.ours() : new LiteLlm(reader).read(seen);
      reader.need(!list.models().isEmpty(), "it has no model with a price");
      reader.need(json.nextToken() == null, "something follows its end");
      return list;
    } catch (JsonProcessingException e) {
      throw new IOException(
          "line %d: it is not JSON (%s)"
              .formatted(e.getLocation().getLineNr(), e.getOriginalMessage()),
          e);
    }
  }

  JsonParser json() {
    return json;
  }

  void need(boolean right, String complaint) throws IOException {
    if (!right) {
      throw new IOException("line " + json.currentLocation().getLineNr() + ": " + complaint);
    }
  }

  private PriceList ours() throws IOException {
    LocalDate date = null;
    String source = "";
    Map<String, ModelPrice> models = Map.of();
    for (JsonToken token = json.currentToken();
        token == JsonToken.FIELD_NAME;
        token = json.nextToken()) {
      String field = json.currentName();
      json.nextToken();
      switch (field) {
        case "date" -> date = date(text(field));
        case "source" -> source = text(field);
        case "models" -> models = models();
        default -> throw unknown(field);
      }
    }
    if (date == null) {
      throw new IOException("\"date\" is missing");
    }
    need(!source.isBlank(), "\"source\" is missing");
    return new PriceList(date, source, models);
  }

  private IOException unknown(String field) throws IOException {
    need(false, "\"" + shortened(field) + "\" is not known");
    return new IOException();
  }

  private LocalDate date(String text) throws IOException {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException _) {
      need(false, "\"date\" must be as in 2026-11-27");
      return LocalDate.EPOCH;
    }
  }

  private String text(String field) throws IOException {
    need(
        json.currentToken() == JsonToken.VALUE_STRING && json.getTextLength() <= LONGEST_NAME,
        "\"" + field + "\" must be a text of at most 200 characters");
    return json.getText();
  }

  private Map<String, ModelPrice> models() throws IOException {
    need(json.currentToken() == JsonToken.START_OBJECT, "\"models\" must be an object");
    Map<String, ModelPrice> models = new HashMap<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      need(
          name.length() <= LONGEST_NAME && name.indexOf('/') > 0,
          "a model must be named as in \"openai/gpt-4o-mini\"");
      need(models.size() < MOST_MODELS, "it has more than 20,000 models");
      json.nextToken();
      need(models.put(name, price(name)) == null, "\"" + name + "\" stands there twice");
    }
    return models;
  }

  private ModelPrice price(String name) throws IOException {
    need(json.currentToken() == JsonToken.START_OBJECT, "\"" + name + "\" must be an object");
    Map<String, BigDecimal> plain = new HashMap<>();
    Map<String, BigDecimal> more = Map.of();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      json.nextToken();
      if (field.equals("above")) {
        more = above();
      } else if (RATES.contains(field)) {
        plain.put(field, amount(field));
      } else {
        throw unknown(field);
      }
    }
    Rates rates = rates(plain, name);
    BigDecimal tokens = more.get("tokens");
    return new ModelPrice(
        rates,
        tokens == null ? null : new Above(tokens.longValue(), rates(over(plain, more), name)));
  }

  private Map<String, BigDecimal> above() throws IOException {
    need(json.currentToken() == JsonToken.START_OBJECT, "\"above\" must be an object");
    Map<String, BigDecimal> more = new HashMap<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      json.nextToken();
      if (!RATES.contains(field) && !field.equals("tokens")) {
        throw unknown(field);
      }
      more.put(field, amount(field));
    }
    need(more.containsKey("tokens"), "\"above\" needs \"tokens\"");
    return more;
  }

  /// What is not said of longer questions is as with the others.
  static Map<String, BigDecimal> over(Map<String, BigDecimal> plain, Map<String, BigDecimal> more) {
    Map<String, BigDecimal> all = new HashMap<>(plain);
    all.putAll(more);
    return all;
  }

  private Rates rates(Map<String, BigDecimal> amounts, String name) throws IOException {
    BigDecimal input = amounts.get("input");
    BigDecimal output = amounts.get("output");
    if (input == null || output == null) {
      need(false, "\"" + name + "\" needs \"input\" and \"output\"");
      throw new IOException();
    }
    return new Rates(input, output, amounts.get("cached"), amounts.get("cacheWrite"));
  }

  private BigDecimal amount(String field) throws IOException {
    BigDecimal amount = findAmount();
    if (amount == null) {
      need(false, "\"" + field + "\" must be a number from 0 to 1,000,000");
      return BigDecimal.ZERO;
    }
    return amount;
  }

  /// The number that stands here; `null` when there is none that can be a price.
  @Nullable BigDecimal findAmount() throws IOException {
    JsonToken token = json.currentToken();
    if (token == null || !token.isNumeric() || json.getTextLength() > LONGEST_NUMBER) {
      return null;
    }
    try {
      BigDecimal amount = json.getDecimalValue();
      boolean plausible =
          amount.signum() >= 0 && Math.abs(amount.scale()) < 40 && amount.compareTo(DEAREST) <= 0;
      return plausible ? amount : null;
    } catch (NumberFormatException _) {
      return null;
    }
  }

  private static String shortened(String field) {
    return field.length() <= 40 ? field : field.substring(0, 40) + "…";
  }
}
