package dev.sandpiper.edge.burst.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ExchangeTest {

  @TempDir Path home;

  @Test
  void resultThatCannotBeTakenLeavesNothingBehind() throws IOException {
    Exchange exchange = Exchange.create(home.resolve("worker"), true);
    Path results = Folders.makePrivate(home.resolve("results"));
    Files.writeString(exchange.out().resolve(Exchange.RESULT), "0123456789");
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> exchange.takeResult(results.resolve("a.json"), 10))
        .isInstanceOf(ClosedByInterruptException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(results).isEmptyDirectory();
  }
}
