package dev.sandpiper.edge.ask;

import dev.sandpiper.edge.config.AskConfig;
import dev.sandpiper.edge.llm.Models;
import dev.sandpiper.edge.llm.prompts.Prompts;
import dev.sandpiper.edge.queue.JobView;
import dev.sandpiper.edge.store.Database;
import dev.sandpiper.edge.talk.Messages;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// What the librarian works with.
///
/// @param acting where reminders are made; `null`: nowhere
/// @param random unpredictable
/// @param loops hears of a model that goes round in circles
public record Parts(
    Database database,
    JobView jobs,
    Models models,
    ModelChoice choice,
    Prompts prompts,
    Messages messages,
    History history,
    @Nullable Acting acting,
    AskConfig config,
    InstantSource clock,
    ZoneId zone,
    RandomGenerator random,
    Loops loops) {

  /// One that nobody hears of.
  public Parts(
      Database database,
      JobView jobs,
      Models models,
      ModelChoice choice,
      Prompts prompts,
      Messages messages,
      History history,
      @Nullable Acting acting,
      AskConfig config,
      InstantSource clock,
      ZoneId zone,
      RandomGenerator random) {
    this(
        database,
        jobs,
        models,
        choice,
        prompts,
        messages,
        history,
        acting,
        config,
        clock,
        zone,
        random,
        Loops.NONE);
  }
}
