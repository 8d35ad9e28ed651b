package dev.sandpiper.standin.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Serves a [Handler] on a free loopback port until it is closed.
public final class LoopbackServer implements AutoCloseable {

  private static final int MOST_BODY_BYTES = 128 << 20;
  private static final int MOST_LINE = 16 << 10;
  private static final int BACKLOG = 1024;
  private static final int LOWEST_PORT = 10_000;
  private static final int HIGHEST_PORT = 32_000;
  private static final int TRIES = 100;

  private final Handler handler;
  private final EventLoopGroup loop;
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final int port;
  private @Nullable Channel listener;

  private LoopbackServer(String name, Handler handler) {
    this.handler = handler;
    ThreadFactory threads = task -> daemon(task, name);
    this.loop = new MultiThreadIoEventLoopGroup(1, threads, NioIoHandler.newFactory());
    Channel channel = listen();
    this.listener = channel;
    this.port = ((InetSocketAddress) channel.localAddress()).getPort();
  }

  /// Starts to listen.
  ///
  /// @param name of its thread
  public static LoopbackServer start(String name, Handler handler) {
    return new LoopbackServer(name, handler);
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  public int port() {
    return port;
  }

  /// `http://127.0.0.1:port`.
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /// While `true` connections are refused, and those that are open end.
  public synchronized void refuse(boolean refusing) {
    Channel open = listener;
    if (refusing && open != null) {
      open.close().syncUninterruptibly();
      listener = null;
      connections.close().awaitUninterruptibly();
    } else if (!refusing && open == null) {
      listener = bind(port).syncUninterruptibly().channel();
    }
  }

  /// On a port that the kernel does not give to whoever connects: somebody would have it when
  /// connections are to be taken again.
  private Channel listen() {
    for (int i = 0; i < TRIES; i++) {
      ChannelFuture bound =
          bind(ThreadLocalRandom.current().nextInt(LOWEST_PORT, HIGHEST_PORT))
              .awaitUninterruptibly();
      if (bound.isSuccess()) {
        return bound.channel();
      }
    }
    return bind(0).syncUninterruptibly().channel();
  }

  private ChannelFuture bind(int wanted) {
    return new ServerBootstrap()
        .group(loop)
        .channel(NioServerSocketChannel.class)
        .option(ChannelOption.SO_REUSEADDR, true)
        .option(ChannelOption.SO_BACKLOG, BACKLOG)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childHandler(
            new ChannelInitializer<SocketChannel>() {
              @Override
              protected void initChannel(SocketChannel channel) {
                connections.add(channel);
                channel
                    .pipeline()
                    .addLast(
                        new HttpServerCodec(MOST_LINE, MOST_LINE, MOST_LINE),
                        new HttpObjectAggregator(MOST_BODY_BYTES),
                        new Exchanges(handler, workers));
              }
            })
        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted));
  }

  @Override
  public void close() {
    refuse(true);
    workers.shutdownNow();
    loop.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
  }
}
