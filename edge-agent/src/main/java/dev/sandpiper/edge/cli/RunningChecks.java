package dev.sandpiper.edge.cli;

import dev.sandpiper.edge.health.CheckResult;
import dev.sandpiper.edge.health.CheckResult.Status;
import dev.sandpiper.edge.json.JsonValue;
import java.util.List;
import java.util.Set;

/// What only the running agent knows, above all how its channels stand: whether Telegram knows the
/// bot, for instance. An agent that does not answer is a finding, not an error.
final class RunningChecks {

  /// Looked at from outside already.
  private static final Set<String> SEEN = Set.of("store", "disk", "workers", "cloud");

  private RunningChecks() {}

  static List<CheckResult> of(AgentClient agent) {
    AgentClient.Told told;
    try {
      told = agent.ask("/readyz");
    } catch (CliException e) {
      return List.of(
          CheckResult.fail(
              "channels",
              "the agent could not be asked: " + e.getMessage(),
              "Look at what it printed, then start it anew."));
    }
    if (told.json().findText("detail").isPresent()) {
      return List.of(
          CheckResult.fail(
              "channels",
              "the agent answered: " + told.json().text("detail", ""),
              "Use the configuration and the token that the agent was started with."));
    }
    return told.json().at("checks").items().stream()
        .filter(check -> !SEEN.contains(check.text("name", "")))
        .map(RunningChecks::read)
        .toList();
  }

  private static CheckResult read(JsonValue check) {
    return new CheckResult(
        check.text("name", "?"),
        switch (check.text("status", "")) {
          case "ok" -> Status.OK;
          case "fail" -> Status.FAIL;
          default -> Status.WARN;
        },
        check.text("detail", ""),
        check.text("fix", ""));
  }
}
