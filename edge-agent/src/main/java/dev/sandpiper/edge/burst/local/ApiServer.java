package dev.sandpiper.edge.burst.local;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// The sockets of the Runtime API: one loopback port for workers in the agent's network, one unix
/// socket for each worker without. One thread serves them all.
final class ApiServer implements AutoCloseable {

  private final EventLoopGroup loop =
      new MultiThreadIoEventLoopGroup(1, ApiServer::thread, NioIoHandler.newFactory());
  private final Map<String, ApiSession> sessions = new ConcurrentHashMap<>();

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(null, task, "worker-api", 256L << 10);
    thread.setDaemon(true);
    return thread;
  }

  /// Opens a port on loopback and returns it.
  int listenOnLoopback() {
    Channel channel =
        listen(
            NioServerSocketChannel.class,
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    return ((InetSocketAddress) channel.localAddress()).getPort();
  }

  /// Opens a unix socket; the caller closes the channel and deletes the file.
  Channel listenOn(Path socket) {
    return listen(NioServerDomainSocketChannel.class, UnixDomainSocketAddress.of(socket));
  }

  /// Serves `session` at the path `secret`.
  void register(String secret, ApiSession session) {
    sessions.put(secret, session);
  }

  void unregister(String secret) {
    sessions.remove(secret);
  }

  private Channel listen(Class<? extends ServerChannel> type, SocketAddress address) {
    return new ServerBootstrap()
        .group(loop)
        .channel(type)
        .childHandler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel channel) {
                channel.pipeline().addLast(new HttpServerCodec(), new ApiHandler(sessions));
              }
            })
        .bind(address)
        .syncUninterruptibly()
        .channel();
  }

  @Override
  public void close() {
    loop.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
  }
}
