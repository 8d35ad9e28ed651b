package dev.sandpiper.edge.courier;

import dev.sandpiper.edge.courier.protocol.Lines;
import dev.sandpiper.edge.courier.protocol.Notice;
import dev.sandpiper.edge.courier.protocol.Order;
import dev.sandpiper.edge.courier.protocol.OrderJson;
import dev.sandpiper.edge.courier.protocol.ProtocolException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Reads orders until there are no more, or the agent says stop.
final class Courier {

  /// How the process ends.
  static final int GOOD = 0;

  /// Orders came that are none: agent and courier are not of the same distribution.
  static final int CONFUSED = 65;

  private static final long TICK_MILLIS = 1_000;

  private final Lines lines;
  private final Voice voice;
  private final InstantSource clock;
  private final RandomGenerator random;

  Courier(InputStream in, OutputStream out, InstantSource clock, RandomGenerator random) {
    lines = new Lines(in);
    voice = new Voice(out);
    this.clock = clock;
    this.random = random;
  }

  /// Works until the end.
  ///
  /// @return the exit status
  int run() throws IOException, InterruptedException {
    Cloud cloud = null;
    try {
      for (Order order = next(); order != null; order = next()) {
        if (cloud != null) {
          cloud.obey(order);
        } else if (order instanceof Order.Open open) {
          cloud = open(open);
        } else {
          throw new ConfusedException("The first order must be open, not " + order + ".");
        }
      }
      return GOOD;
    } catch (ConfusedException | ProtocolException e) {
      voice.tell(
          new Notice.Problem(
              "The courier does not understand the agent: "
                  + e.getMessage()
                  + " Install Sandpiper anew."));
      return CONFUSED;
    } finally {
      if (cloud != null) {
        cloud.close();
      }
    }
  }

  /// The first order is none that can be obeyed.
  private static final class ConfusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ConfusedException(String message) {
      super(message);
    }
  }

  private @Nullable Order next() throws IOException {
    byte[] line = lines.next();
    Order order = line == null ? null : OrderJson.read(line);
    return order instanceof Order.Stop ? null : order;
  }

  private Cloud open(Order.Open open) {
    Cloud cloud;
    try {
      cloud = new Cloud(open.config(), voice, clock, random);
    } catch (IllegalArgumentException e) {
      throw new ConfusedException(String.valueOf(e.getMessage()));
    }
    Thread.ofVirtual()
        .name("tick")
        .start(() -> {
          try {
            while (true) {
              Thread.sleep(TICK_MILLIS);
              cloud.tick();
            }
          } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // the process ends
          }
        });
    voice.tell(new Notice.Ready());
    return cloud;
  }
}
