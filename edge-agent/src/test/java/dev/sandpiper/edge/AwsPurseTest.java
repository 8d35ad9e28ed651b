package dev.sandpiper.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.edge.ledger.CloudPrices;
import dev.sandpiper.edge.ledger.CloudPurse;
import dev.sandpiper.edge.ledger.Ledgers;
import dev.sandpiper.edge.store.Database;
import dev.sandpiper.edge.store.DatabaseOptions;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AwsPurseTest {

  @TempDir Path folder;

  @Test
  void aTaskCostsItsMemoryForAsLongAsItMayTakeAndItsRequests() throws Exception {
    try (Database database = Database.open(folder.resolve("x.db"), DatabaseOptions.defaults())) {
      AwsPurse purse =
          new AwsPurse(
              new CloudPurse(
                  database,
                  Ledgers.free(database, () -> Instant.EPOCH),
                  Optional.of(CloudPrices.read(Path.of("../infra/prices.json"), "us-east-1")),
                  () -> Instant.EPOCH));
      // 120 s of 1769 MB: 207.304688 GB-s are 2,764.08 millionths; requests are 77.6 more.
      assertThat(purse.worst(120_000, 0).micros()).isEqualTo(2_842);
      assertThat(purse.worst(120_000, 100 << 20).micros())
          .as("a large document goes in pieces")
          .isEqualTo(3_142);
    }
  }
}
