package dev.sandpiper.edge.cli;

import dev.sandpiper.edge.config.AgentConfig;
import dev.sandpiper.edge.config.ModelConfig;
import dev.sandpiper.edge.config.ProviderConfig;
import dev.sandpiper.edge.price.PriceBook;
import dev.sandpiper.edge.price.PriceFile;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `sandpiper cost prices`.
@Command(
    name = "prices",
    description = "Show what each configured model costs, and where that is known from.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  sandpiper cost prices",
      "  sandpiper cost prices --refresh model_prices_and_context_window.json",
      "",
      "The configuration goes before prices.json in the agent's home, and that before",
      "the prices that came with Sandpiper. FILE is LiteLLM's, from",
      "https://github.com/BerriAI/litellm, or one like this:",
      "",
      "  {\"date\": \"2026-12-01\", \"source\": \"the bill\", \"models\": {",
      "    \"openai/gpt-4o-mini\": {\"input\": 0.15, \"output\": 0.6, \"cached\": 0.075}}}",
      "",
      "in US dollars for a million tokens. A service is openai, anthropic, gemini, groq,",
      "deepseek, mistral, openrouter or bedrock; any other is named by its host."
    })
final class CostPricesCommand implements Callable<Integer> {

  /// From this age on a price is said to be old.
  private static final long OLD_DAYS = 90;

  private final Session session;

  @Mixin final CommonOptions common = new CommonOptions();

  @Mixin private final JsonOption json = new JsonOption();

  @Option(
      names = "--refresh",
      paramLabel = "FILE",
      description = "Take the prices of a file that you downloaded; used from the next start on.")
  private @Nullable Path refresh;

  CostPricesCommand(Session session) {
    this.session = session;
  }

  /// @param found `null`: its price is unknown
  private record Row(ModelConfig model, String service, PriceBook.@Nullable Found found) {}

  @Override
  public Integer call() {
    AgentConfig config = session.config(common);
    Path file = refresh;
    if (file != null) {
      PriceFile.Refreshed refreshed = PriceFile.refresh(config.home(), file);
      session
          .console()
          .out()
          .println(
              "%,d models as of %s, from %s. A running agent uses them after a restart"
                  .formatted(
                      refreshed.models(), refreshed.date(), Console.plain(refreshed.source())));
      return 0;
    }
    List<Row> rows = rows(config);
    if (json.wanted()) {
      session.printJson(out -> {
        out.writeStartArray();
        for (Row row : rows) {
          out.writeStartObject();
          out.writeStringField("name", row.model().name());
          out.writeStringField("service", row.service());
          out.writeStringField("model", row.model().model());
          PriceBook.Found found = row.found();
          if (found != null) {
            number(out, "input", found.prices().input());
            number(out, "output", found.prices().output());
            number(out, "cached", found.prices().cached());
            out.writeStringField("from", found.place());
            out.writeStringField("source", found.source());
            out.writeStringField("date", text(found.date()));
          }
          out.writeEndObject();
        }
        out.writeEndArray();
      });
    } else {
      print(rows);
    }
    return 0;
  }

  private static void number(
      com.fasterxml.jackson.core.JsonGenerator out, String field, @Nullable BigDecimal amount)
      throws java.io.IOException {
    if (amount != null) {
      out.writeNumberField(field, amount);
    }
  }

  private static List<Row> rows(AgentConfig config) {
    PriceBook book = PriceBook.open(config.home());
    List<Row> rows = new ArrayList<>();
    for (ModelConfig model : config.llm().models()) {
      Optional<ProviderConfig> provider = config.llm().findProvider(model.provider());
      provider.ifPresent(one ->
          rows.add(new Row(model, PriceBook.service(one), book.find(one, model).orElse(null))));
    }
    return rows;
  }

  private void print(List<Row> rows) {
    if (rows.isEmpty()) {
      session.console().out().println("No model is configured");
      return;
    }
    Table table = new Table("MODEL", "SERVICE", "ID", "IN", "OUT", "CACHED", "FROM", "OF");
    List<String> remarks = new ArrayList<>();
    LocalDate today = session.workshop().clock().instant().atZone(ZoneOffset.UTC).toLocalDate();
    for (Row row : rows) {
      PriceBook.Found found = row.found();
      table.add(
          row.model().name(),
          row.service(),
          row.model().model(),
          found == null ? "?" : price(found.prices().input()),
          found == null ? "?" : price(found.prices().output()),
          found == null ? "?" : price(found.prices().cached()),
          found == null ? "unknown" : found.place(),
          found == null ? "" : text(found.date()));
      remark(row, today).ifPresent(remarks::add);
    }
    table.print(session.console());
    session.console().out().println();
    session.console().out().println("US dollars for a million tokens.");
    remarks.forEach(session.console().out()::println);
  }

  private static Optional<String> remark(Row row, LocalDate today) {
    PriceBook.Found found = row.found();
    if (found == null) {
      return Optional.of(
          "The price of %s is unknown: while there is a budget, it is not asked. Add price_input, price_output and price_date to [models.%s], or \"%s/%s\" to prices.json."
              .formatted(
                  row.model().name(),
                  row.model().name(),
                  row.service(),
                  Console.plain(row.model().model())));
    }
    LocalDate date = found.date();
    long age = date == null ? 0 : ChronoUnit.DAYS.between(date, today);
    return age <= OLD_DAYS
        ? Optional.empty()
        : Optional.of(
            "The price of %s is %d days old: look whether it still holds, or take newer ones with --refresh."
                .formatted(row.model().name(), age));
  }

  private static String price(@Nullable BigDecimal price) {
    return price == null ? "?" : price.stripTrailingZeros().toPlainString();
  }

  private static String text(@Nullable LocalDate date) {
    return date == null ? "" : date.toString();
  }
}
