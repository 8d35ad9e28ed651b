package dev.sandpiper.edge.cli;

import dev.sandpiper.edge.config.ConfigException;
import dev.sandpiper.edge.config.ConfigFile;
import dev.sandpiper.edge.config.Environment;
import dev.sandpiper.edge.config.Nearest;
import dev.sandpiper.edge.health.DiskFailure;
import dev.sandpiper.edge.http.HttpException;
import dev.sandpiper.edge.identity.IdentityException;
import dev.sandpiper.edge.price.PriceException;
import dev.sandpiper.edge.store.StoreException;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// Runs one command line.
public final class CommandLineTool {

  private final Session session;

  public CommandLineTool(Workshop workshop, Environment environment, Console console) {
    this.session = new Session(workshop, environment, console);
  }

  /// Runs a command and returns its exit code.
  public int run(String... arguments) {
    if (isPlainRun(arguments)) {
      return runAgent(arguments);
    }
    return commandLine().execute(arguments);
  }

  /// `run` without options, or with `--config FILE` only: started without loading picocli, which
  /// would cost the agent some megabytes for as long as it lives.
  static boolean isPlainRun(String... arguments) {
    return arguments.length > 0
        && arguments[0].equals("run")
        && (arguments.length == 1 || (arguments.length == 3 && arguments[1].equals("--config")));
  }

  private int runAgent(String... arguments) {
    @Nullable Path file = arguments.length == 3 ? Path.of(arguments[2]) : null;
    try {
      Environment environment = session.environment(null);
      session.workshop().runAgent(ConfigFile.load(file, environment), environment);
      return 0;
    } catch (ConfigException e) {
      return failed(CliException.BAD_CONFIG, e);
    } catch (CliException e) {
      return failed(e.code(), e);
    } catch (StoreException | HttpException e) {
      return failed(CliException.SOME_FAILED, e);
    } catch (UncheckedIOException e) {
      return failed(CliException.SOME_FAILED, CliException.because(e));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  private int failed(int code, Exception e) {
    session.console().err().println("sandpiper: " + e.getMessage());
    return code;
  }

  CommandLine commandLine() {
    CommandLine line = new CommandLine(new SandpiperCommand());
    List.of(
            new RunCommand(session),
            new ParseCommand(session),
            new SubmitCommand(session),
            new ChatCommand(session),
            new SendCommand(session),
            new JobsCommand(session),
            find(),
            new DocsCommand(session),
            new ShowCommand(session),
            new DeleteCommand(session),
            new ExportCommand(session),
            new PairCommand(session),
            new PeopleCommand(session),
            new SchedulesCommand(session),
            new ConfigCommand(session),
            new DoctorCommand(session),
            new ModelsCommand(session),
            new PromptsCommand(session),
            cost(),
            cloud(),
            new CompletionCommand(session),
            new VersionCommand(session))
        .forEach(line::addSubcommand);
    line.addSubcommand(new CommandLine.HelpCommand());
    line.getCommandSpec().version(VersionCommand.text());
    Console console = session.console();
    line.setOut(writer(console.out()));
    line.setErr(writer(console.err()));
    line.setColorScheme(CommandLine.Help.defaultColorScheme(console.colour() ? Ansi.ON : Ansi.OFF));
    line.setUsageHelpWidth(Math.clamp(console.width(), 60, 120));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setParameterExceptionHandler(this::misused);
    line.setExecutionExceptionHandler(this::broken);
    return line;
  }

  private CommandLine cost() {
    CommandLine cost = new CommandLine(new CostCommand(session));
    List.of(
            new CostImportCommand(session),
            new CostPricesCommand(session),
            new CostResumeCommand(session))
        .forEach(cost::addSubcommand);
    return cost;
  }

  private CommandLine cloud() {
    CommandLine cloud = new CommandLine(new CloudCommand());
    List.of(
            new CloudCheckCommand(session),
            new CloudEnrollCommand(session),
            new CloudCostCommand(session),
            new CloudDrainCommand(session),
            new CloudResumeCommand(session),
            new CloudRebuildCommand(session))
        .forEach(cloud::addSubcommand);
    return cloud;
  }

  /// `-word` is part of a search, not an option.
  private CommandLine find() {
    return new CommandLine(new FindCommand(session)).setUnmatchedOptionsArePositionalParams(true);
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
  }

  private int misused(ParameterException e, String[] arguments) {
    CommandLine command = e.getCommandLine();
    StringBuilder message = new StringBuilder("sandpiper: " + Console.plain(plainly(e)));
    if (e instanceof UnmatchedArgumentException unmatched && !unmatched.getUnmatched().isEmpty()) {
      String word = unmatched.getUnmatched().getFirst();
      Nearest.to(
              word,
              word.startsWith("-")
                  ? command.getCommandSpec().optionsMap().keySet()
                  : command.getSubcommands().keySet())
          .ifPresent(meant -> message.append("; did you mean ").append(meant).append('?'));
    }
    session.console().err().println(message);
    session
        .console()
        .err()
        .println("Help: " + command.getCommandSpec().qualifiedName() + " --help");
    return CliException.USAGE;
  }

  /// Picocli's sentences in the words a person typed.
  private static String plainly(ParameterException e) {
    if (e instanceof UnmatchedArgumentException unmatched
        && !unmatched.getUnmatched().isEmpty()
        && !unmatched.isUnknownOption()) {
      String word = unmatched.getUnmatched().getFirst();
      return (e.getCommandLine().getSubcommands().isEmpty() ? "cannot use '" : "no command '")
          + word
          + "'";
    }
    String message = String.valueOf(e.getMessage());
    int choices = message.indexOf("expected one of [");
    int end = message.indexOf(']', Math.max(0, choices));
    return choices < 0 || end < 0
        ? message
        : message.substring(0, choices)
            + message.substring(choices, end + 1).toLowerCase(Locale.ROOT)
            + message.substring(end + 1).replace(" (case-insensitive)", "");
  }

  /// Its own words, when it has any beyond those of its cause.
  private static String unchecked(UncheckedIOException e) {
    IOException cause = e.getCause();
    String own = String.valueOf(e.getMessage());
    return cause != null && own.equals(cause.toString()) ? DiskFailure.words(cause) : own;
  }

  private int broken(Exception e, CommandLine command, CommandLine.ParseResult parsed) {
    boolean debug = parsed.originalArgs().contains("--debug");
    int code =
        switch (e) {
          case CliException known -> known.code();
          case ConfigException _, PriceException _ -> CliException.BAD_CONFIG;
          default -> CliException.SOME_FAILED;
        };
    String message =
        switch (e) {
          case CliException _,
              ConfigException _,
              StoreException _,
              HttpException _,
              IdentityException _,
              PriceException _ ->
              String.valueOf(e.getMessage());
          case IOException io -> DiskFailure.words(io);
          case UncheckedIOException io -> unchecked(io);
          default -> e + (debug ? "" : "\nRun it again with --debug to see where this comes from.");
        };
    session.console().err().println("sandpiper: " + message);
    if (debug) {
      e.printStackTrace(session.console().err());
    }
    return code;
  }
}
