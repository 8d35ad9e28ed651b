package dev.sandpiper.edge.bill;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/// Reads what OpenAI (usage and costs), Anthropic (usage and costs) and OpenRouter (activity)
/// export, and plain files with a day, a model and a cost. A row that makes no sense is refused.
public final class BillReader {

  private static final long LARGEST = 64L << 20;

  private static final List<String> DAYS =
      List.of("date", "day", "usage_date_utc", "start_time_iso", "created_at", "start_time");
  private static final List<String> MODELS =
      List.of("model_permaslug", "model_version", "model", "line_item");
  private static final List<String> COSTS =
      List.of("cost_usd", "cost_total", "amount_value", "cost", "usd");
  private static final List<String> TOKENS =
      List.of(
          "input_tokens",
          "output_tokens",
          "tokens_prompt",
          "tokens_completion",
          "usage_input_tokens_no_cache",
          "usage_input_tokens_cache_write_5m",
          "usage_input_tokens_cache_write_1h",
          "usage_input_tokens_cache_read",
          "usage_output_tokens");

  private final List<String> titles;

  private BillReader(List<String> titles) {
    this.titles = titles;
  }

  /// @throws BillException when it is no bill, with the line
  public static Bill read(Path file) throws IOException {
    if (Files.size(file) > LARGEST) {
      throw new BillException("it is over 64 MB; export a shorter time");
    }
    return read(Files.readString(file, StandardCharsets.UTF_8));
  }

  static Bill read(String text) {
    List<Csv.Line> records = Csv.read(text);
    if (records.isEmpty()) {
      throw new BillException("it is empty");
    }
    List<String> titles =
        records.getFirst().cells().stream().map(cell -> cell.toLowerCase(Locale.ROOT)).toList();
    return new BillReader(titles).rows(records.subList(1, records.size()));
  }

  private Bill rows(List<Csv.Line> records) {
    int day = needed(DAYS, "a day");
    int model = needed(MODELS, "a model");
    OptionalInt cost = find(COSTS);
    if (cost.isEmpty() && TOKENS.stream().noneMatch(titles::contains)) {
      throw new BillException(
          "its first line names neither a cost (%s) nor tokens"
              .formatted(String.join(", ", COSTS)));
    }
    List<Bill.Row> rows = new ArrayList<>();
    int places = 0;
    for (Csv.Line row : records) {
      if (row.cells().size() != titles.size()) {
        throw new BillException(
            "line %d: it has %d columns, and the first line has %d"
                .formatted(row.line(), row.cells().size(), titles.size()));
      }
      String name = row.cells().get(model);
      String sum = cost.isEmpty() ? "" : row.cells().get(cost.getAsInt());
      if (name.isEmpty() && (sum.isEmpty() || cost.isEmpty())) {
        continue; // a day on which nothing was used
      }
      if (name.isEmpty()) {
        throw new BillException(
            "line %d: it names no model; export it grouped by model or line item"
                .formatted(row.line()));
      }
      BigDecimal usd = sum.isEmpty() ? BigDecimal.ZERO : number(row, sum);
      requireDollars(row);
      places = Math.max(places, usd.scale());
      rows.add(new Bill.Row(day(row, row.cells().get(day)), model(name), tokens(row), usd));
    }
    return new Bill(rows, cost.isPresent(), places);
  }

  private OptionalInt find(List<String> names) {
    return names.stream().mapToInt(titles::indexOf).filter(at -> at >= 0).findFirst();
  }

  private int needed(List<String> names, String what) {
    return find(names)
        .orElseThrow(() ->
            new BillException(
                "its first line names no column for %s (%s)"
                    .formatted(what, String.join(", ", names))));
  }

  private void requireDollars(Csv.Line row) {
    int at = titles.indexOf("amount_currency");
    if (at >= 0 && !row.cells().get(at).isEmpty() && !row.cells().get(at).equalsIgnoreCase("usd")) {
      throw new BillException(
          "line %d: its sum is not in US dollars but in '%s'"
              .formatted(row.line(), row.cells().get(at)));
    }
  }

  /// OpenAI's lines of costs are `MODEL, input`.
  private static String model(String name) {
    int comma = name.indexOf(", ");
    return comma < 0 ? name : name.substring(0, comma);
  }

  private long tokens(Csv.Line row) {
    long sum = 0;
    for (String title : TOKENS) {
      int at = titles.indexOf(title);
      String cell = at < 0 ? "" : row.cells().get(at);
      if (!cell.isEmpty()) {
        try {
          long tokens = Long.parseLong(cell);
          if (tokens < 0 || tokens > 1_000_000_000_000L) {
            throw new NumberFormatException();
          }
          sum += tokens;
        } catch (NumberFormatException _) {
          throw new BillException(
              "line %d: %s is '%s', not a number of tokens".formatted(row.line(), title, cell));
        }
      }
    }
    return sum;
  }

  private static BigDecimal number(Csv.Line row, String cell) {
    try {
      BigDecimal number = new BigDecimal(cell.startsWith("$") ? cell.substring(1) : cell);
      if (number.signum() >= 0 && number.precision() < 60 && Math.abs(number.scale()) < 40) {
        return number;
      }
    } catch (NumberFormatException _) {
      // said below
    }
    throw new BillException(
        "line %d: '%s' is not a sum of dollars, such as 0.0123".formatted(row.line(), cell));
  }

  private static LocalDate day(Csv.Line row, String cell) {
    try {
      if (!cell.isEmpty() && cell.chars().allMatch(c -> c >= '0' && c <= '9')) {
        return Instant.ofEpochSecond(Long.parseLong(cell)).atOffset(ZoneOffset.UTC).toLocalDate();
      }
      boolean zoned = cell.length() > 19 && (cell.endsWith("Z") || cell.indexOf('+', 10) > 0);
      return zoned
          ? OffsetDateTime.parse(cell.replace(' ', 'T'))
              .withOffsetSameInstant(ZoneOffset.UTC)
              .toLocalDate()
          : LocalDate.parse(cell.substring(0, Math.min(10, cell.length())));
    } catch (DateTimeException | NumberFormatException _) {
      throw new BillException(
          "line %d: '%s' is not a day, such as 2026-11-30".formatted(row.line(), cell));
    }
  }
}
