package dev.sandpiper.edge.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// On a real file system of three megabytes.
@Timeout(120)
class FullDiskIT {

  @TempDir Path folder;

  @Test
  void fullDiskRefusesKeepsWhatWasAcceptedAndWorksAgainWithSpace() throws Exception {
    try (Tmpfs _ = Tmpfs.over(folder, "size=3m");
        Database database = Database.open(folder.resolve("edge.db"), DatabaseOptions.defaults())) {
      Path ballast = Files.write(folder.resolve("ballast"), new byte[1 << 20]);
      int accepted = fill(database);
      assertThat(accepted).isPositive();
      assertThat(rows(database)).hasSize(accepted);
      Files.delete(ballast);
      database.<Long>write(tx -> add(tx, "after"));
      assertThat(rows(database)).hasSize(accepted + 1);
      assertThat(database.failure()).isEmpty();
    }
  }

  private static int fill(Database database) {
    int[] accepted = {0};
    assertThatThrownBy(
            () -> {
              while (accepted[0] < 10_000) {
                database.<@Nullable Void>write(tx -> {
                  add(tx, "x".repeat(20_000));
                  return null;
                });
                accepted[0]++;
              }
            })
        .isInstanceOfSatisfying(
            StoreException.class,
            e -> assertThat(e.code()).isEqualTo(StoreException.Code.DISK_FULL))
        .hasMessageContaining("there is no space left. Free some disk space");
    return accepted[0];
  }

  private static long add(Tx tx, String label) {
    return tx.insert("INSERT INTO batches (label, created) VALUES (?, 0)", label);
  }

  private static List<Long> rows(Database database) {
    return database.read(tx -> tx.query("SELECT id FROM batches", row -> row.number(1)));
  }
}
