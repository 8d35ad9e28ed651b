package dev.sandpiper.edge.http;

import dev.sandpiper.edge.event.EventLog;
import dev.sandpiper.edge.event.EventSource;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.util.concurrent.ScheduledFuture;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// One listener to server-sent events. A listener that does not keep up is disconnected; it comes
/// back with the last id it saw.
// A write or close that fails shows as a closed channel, which is what everybody watches.
@SuppressWarnings("FutureReturnValueIgnored")
final class EventSession {

  private static final int MOST_UNSENT = 512;
  private static final long HEARTBEAT_SECONDS = 60;

  private final Channel channel;
  private final AtomicInteger unsent = new AtomicInteger();

  EventSession(Channel channel) {
    this.channel = channel;
  }

  /// Sends events until the connection closes.
  void start(EventSource events, @Nullable String lastId) {
    ScheduledFuture<?> heartbeat =
        channel
            .eventLoop()
            .scheduleAtFixedRate(
                () -> send(":\n\n"), HEARTBEAT_SECONDS, HEARTBEAT_SECONDS, TimeUnit.SECONDS);
    EventLog.Subscription subscription = events.subscribe(lastId, new Sender());
    // Who hears this misses nothing that happens from now on.
    send(": sandpiper\n\n");
    channel
        .closeFuture()
        .addListener(_ -> {
          heartbeat.cancel(false);
          subscription.close();
        });
  }

  private static String text(EventLog.Event event) {
    String id = event.id().isEmpty() ? "" : "id: " + event.id() + "\n";
    return id + "event: " + event.type() + "\ndata: " + event.data() + "\n\n";
  }

  private void send(String text) {
    if (unsent.incrementAndGet() > MOST_UNSENT) {
      channel.close();
      return;
    }
    channel
        .writeAndFlush(new DefaultHttpContent(Unpooled.copiedBuffer(text, StandardCharsets.UTF_8)))
        .addListener(_ -> unsent.decrementAndGet());
  }

  private final class Sender implements EventSource.Listener {
    @Override
    public void hear(EventLog.Event event) {
      send(text(event));
    }

    @Override
    public void end() {
      channel.close();
    }
  }
}
