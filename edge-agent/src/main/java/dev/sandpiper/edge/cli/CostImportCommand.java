package dev.sandpiper.edge.cli;

import dev.sandpiper.edge.bill.Bill;
import dev.sandpiper.edge.bill.BillException;
import dev.sandpiper.edge.bill.BillReader;
import dev.sandpiper.edge.bill.Comparison;
import dev.sandpiper.edge.config.AgentConfig;
import dev.sandpiper.edge.health.DiskFailure;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `sandpiper cost import`.
@Command(
    name = "import",
    description = "Compare a provider's bill with the ledger, by day in UTC and model.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  sandpiper cost import costs.csv",
      "  sandpiper cost import activity.csv --provider openrouter --settle",
      "",
      "Reads the CSV exports of OpenAI (usage, costs), Anthropic (usage, costs) and",
      "OpenRouter (activity), and files whose first line names date, model and",
      "cost_usd. Exit code 1: they differ by more than rounding."
    })
final class CostImportCommand implements Callable<Integer> {

  private final Session session;

  @Mixin final CommonOptions common = new CommonOptions();

  @Parameters(paramLabel = "FILE", description = "The export.")
  @SuppressWarnings("NullAway.Init")
  private Path file;

  @Option(
      names = "--provider",
      paramLabel = "NAME",
      description = "Of which [providers.NAME] it is. Default: of the models that it names.")
  private @Nullable String provider;

  @Option(
      names = "--settle",
      description = "Settle what is adrift by what the bill leaves over. No agent may be running.")
  private boolean settle;

  CostImportCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    AgentConfig config = session.config(common);
    String wanted = provider;
    if (wanted != null
        && config.llm().models().stream().noneMatch(model -> model.provider().equals(wanted))) {
      throw new CliException(
          CliException.USAGE,
          "no model in the configuration is of the provider \"%s\""
              .formatted(Console.plain(wanted)));
    }
    Bill bill = read();
    if (settle && !bill.money()) {
      throw new CliException(
          CliException.USAGE,
          "%s counts tokens but says no cost, which settles nothing; export costs"
              .formatted(Console.plain(file.toString())));
    }
    if (!session.workshop().hasState(config)) {
      throw CliException.nothingYet(config.home());
    }
    Comparison comparison = session.workshop().compare(config, bill, Optional.ofNullable(wanted));
    print(comparison);
    if (settle) {
      Comparison.Settlement settlement = comparison.settlement();
      int settled = session.workshop().settle(config, settlement.found());
      say("Settled: " + settled + " adrift");
      settlement
          .left()
          .forEach(left ->
              say(
                  "Left adrift: %d of %s on %s: %s"
                      .formatted(
                          left.line().adrift().size(),
                          left.line().model(),
                          left.line().day(),
                          left.why())));
      comparison = session.workshop().compare(config, bill, Optional.ofNullable(wanted));
    }
    long differing = comparison.differing();
    say(
        differing == 0
            ? "The bill and the ledger agree"
            : "%d of %d lines differ by more than rounding"
                .formatted(differing, comparison.lines().size()));
    return differing == 0 ? 0 : CliException.SOME_FAILED;
  }

  private void say(String text) {
    session.console().out().println(Console.plain(text));
  }

  private Bill read() {
    String name = Console.plain(file.toString());
    try {
      return BillReader.read(file);
    } catch (BillException e) {
      throw new CliException(
          CliException.USAGE, name + ": " + Console.plain(String.valueOf(e.getMessage())));
    } catch (IOException e) {
      throw new CliException(
          CliException.NOT_FOUND, name + " cannot be read: " + DiskFailure.words(e));
    }
  }

  private void print(Comparison comparison) {
    Table table = new Table("DAY (UTC)", "MODEL", "OURS", "THEIRS", "DIFFERENCE");
    BigDecimal ours = BigDecimal.ZERO;
    BigDecimal theirs = BigDecimal.ZERO;
    for (Comparison.Line line : comparison.lines()) {
      ours = ours.add(line.ours());
      theirs = theirs.add(line.theirs());
      String adrift =
          line.adrift().isEmpty() ? "" : "  (%d adrift)".formatted(line.adrift().size());
      table.add(
          line.day().toString(),
          line.model(),
          number(comparison, line.ours()),
          number(comparison, line.theirs()),
          number(comparison, line.difference()) + (line.differs() ? " *" : "") + adrift);
    }
    table.add(
        "total",
        comparison.money() ? "USD" : "tokens",
        number(comparison, ours),
        number(comparison, theirs),
        number(comparison, theirs.subtract(ours)));
    table.print(session.console());
  }

  private static String number(Comparison comparison, BigDecimal value) {
    return comparison.money()
        ? value.movePointLeft(6).setScale(6, RoundingMode.HALF_EVEN).toPlainString()
        : value.toPlainString();
  }
}
