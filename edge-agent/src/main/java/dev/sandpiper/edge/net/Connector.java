package dev.sandpiper.edge.net;

import dev.sandpiper.edge.net.HttpCallException.Phase;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/// Opens connections, TLS included. The caller's thread waits; nothing has been sent when it fails.
final class Connector {

  private static final int SOCKET_READ = 16_384;

  /// Of a name with many addresses so many are tried.
  private static final int MOST_ADDRESSES = 4;

  private final Loop loop;
  private final TlsContext tls;
  private final Addresses addresses = new Addresses();

  Connector(Loop loop, TlsContext tls) {
    this.loop = loop;
    this.tls = tls;
  }

  Channel open(Origin origin, Duration wait, Deadline end)
      throws HttpCallException, InterruptedException {
    Channel channel = connect(origin, wait, end);
    if (!origin.tls()) {
      return channel;
    }
    boolean done = false;
    try {
      shakeHands(channel, origin, wait, end);
      done = true;
      return channel;
    } finally {
      if (!done) {
        close(channel);
      }
    }
  }

  private Channel connect(Origin origin, Duration wait, Deadline end)
      throws HttpCallException, InterruptedException {
    List<InetAddress> found;
    try {
      found = addresses.of(origin.name(), end);
    } catch (UnknownHostException e) {
      throw Failures.unreachable(origin, e);
    }
    int count = Math.min(found.size(), MOST_ADDRESSES);
    Throwable cause = null;
    for (int i = 0; i < count && !end.isOver(); i++) {
      // Each address has its share of the time, so that one that is dead does not use it up.
      Deadline share = end.orSooner(Duration.ofNanos(end.left() / (count - i)));
      ChannelFuture connected = connect(new InetSocketAddress(found.get(i), origin.port()));
      if (await(connected, connected.channel(), share)) {
        if (connected.isSuccess()) {
          return connected.channel();
        }
        cause = connected.cause();
      } else {
        close(connected.channel());
      }
    }
    if (cause == null) {
      throw late(origin, wait);
    }
    throw Failures.unreachable(origin, cause);
  }

  private static HttpCallException late(Origin origin, Duration wait) {
    return Failures.timeout(
        Phase.UNSENT,
        origin,
        "cannot be reached: no connection in %s; check the address and the internet connection"
            .formatted(Failures.words(wait)));
  }

  private ChannelFuture connect(InetSocketAddress address) {
    return new Bootstrap()
        .group(loop.group())
        .channel(NioSocketChannel.class)
        .disableResolver()
        .option(ChannelOption.ALLOCATOR, UnpooledByteBufAllocator.DEFAULT)
        .option(ChannelOption.AUTO_READ, false)
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.SO_KEEPALIVE, true)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0)
        .option(
            ChannelOption.RECVBUF_ALLOCATOR,
            new FixedRecvByteBufAllocator(SOCKET_READ).maxMessagesPerRead(1))
        .option(
            ChannelOption.WRITE_BUFFER_WATER_MARK,
            new WriteBufferWaterMark(SOCKET_READ, 2 * SOCKET_READ))
        .handler(new Nothing())
        .connect(address);
  }

  /// A channel needs a handler, and ours come when it stands.
  @ChannelHandler.Sharable
  private static final class Nothing extends ChannelInboundHandlerAdapter {
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      // whoever waits for the connection hears of it
    }
  }

  private void shakeHands(Channel channel, Origin origin, Duration wait, Deadline end)
      throws HttpCallException, InterruptedException {
    SSLEngine engine = tls.context().createSSLEngine(origin.name(), origin.port());
    engine.setUseClientMode(true);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    engine.setSSLParameters(parameters);
    // Certificates are judged on a thread of their own: it takes long on a small machine.
    SslHandler handler = new SslHandler(engine, task -> Thread.ofVirtual().start(task));
    handler.setHandshakeTimeoutMillis(0);
    channel.pipeline().addFirst(handler);
    Future<Channel> shaken = handler.handshakeFuture();
    if (!await(shaken, channel, end)) {
      throw late(origin, wait);
    }
    if (!shaken.isSuccess()) {
      throw Failures.unreachable(origin, shaken.cause());
    }
  }

  private static boolean await(Future<?> future, @Nullable Channel channel, Deadline end)
      throws InterruptedException {
    try {
      return future.await(end.left(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      close(channel);
      throw e;
    }
  }

  static void close(@Nullable Channel channel) {
    if (channel != null) {
      var first = channel.pipeline().firstContext();
      var _ = first == null ? channel.close() : first.close();
    }
  }
}
