package dev.sandpiper.edge.llm.route;

import dev.sandpiper.edge.llm.ChatListener;
import dev.sandpiper.edge.llm.EmbeddingModel;
import dev.sandpiper.edge.llm.ModelException;
import dev.sandpiper.edge.llm.Purpose;
import dev.sandpiper.edge.llm.prompts.Prompt;
import dev.sandpiper.edge.llm.wire.Estimate;
import java.time.InstantSource;
import java.util.List;

/// The model that makes vectors, behind circuit, keys, pace and log. Nothing stands in for it: its
/// vectors cannot be compared with another's.
final class RoutedEmbedding implements EmbeddingModel {

  private static final String WORKFLOW = "embed";

  private final Lane lane;
  private final Caller caller;
  private final InstantSource clock;

  RoutedEmbedding(Lane lane, Caller caller, InstantSource clock) {
    this.lane = lane;
    this.caller = caller;
    this.clock = clock;
  }

  @Override
  public String name() {
    return lane.provider().name() + "/" + lane.model().model();
  }

  @Override
  public Embedded embed(List<String> texts) throws ModelException, InterruptedException {
    Call.Asked asked =
        new Call.Asked(
            new Purpose(WORKFLOW, null, lane.model().name(), ""),
            lane.model().name(),
            lane.provider().name(),
            Prompt.hash(""),
            false,
            null);
    long tokens = texts.stream().mapToLong(Estimate::tokens).sum();
    Heard nobody = new Heard(ChatListener.NONE, clock);
    return lane.run(
        tokens,
        lane.provider().times().total(),
        key -> caller.embed(lane, key, asked, texts, nobody.voice()),
        Embedded::usage);
  }
}
