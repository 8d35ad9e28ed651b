package dev.sandpiper.edge.ledger;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What AWS charges in one region, as of a day. A price that is not known is never taken for zero.
///
/// @param date when the prices were looked up, for instance `2026-11-27`
/// @param note how far they can be relied on; may be empty
/// @param currency for instance `USD`
/// @param each price of one unit of a counter
/// @param free units a month that cost nothing, for the whole account
public record CloudPrices(
    String date,
    String note,
    String currency,
    Map<CloudCounter, BigDecimal> each,
    Map<CloudCounter, BigDecimal> free) {

  private static final JsonFactory JSON = new JsonFactory();
  private static final int LARGEST_FILE = 1 << 20;
  private static final int LONGEST_NUMBER = 24;

  /// GB-seconds are priced, thousandths of them are counted.
  private static final String GB_SECOND = "gbSecond";

  private static final BigDecimal THOUSAND = BigDecimal.valueOf(1_000);

  public CloudPrices {
    each = Map.copyOf(each);
    free = Map.copyOf(free);
  }

  /// A sum of money, and what is missing from it.
  ///
  /// @param amount what the priced counts cost
  /// @param unknown counters that were used and have no price
  public record Cost(BigDecimal amount, List<CloudCounter> unknown) {
    public Cost {
      unknown = List.copyOf(unknown);
    }
  }

  /// The prices of a region.
  ///
  /// @throws IOException when the file is missing or not what it should be
  public static CloudPrices read(Path file, String region) throws IOException {
    if (Files.size(file) > LARGEST_FILE) {
      throw new IOException(file + " is larger than 1 MB");
    }
    Reading reading = new Reading(region);
    try (InputStream in = Files.newInputStream(file);
        JsonParser json = JSON.createParser(in)) {
      reading.top(json);
    }
    return new CloudPrices(
        reading.date, reading.note, reading.currency, reading.each, reading.free);
  }

  /// Reads the file's fields; what is not known is skipped.
  private static final class Reading {

    private final String region;
    private String date = "unknown";
    private String note = "";
    private String currency = "USD";
    private Map<CloudCounter, BigDecimal> each = Map.of();
    private Map<CloudCounter, BigDecimal> free = Map.of();

    private Reading(String region) {
      this.region = region;
    }

    private void top(JsonParser json) throws IOException {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("it does not begin with {");
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String field = json.currentName();
        JsonToken value = json.nextToken();
        switch (field) {
          case "date" -> date = json.getText();
          case "note" -> note = json.getText();
          case "currency" -> currency = json.getText();
          case "regions" -> regions(json, value);
          case "free" -> free = amounts(json, value, THOUSAND);
          default -> json.skipChildren();
        }
      }
    }

    private void regions(JsonParser json, @Nullable JsonToken value) throws IOException {
      if (value != JsonToken.START_OBJECT) {
        throw new IOException("regions is no object");
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        boolean ours = json.currentName().equals(region);
        JsonToken inside = json.nextToken();
        if (ours) {
          each = amounts(json, inside, BigDecimal.ONE.movePointLeft(3));
        } else {
          json.skipChildren();
        }
      }
    }

    /// @param thousandths what a GB-second's amount is times, to be that of a thousandth
    private static Map<CloudCounter, BigDecimal> amounts(
        JsonParser json, @Nullable JsonToken value, BigDecimal thousandths) throws IOException {
      if (value != JsonToken.START_OBJECT) {
        throw new IOException("an object of amounts was expected");
      }
      Map<CloudCounter, BigDecimal> amounts = new EnumMap<>(CloudCounter.class);
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String field = json.currentName();
        JsonToken inside = json.nextToken();
        if (!inside.isNumeric() || json.getTextLength() > LONGEST_NUMBER) {
          json.skipChildren();
          continue;
        }
        BigDecimal amount = json.getDecimalValue();
        if (field.equals(GB_SECOND)) {
          amounts.put(CloudCounter.GB_MILLIS, amount.multiply(thousandths));
        } else {
          find(field).ifPresent(counter -> amounts.put(counter, amount));
        }
      }
      return amounts;
    }

    private static Optional<CloudCounter> find(String wire) {
      return Stream.of(CloudCounter.values())
          .filter(counter -> counter.wire().equals(wire) && counter != CloudCounter.GB_MILLIS)
          .findFirst();
    }
  }

  /// What the counts cost, the free tier not taken off.
  public Cost cost(Map<CloudCounter, Long> counts) {
    return rounded(sum(counts, Map.of()));
  }

  /// What the counts of a month cost when nothing else in the account uses the free tier.
  public Cost costBeyondFree(Map<CloudCounter, Long> month) {
    return rounded(sum(month, free));
  }

  /// What the counts cost, not rounded.
  Cost exactly(Map<CloudCounter, Long> counts) {
    return sum(counts, Map.of());
  }

  private Cost sum(Map<CloudCounter, Long> counts, Map<CloudCounter, BigDecimal> off) {
    BigDecimal amount = BigDecimal.ZERO;
    List<CloudCounter> unknown = new ArrayList<>();
    for (CloudCounter counter : CloudCounter.values()) {
      BigDecimal price = each.get(counter);
      BigDecimal count = BigDecimal.valueOf(counts.getOrDefault(counter, 0L));
      if (count.signum() == 0 || counter == CloudCounter.TASKS) {
        continue;
      }
      if (price == null) {
        unknown.add(counter);
        continue;
      }
      BigDecimal paid =
          count.subtract(off.getOrDefault(counter, BigDecimal.ZERO)).max(BigDecimal.ZERO);
      amount = amount.add(paid.multiply(price));
    }
    return new Cost(amount, unknown);
  }

  private static Cost rounded(Cost cost) {
    return new Cost(cost.amount().setScale(6, RoundingMode.HALF_UP), cost.unknown());
  }
}
