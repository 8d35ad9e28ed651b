package dev.sandpiper.edge.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sandpiper.contract.ParseReply;
import dev.sandpiper.edge.config.AgentConfig;
import dev.sandpiper.edge.health.CheckResult;
import dev.sandpiper.edge.health.DiskFailure;
import dev.sandpiper.edge.view.Views;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `sandpiper cloud check`.
@Command(
    name = "check",
    description = "Check everything a burst to the cloud needs and say what to do.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  sandpiper cloud check",
      "  sandpiper cloud check --smoke     send a small document through, both ways",
      "",
      "--smoke costs a few requests, well below a cent."
    })
final class CloudCheckCommand implements Callable<Integer> {

  private static final String SMOKE =
      "# Sandpiper\n\nA small document that was sent through the cloud and came back.\n";

  private static final String QUEUE = "through S3 and SQS";

  /// Results of one device are taken by one courier, whosever they are.
  private static final CheckResult NOT_TRIED =
      CheckResult.warn(
          QUEUE,
          "not tried, for the agent that runs takes every result of this device",
          "Submit a document and watch 'sandpiper cloud cost', or stop the agent and run it again.");

  private final Session session;

  @Mixin final CommonOptions common = new CommonOptions();

  @Mixin private final JsonOption json = new JsonOption();

  @Option(
      names = "--smoke",
      description = "Send a small document through the cloud and show how long each way took.")
  private boolean smoke;

  CloudCheckCommand(Session session) {
    this.session = session;
  }

  /// One way of the small document.
  ///
  /// @param reply what came back; `null`: nothing
  /// @param problem why not; empty: all is well
  private record Leg(String name, long millis, @Nullable ParseReply reply, String problem) {

    boolean failed() {
      return !problem.isEmpty();
    }

    String words() {
      return switch (reply) {
        case null -> failed() ? problem : "ready after %,d ms".formatted(millis);
        case ParseReply.Parsed parsed ->
            "came back parsed after %,d ms; the function worked %,d ms%s"
                .formatted(
                    millis,
                    parsed.usage().wallMillis(),
                    parsed.usage().coldStart() ? ", a cold start" : "");
        case ParseReply.Split _ -> problem;
        case ParseReply.Rejected _ -> problem;
        case ParseReply.Failed _ -> problem;
      };
    }
  }

  @Override
  public Integer call() {
    AgentConfig config = session.config(common);
    if (!config.burstAws().on()) {
      throw new CliException(
          CliException.BAD_CONFIG,
          "bursts to the cloud are off: burst.aws.mode is \"off\". scripts/deploy makes the cloud's"
              + " half and writes its configuration; then set the mode to \"overflow\" or \"first\"");
    }
    List<CheckResult> checks = new ArrayList<>(session.workshop().identityCheck(config));
    checks.addAll(session.workshop().cloudCheck(config));
    boolean failed = checks.stream().anyMatch(c -> c.status() == CheckResult.Status.FAIL);
    if (!json.wanted()) {
      checks.forEach(new Findings(session.console())::print);
    }
    List<Leg> legs = smoke && !failed ? legs(config) : List.of();
    if (json.wanted()) {
      printJson(checks, legs);
    } else if (smoke && failed) {
      session.console().out().println("No document was sent: put right what failed first.");
    }
    return failed || legs.stream().anyMatch(Leg::failed) ? CliException.SOME_FAILED : 0;
  }

  private static CheckResult row(Leg leg) {
    return leg.failed()
        ? CheckResult.fail(
            leg.name(), leg.words(), "Do what it says; 'sandpiper cloud check' looks again.")
        : CheckResult.ok(leg.name(), leg.words());
  }

  private List<Leg> legs(AgentConfig config) {
    List<Leg> legs = new ArrayList<>();
    try {
      Path folder = Files.createTempDirectory("sandpiper-smoke");
      Path file = Files.writeString(folder.resolve("smoke.md"), SMOKE);
      long start = System.nanoTime();
      try (Workshop.CloudDesk cloud = session.workshop().openCloud(config)) {
        add(legs, new Leg("courier", millis(start), null, ""));
        if (config.burstAws().plant().function().isPresent()) {
          add(legs, leg("direct, first", cloud, file, true));
          add(legs, leg("direct, again", cloud, file, true));
        }
        if (session.findAgent(config, common).isEmpty()) {
          add(legs, leg(QUEUE, cloud, file, false));
        } else if (!json.wanted()) {
          new Findings(session.console()).print(NOT_TRIED);
        }
      } finally {
        Files.deleteIfExists(file);
        Files.deleteIfExists(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "no folder for temporary files (TMPDIR): " + DiskFailure.words(e), e);
    }
    return legs;
  }

  /// Shown at once: the next may take a while.
  private void add(List<Leg> legs, Leg leg) {
    legs.add(leg);
    if (!json.wanted()) {
      new Findings(session.console()).print(row(leg));
    }
  }

  private static Leg leg(String name, Workshop.CloudDesk cloud, Path file, boolean direct) {
    long start = System.nanoTime();
    try {
      ParseReply reply = cloud.parse(file, direct);
      return new Leg(name, millis(start), reply, problem(reply));
    } catch (CliException e) {
      return new Leg(name, millis(start), null, String.valueOf(e.getMessage()));
    }
  }

  private static String problem(ParseReply reply) {
    return switch (reply) {
      case ParseReply.Parsed _ -> "";
      case ParseReply.Split _ -> "the function wants to split a document of two lines";
      case ParseReply.Rejected rejected -> rejected.message();
      case ParseReply.Failed failed -> failed.message();
    };
  }

  private static long millis(long start) {
    return (System.nanoTime() - start) / 1_000_000;
  }

  private void printJson(List<CheckResult> checks, List<Leg> legs) {
    session.printJson(out -> {
      out.writeStartObject();
      out.writeArrayFieldStart("checks");
      for (CheckResult check : checks) {
        Views.check(out, check);
      }
      out.writeEndArray();
      out.writeArrayFieldStart("legs");
      for (Leg leg : legs) {
        write(out, leg);
      }
      out.writeEndArray();
      out.writeEndObject();
    });
  }

  private static void write(JsonGenerator out, Leg leg) throws IOException {
    out.writeStartObject();
    out.writeStringField("name", leg.name());
    out.writeNumberField("millis", leg.millis());
    if (leg.reply() != null) {
      out.writeStringField(
          "reply", leg.reply().getClass().getSimpleName().toLowerCase(Locale.ROOT));
    }
    if (leg.reply() instanceof ParseReply.Parsed parsed) {
      out.writeNumberField("functionMillis", parsed.usage().wallMillis());
      out.writeBooleanField("coldStart", parsed.usage().coldStart());
    }
    if (leg.failed()) {
      out.writeStringField("problem", leg.problem());
    }
    out.writeEndObject();
  }
}
