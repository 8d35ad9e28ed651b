package dev.sandpiper.edge.courier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.edge.courier.protocol.Order;
import dev.sandpiper.edge.courier.protocol.Order.Route;
import dev.sandpiper.standin.aws.fault.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 40, unit = TimeUnit.MINUTES)
class CourierChaosIT {

  private static final long SEED = 20_261;
  private static final int DOCUMENTS = Boolean.getBoolean("sandpiper.proof") ? 10_000 : 300;

  /// Longest time for all of them.
  private static final Duration PATIENCE = Duration.ofMinutes(35);

  @TempDir Path folder;

  @Test
  void everyDocumentHasOneOutcomeAndNothingIsLeft() throws Exception {
    Agent agent = new Agent(folder, Route.BURST, 64);
    for (int i = 0; i < DOCUMENTS; i++) {
      agent.document("doc" + i, "document number " + i + ".");
    }
    try (DoublePlant plant = DoublePlant.start(SEED, 4, Duration.ofSeconds(5))) {
      everyFault(plant);
      try (CourierProcess courier = agent.start(plant.config())) {
        agent.awaitAll(PATIENCE.toMillis());
        System.out.printf(
            "chaos: %,d documents through the courier, struck %s, refused %s, failed %d%n",
            DOCUMENTS, plant.aws().faults().struck(), agent.refusals(), agent.failures());
        plant.aws().faults().clear();
        // Late duplicates are cleaned up while the courier still listens.
        awaitNothingLeft(plant);
        courier.order(new Order.Stop());
        assertThat(courier.exit()).isZero();
      }
      assertThat(agent.wrong()).isEmpty();
      assertThat(agent.outcomes()).hasSize(DOCUMENTS);
      assertThat(agent.outcomes().values()).allSatisfy(ids -> assertThat(ids).hasSize(1));
      assertThat(plant.aws().faults().struck().keySet())
          .contains(
              Fault.THROTTLE,
              Fault.SERVER_ERROR,
              Fault.RESET,
              Fault.LOST_ANSWER,
              Fault.SLOW_BODY,
              Fault.CUT_BODY,
              Fault.EXPIRED_TOKEN,
              Fault.DUPLICATE,
              Fault.REORDER,
              Fault.DELAYED_DELETE,
              Fault.EARLY_VISIBILITY);
    }
  }

  @Test
  void aCourierThatIsKilledIsFollowedByOneThatCleansUp() throws Exception {
    Agent agent = new Agent(folder, Route.BURST, 32);
    for (int i = 0; i < 300; i++) {
      agent.document("doc" + i, "document number " + i + ".");
    }
    // A message must stay hidden for longer than its objects take to be deleted.
    try (DoublePlant plant = DoublePlant.start(SEED, 2, Duration.ofSeconds(6))) {
      for (int life = 1; life <= 3; life++) {
        try (CourierProcess courier = agent.start(plant.config())) {
          agent.await(life * 60);
          courier.kill();
        }
        agent.lost();
      }
      try (CourierProcess courier = agent.start(plant.config())) {
        agent.awaitAll(600_000);
        awaitNothingLeft(plant);
        courier.order(new Order.Stop());
        assertThat(courier.exit()).isZero();
      }
      assertThat(agent.wrong()).isEmpty();
      assertThat(agent.outcomes()).hasSize(300);
      assertThat(agent.outcomes().values()).allSatisfy(ids -> assertThat(ids).hasSize(1));
    }
  }

  private static void everyFault(DoublePlant plant) {
    Map.of(
            Fault.THROTTLE, 0.05,
            Fault.SERVER_ERROR, 0.05,
            Fault.RESET, 0.03,
            Fault.LOST_ANSWER, 0.03,
            Fault.SLOW_BODY, 0.02,
            Fault.CUT_BODY, 0.02,
            Fault.EXPIRED_TOKEN, 0.02)
        .forEach((fault, share) -> plant.aws().faults().set(fault, share));
    Map.of(
            Fault.DUPLICATE, 0.3,
            Fault.REORDER, 0.3,
            Fault.DELAYED_DELETE, 0.1,
            Fault.EARLY_VISIBILITY, 0.1)
        .forEach((fault, share) -> plant.aws().faults().set(fault, share));
  }

  private static void awaitNothingLeft(DoublePlant plant) throws Exception {
    await("nothing left", Duration.ofMinutes(5), () -> plant.left() == 0, plant);
  }

  private static void await(String what, Duration most, Callable<Boolean> holds, DoublePlant plant)
      throws Exception {
    long end = System.nanoTime() + most.toNanos();
    while (!holds.call()) {
      if (System.nanoTime() > end) {
        throw new AssertionError(
            "not within %s: %s; in %s, out %s, jobs %d, results %d"
                .formatted(
                    most,
                    what,
                    plant.aws().keys(Plants.IN),
                    plant.aws().keys(Plants.OUT),
                    plant.aws().messagesLeft("sandpiper-jobs"),
                    plant.aws().messagesLeft("sandpiper-results-pi")));
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }
}
