package dev.sandpiper.edge.cli;

import dev.sandpiper.edge.intake.DocumentName;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Supplier;

/// Through the running agent.
record AgentDoor(AgentClient agent) implements SubmitDoor {

  private static final int LONGEST_LABEL = 200;

  @Override
  public long openBatch(String label) {
    String cut = label.length() > LONGEST_LABEL ? label.substring(0, LONGEST_LABEL) : label;
    return number(
        alive(() -> agent.post("/v1/batches?label=" + AgentClient.encode(cut))).orThrow(), "id");
  }

  @Override
  public Sent submit(Path file, String name, long batch, Set<String> tags) {
    AgentClient.Answer answer = alive(() -> agent.upload(file, DocumentName.of(name), batch, tags));
    return answer.status() < 300
        ? new Sent(true, answer.field("state"))
        : new Sent(false, answer.field("detail"));
  }

  @Override
  public Counts counts(long batch) {
    AgentClient.Answer answer = alive(() -> agent.get("/v1/batches/" + batch)).orThrow();
    return new Counts(
        number(answer, "total"),
        number(answer, "pending"),
        number(answer, "parsed"),
        number(answer, "failed"),
        number(answer, "parked"));
  }

  @Override
  public boolean isWorking() {
    return true;
  }

  private static long number(AgentClient.Answer answer, String field) {
    try {
      return Long.parseLong(answer.field(field));
    } catch (NumberFormatException _) {
      throw new CliException(
          CliException.NO_AGENT,
          "what answers is not a Sandpiper agent of this version; restart it after an upgrade");
    }
  }

  /// An agent that ends in the middle loses nothing of what it acknowledged, which is what somebody
  /// wants to know then.
  private static AgentClient.Answer alive(Supplier<AgentClient.Answer> call) {
    try {
      return call.get();
    } catch (CliException e) {
      if (e.code() != CliException.NO_AGENT) {
        throw e;
      }
      throw new CliException(
          CliException.NO_AGENT,
          e.getMessage()
              + "\nWhat it had accepted is safe on its disk: 'sandpiper docs' lists it, and 'sandpiper"
              + " run' goes on with it.\nThen submit again: what is there already is not parsed"
              + " twice.");
    }
  }
}
