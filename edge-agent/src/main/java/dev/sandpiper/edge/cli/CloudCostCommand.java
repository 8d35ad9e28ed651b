package dev.sandpiper.edge.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sandpiper.edge.config.AgentConfig;
import dev.sandpiper.edge.health.DiskFailure;
import dev.sandpiper.edge.ledger.CloudCounter;
import dev.sandpiper.edge.ledger.CloudPrices;
import dev.sandpiper.edge.ledger.CloudUsage;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `sandpiper cloud cost`.
@Command(
    name = "cost",
    description = "Show what this machine asked of the cloud, and what that costs.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  sandpiper cloud cost",
      "  sandpiper cloud cost --month 2026-11 --csv > november.csv",
      "",
      "Requests and GB-seconds as this machine counted them, by day in UTC, times",
      "the prices that came with Sandpiper. The bill is AWS's: storage, traffic,",
      "logs, taxes and other machines are not in this sum, and neither are the few",
      "requests of 'cloud check' and 'cloud rebuild'."
    })
final class CloudCostCommand implements Callable<Integer> {

  private final Session session;

  @Mixin final CommonOptions common = new CommonOptions();

  @Mixin private final JsonOption json = new JsonOption();

  @Option(names = "--month", paramLabel = "YYYY-MM", description = "Month. Default: this one.")
  private @Nullable String month;

  @Option(names = "--csv", description = "Print comma-separated values, one line a day.")
  private boolean csv;

  CloudCostCommand(Session session) {
    this.session = session;
  }

  /// What there is to show.
  private record Bill(
      YearMonth month,
      List<CloudUsage.Day> days,
      Map<CloudCounter, Long> sum,
      CloudPrices prices) {}

  @Override
  public Integer call() {
    if (csv && json.wanted()) {
      throw new CliException(CliException.USAGE, "choose one of --csv and --json");
    }
    YearMonth wanted = wanted();
    AgentConfig config = session.config(common);
    List<CloudUsage.Day> days =
        session.workshop().cloudUsage(config).stream()
            .filter(day -> YearMonth.from(day.day()).equals(wanted))
            .toList();
    Map<CloudCounter, Long> sum = new EnumMap<>(CloudCounter.class);
    for (CloudUsage.Day day : days) {
      day.counts().forEach((counter, count) -> sum.merge(counter, count, Long::sum));
    }
    Bill bill = new Bill(wanted, days, sum, prices(config.burstAws().plant().region()));
    if (json.wanted()) {
      session.printJson(out -> write(out, bill));
    } else if (csv) {
      printCsv(bill);
    } else {
      print(bill);
    }
    return 0;
  }

  private YearMonth wanted() {
    if (month == null) {
      return YearMonth.from(session.workshop().clock().instant().atZone(ZoneOffset.UTC));
    }
    try {
      return YearMonth.parse(month);
    } catch (DateTimeException _) {
      throw new CliException(
          CliException.USAGE,
          "'%s' is not a month; write it as in --month 2026-11".formatted(Console.plain(month)));
    }
  }

  /// Without its file every price is unknown, and is said to be.
  private CloudPrices prices(String region) {
    Path file = session.workshop().cloudPrices();
    try {
      return CloudPrices.read(file, region);
    } catch (IOException e) {
      session
          .console()
          .err()
          .println(
              "The prices in %s cannot be read: %s; only counts are shown. Install Sandpiper anew"
                  .formatted(file, DiskFailure.words(e)));
      return new CloudPrices("unknown", "", "USD", Map.of(), Map.of());
    }
  }

  private void print(Bill bill) {
    Console console = session.console();
    if (bill.days().isEmpty()) {
      console.out().println("Nothing was asked of the cloud in " + bill.month());
      return;
    }
    Table table =
        new Table(
            "DAY (UTC)",
            "DOCUMENTS",
            "S3 PUT",
            "S3 GET",
            "SQS",
            "INVOKED",
            "GB-SECONDS",
            bill.prices().currency());
    for (CloudUsage.Day day : bill.days()) {
      row(table, day.day().toString(), day.counts(), bill.prices());
    }
    row(table, "total", bill.sum(), bill.prices());
    table.print(console);
    remarks(bill).forEach(console.out()::println);
  }

  private static void row(
      Table table, String day, Map<CloudCounter, Long> counts, CloudPrices prices) {
    table.add(
        day,
        number(counts, CloudCounter.TASKS),
        number(counts, CloudCounter.S3_PUT),
        number(counts, CloudCounter.S3_GET),
        number(counts, CloudCounter.SQS),
        number(counts, CloudCounter.INVOKE),
        gbSeconds(counts),
        money(prices.cost(counts)));
  }

  private static String number(Map<CloudCounter, Long> counts, CloudCounter counter) {
    return counts.getOrDefault(counter, 0L).toString();
  }

  private static String gbSeconds(Map<CloudCounter, Long> counts) {
    return BigDecimal.valueOf(counts.getOrDefault(CloudCounter.GB_MILLIS, 0L), 3).toPlainString();
  }

  private static String money(CloudPrices.Cost cost) {
    if (cost.unknown().isEmpty()) {
      return cost.amount().toPlainString();
    }
    return cost.amount().signum() == 0 ? "unknown" : cost.amount().toPlainString() + " + unknown";
  }

  private static List<String> remarks(Bill bill) {
    CloudPrices prices = bill.prices();
    CloudPrices.Cost cost = prices.cost(bill.sum());
    if (!cost.unknown().isEmpty()) {
      return List.of(
          "",
          "The price of "
              + cost.unknown().stream().map(CloudCounter::wire).collect(Collectors.joining(", "))
              + " is not known for this region (prices of "
              + prices.date()
              + "): look it up at https://aws.amazon.com/pricing; it is not nothing.");
    }
    return List.of(
        "",
        "Prices of %s, without taxes, storage, traffic and logs.".formatted(prices.date()),
        Console.plain(prices.note()),
        "Beyond the free tier: %s %s, if nothing else in the account uses it"
            .formatted(
                prices.costBeyondFree(bill.sum()).amount().toPlainString(), prices.currency()),
        "(a month: %s).".formatted(free(prices)));
  }

  private static String free(CloudPrices prices) {
    String named =
        prices.free().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(entry -> {
              boolean memory = entry.getKey() == CloudCounter.GB_MILLIS;
              BigDecimal units = memory ? entry.getValue().movePointLeft(3) : entry.getValue();
              return "%,.0f %s".formatted(units, memory ? "GB-seconds" : entry.getKey().wire());
            })
            .collect(Collectors.joining(", "));
    return named.isEmpty() ? "none is known" : named;
  }

  private void printCsv(Bill bill) {
    StringBuilder line = new StringBuilder("day");
    for (CloudCounter counter : CloudCounter.values()) {
      line.append(',').append(counter.wire());
    }
    session.console().out().println(line.append(",cost,currency,complete"));
    for (CloudUsage.Day day : bill.days()) {
      line.setLength(0);
      line.append(day.day());
      for (CloudCounter counter : CloudCounter.values()) {
        line.append(',').append(day.count(counter));
      }
      CloudPrices.Cost cost = bill.prices().cost(day.counts());
      line.append(',').append(cost.amount().toPlainString());
      line.append(',').append(bill.prices().currency());
      session.console().out().println(line.append(',').append(cost.unknown().isEmpty()));
    }
  }

  private static void write(JsonGenerator out, Bill bill) throws IOException {
    out.writeStartObject();
    out.writeStringField("month", bill.month().toString());
    out.writeStringField("currency", bill.prices().currency());
    out.writeStringField("pricesOf", bill.prices().date());
    out.writeArrayFieldStart("days");
    for (CloudUsage.Day day : bill.days()) {
      out.writeStartObject();
      out.writeStringField("day", day.day().toString());
      writeCounts(out, day.counts(), bill.prices());
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeObjectFieldStart("total");
    writeCounts(out, bill.sum(), bill.prices());
    out.writeNumberField("costBeyondFreeTier", bill.prices().costBeyondFree(bill.sum()).amount());
    out.writeEndObject();
    out.writeEndObject();
  }

  private static void writeCounts(
      JsonGenerator out, Map<CloudCounter, Long> counts, CloudPrices prices) throws IOException {
    for (CloudCounter counter : CloudCounter.values()) {
      out.writeNumberField(counter.wire(), counts.getOrDefault(counter, 0L));
    }
    CloudPrices.Cost cost = prices.cost(counts);
    out.writeNumberField("cost", cost.amount());
    out.writeArrayFieldStart("unknownPrices");
    for (CloudCounter counter : cost.unknown()) {
      out.writeString(counter.wire());
    }
    out.writeEndArray();
  }
}
