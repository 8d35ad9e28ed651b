package dev.sandpiper.edge.cli;

import dev.sandpiper.edge.config.AgentConfig;
import dev.sandpiper.edge.ledger.Share;
import dev.sandpiper.edge.ledger.Statement;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `sandpiper cost`: what was spent; and the home of the commands that steer it.
@Command(
    name = "cost",
    synopsisSubcommandLabel = "[COMMAND]",
    description = "Show and steer what is spent on models and the cloud.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  sandpiper cost                               this month, by model",
      "  sandpiper cost --by person --month 2026-11",
      "  sandpiper cost --from 2026-11-01 --to 2026-11-15 --csv > half.csv",
      "",
      "Days are from midnight to midnight in agent.time_zone. What the cloud was",
      "asked for in detail: sandpiper cloud cost"
    })
final class CostCommand implements Callable<Integer> {

  private final Session session;

  @Mixin final CommonOptions common = new CommonOptions();

  @Mixin private final JsonOption json = new JsonOption();

  @Option(
      names = "--by",
      paramLabel = "WHAT",
      description = "model, workflow, person, day or kind. Default: model.")
  private Share.@Nullable By by;

  @Option(names = "--month", paramLabel = "YYYY-MM", description = "Month. Default: this one.")
  private @Nullable String month;

  @Option(names = "--from", paramLabel = "DAY", description = "First day, as in 2026-11-01.")
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "DAY", description = "Last day. Default: today.")
  private @Nullable String to;

  @Option(names = "--csv", description = "Print comma-separated values.")
  private boolean csv;

  CostCommand(Session session) {
    this.session = session;
  }

  /// @param from the first day
  /// @param to the last day
  private record Days(LocalDate from, LocalDate to) {}

  @Override
  public Integer call() {
    if (csv && json.wanted()) {
      throw new CliException(CliException.USAGE, "choose one of --csv and --json");
    }
    AgentConfig config = session.config(common);
    LocalDate today = session.workshop().clock().instant().atZone(config.timeZone()).toLocalDate();
    Days days = days(today);
    Workshop.Spent spent =
        session.workshop().hasState(config)
            ? session.workshop().spent(config, days.from(), days.to())
            : new Workshop.Spent(
                new Statement(days.from(), days.to(), List.of(), List.of(), List.of(), List.of()),
                Map.of());
    CostSheet sheet = new CostSheet(spent, by == null ? Share.By.MODEL : by);
    if (json.wanted()) {
      session.printJson(sheet::write);
    } else if (csv) {
      (by == null ? sheet.csvLines() : sheet.csvShares()).forEach(session.console().out()::println);
    } else {
      sheet.print(session.console());
    }
    return 0;
  }

  private Days days(LocalDate today) {
    String wanted = month;
    if (wanted != null) {
      if (from != null || to != null) {
        throw new CliException(CliException.USAGE, "choose one of --month and --from/--to");
      }
      YearMonth named = month(wanted);
      return new Days(named.atDay(1), named.atEndOfMonth());
    }
    LocalDate last = to == null ? today : day("--to", to);
    LocalDate first = from == null ? last.withDayOfMonth(1) : day("--from", from);
    if (first.isAfter(last)) {
      throw new CliException(
          CliException.USAGE, "--from %s is after --to %s; swap them".formatted(first, last));
    }
    return new Days(first, last);
  }

  private static YearMonth month(String text) {
    try {
      return YearMonth.parse(text);
    } catch (DateTimeException _) {
      throw new CliException(
          CliException.USAGE,
          "'%s' is not a month; write it as in --month 2026-11".formatted(Console.plain(text)));
    }
  }

  private static LocalDate day(String option, String text) {
    try {
      return LocalDate.parse(text.toLowerCase(Locale.ROOT));
    } catch (DateTimeException _) {
      throw new CliException(
          CliException.USAGE,
          "'%s' is not a day; write it as in %s 2026-11-01".formatted(Console.plain(text), option));
    }
  }
}
