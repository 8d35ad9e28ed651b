package dev.sandpiper.edge.http;

import dev.sandpiper.edge.config.HttpConfig;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Closes connections whose next request does not come, or comes byte by byte. A timer runs only
/// while a connection waits for a header.
// A write or close that fails shows as a closed channel, which is what everybody watches.
@SuppressWarnings("FutureReturnValueIgnored")
final class ConnectionGuard extends ChannelInboundHandlerAdapter {

  private enum Phase {
    BETWEEN_REQUESTS,
    HEADER,
    REQUEST
  }

  private final HttpConfig.Limits limits;
  private Phase phase = Phase.HEADER;
  private @Nullable ScheduledFuture<?> timer;

  ConnectionGuard(HttpConfig.Limits limits) {
    this.limits = limits;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    arm(context, limits.headerTimeout());
    context.fireChannelActive();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (phase == Phase.BETWEEN_REQUESTS) {
      phase = Phase.HEADER;
      arm(context, limits.headerTimeout());
    }
    context.fireChannelRead(message);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    disarm();
    context.fireChannelInactive();
  }

  /// A header is complete; from now on the request's own limits count.
  void requestBegins() {
    phase = Phase.REQUEST;
    disarm();
  }

  /// The answer is out and the connection is kept.
  void requestEnds(ChannelHandlerContext context) {
    phase = Phase.BETWEEN_REQUESTS;
    arm(context, limits.idleTimeout());
  }

  private void arm(ChannelHandlerContext context, Duration timeout) {
    disarm();
    timer =
        context
            .executor()
            .schedule(
                () -> {
                  context.channel().close();
                },
                timeout.toMillis(),
                TimeUnit.MILLISECONDS);
  }

  private void disarm() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }
}
