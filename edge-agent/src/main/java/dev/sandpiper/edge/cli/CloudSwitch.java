package dev.sandpiper.edge.cli;

import dev.sandpiper.edge.config.AgentConfig;

/// The way to the cloud, as the running agent has it.
record CloudSwitch(Session session, AgentConfig config, AgentClient agent) {

  /// @throws CliException when no agent runs
  static CloudSwitch of(Session session, CommonOptions common) {
    AgentConfig config = session.config(common);
    return new CloudSwitch(
        session,
        config,
        session
            .findAgent(config, common)
            .orElseThrow(() ->
                new CliException(
                    CliException.NO_AGENT,
                    "no agent runs in %s, so nothing goes to the cloud from here. Start it: sandpiper run. To keep everything local for good, set burst.aws.mode to \"off\""
                        .formatted(config.home()))));
  }

  AgentClient.Answer status() {
    return agent.get("/v1/burst").orThrow();
  }

  AgentClient.Answer drain() {
    return agent.post("/v1/burst/drain").orThrow();
  }

  AgentClient.Answer resume() {
    return agent.post("/v1/burst/resume").orThrow();
  }

  /// Tasks that are in the cloud.
  static long inFlight(AgentClient.Answer answer) {
    try {
      return Long.parseLong(answer.field("inFlight"));
    } catch (NumberFormatException _) {
      throw new CliException(
          CliException.NO_AGENT,
          "what answers is not a Sandpiper agent of this version; restart it after an upgrade");
    }
  }

  void printJson(AgentClient.Answer answer) {
    session.printJson(out -> {
      out.writeStartObject();
      out.writeStringField("mode", answer.field("mode"));
      out.writeStringField("state", answer.field("state"));
      out.writeNumberField("inFlight", inFlight(answer));
      out.writeEndObject();
    });
  }
}
