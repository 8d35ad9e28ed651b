package dev.sandpiper.edge.cli;

import dev.sandpiper.edge.intake.DocumentName;
import java.nio.file.Path;
import java.util.Set;

/// Through the running agent.
record AgentDoor(AgentClient agent) implements SubmitDoor {

  private static final int LONGEST_LABEL = 200;

  @Override
  public long openBatch(String label) {
    String cut = label.length() > LONGEST_LABEL ? label.substring(0, LONGEST_LABEL) : label;
    return number(agent.post("/v1/batches?label=" + AgentClient.encode(cut)).orThrow(), "id");
  }

  @Override
  public Sent submit(Path file, long batch, Set<String> tags) {
    AgentClient.Answer answer =
        agent.upload(file, DocumentName.of(String.valueOf(file.getFileName())), batch, tags);
    return answer.status() < 300
        ? new Sent(true, answer.field("state"))
        : new Sent(false, answer.field("detail"));
  }

  @Override
  public Counts counts(long batch) {
    AgentClient.Answer answer = agent.get("/v1/batches/" + batch).orThrow();
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
}
