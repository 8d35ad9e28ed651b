package dev.sandpiper.edge.cli;

import dev.sandpiper.edge.config.AgentConfig;
import dev.sandpiper.edge.health.CheckResult;
import dev.sandpiper.edge.view.Views;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `sandpiper doctor`.
@Command(
    name = "doctor",
    description = "Check everything the agent needs and say what to do.",
    footerHeading = "%nExamples:%n",
    footer = {"  sandpiper doctor"})
final class DoctorCommand implements Callable<Integer> {

  private final Session session;

  @Mixin final CommonOptions common = new CommonOptions();

  @Mixin private final JsonOption json = new JsonOption();

  DoctorCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    AgentConfig config = session.config(common);
    List<CheckResult> checks = new ArrayList<>(session.workshop().doctor(config));
    session.findAgent(config, common).ifPresent(agent -> checks.addAll(RunningChecks.of(agent)));
    if (json.wanted()) {
      session.printJson(out -> {
        out.writeStartArray();
        for (CheckResult check : checks) {
          Views.check(out, check);
        }
        out.writeEndArray();
      });
    } else {
      checks.forEach(new Findings(session.console())::print);
    }
    return checks.stream().anyMatch(check -> check.status() == CheckResult.Status.FAIL) ? 1 : 0;
  }
}
