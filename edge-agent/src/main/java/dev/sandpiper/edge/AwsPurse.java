package dev.sandpiper.edge;

import dev.sandpiper.contract.ParseReply;
import dev.sandpiper.edge.burst.BurstTask;
import dev.sandpiper.edge.burst.Purse;
import dev.sandpiper.edge.config.AgentConfig;
import dev.sandpiper.edge.ledger.CloudCounter;
import dev.sandpiper.edge.ledger.CloudPurse;
import dev.sandpiper.edge.ledger.Refusal;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a task costs in AWS: memory and time of the function, and requests.
record AwsPurse(CloudPurse money) implements Purse {

  /// Memory of the plant's function, as it is counted, in MB.
  private static final long MEMORY = 1_769;

  /// A document goes there in pieces of this size, or larger ones.
  private static final long PIECE = 5L << 20;

  /// Requests of each kind, with what is tried again.
  private static final long REQUESTS = 12;

  /// What a task costs when everything goes wrong that may.
  CloudPurse.Worst worst(long millis, long bytes) {
    return money.worst(
        Map.of(
            CloudCounter.GB_MILLIS,
            gbMillis(millis),
            CloudCounter.S3_PUT,
            REQUESTS + 3 * bytes / PIECE,
            CloudCounter.S3_GET,
            REQUESTS,
            CloudCounter.S3_LIST,
            1L,
            CloudCounter.SQS,
            REQUESTS,
            CloudCounter.INVOKE,
            REQUESTS));
  }

  /// What tasks under way can have cost together.
  long mostAtOnce(AgentConfig config) {
    Long one = worst(config.limits().wallMillis(), config.limits().maxBytes()).micros();
    return one == null ? Long.MAX_VALUE : one * config.burstAws().bounds().concurrency();
  }

  private static long gbMillis(long millis) {
    return (millis * MEMORY + 1_023) / 1_024;
  }

  private CloudPurse.Worst worst(BurstTask.Parse task) {
    return worst(task.limits().wallMillis(), task.document().size());
  }

  @Override
  public Optional<Refusal> take(BurstTask.Parse task) {
    return money.take(worst(task));
  }

  @Override
  public void done(BurstTask.Parse task, @Nullable ParseReply reply) {
    CloudPurse.Worst worst = worst(task);
    money.done(
        worst,
        reply instanceof ParseReply.Parsed parsed
            ? worst(parsed.usage().wallMillis(), task.document().size())
            : worst);
  }
}
