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
    RandomGenerator random) {}
