package dev.sandpiper.edge.net;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The one thread that moves bytes to and from sockets; it begins when it is first needed. Nothing
/// may block it.
public final class Loop implements AutoCloseable {

  private @Nullable EventLoopGroup group;
  private boolean closed;

  /// The event loop.
  ///
  /// @throws IllegalStateException when it is closed
  public synchronized EventLoopGroup group() {
    if (closed) {
      throw new IllegalStateException("the agent is stopping");
    }
    EventLoopGroup running = group;
    if (running == null) {
      running =
          new MultiThreadIoEventLoopGroup(
              1, new DefaultThreadFactory("net", true), NioIoHandler.newFactory());
      group = running;
    }
    return running;
  }

  /// Closes everything that hangs on it.
  @Override
  public void close() {
    EventLoopGroup running;
    synchronized (this) {
      closed = true;
      running = group;
    }
    if (running != null) {
      running.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly(10, TimeUnit.SECONDS);
    }
  }
}
