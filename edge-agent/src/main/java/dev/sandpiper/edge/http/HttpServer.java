package dev.sandpiper.edge.http;

import dev.sandpiper.edge.config.HttpConfig;
import dev.sandpiper.edge.config.Secret;
import dev.sandpiper.edge.event.EventLog;
import dev.sandpiper.edge.journal.Journal;
import dev.sandpiper.edge.net.Loop;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpResponseEncoder;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The HTTP server on the agent's event loop; handlers run on virtual threads, bounded per kind.
public final class HttpServer implements AutoCloseable {

  private static final int SOCKET_READ = 16_384;
  private static final String TOO_MANY =
      """
      HTTP/1.1 503 Service Unavailable\r
      Retry-After: 1\r
      Content-Type: application/problem+json\r
      Content-Length: 123\r
      Connection: close\r
      \r
      """;

  private final ServerParts parts;
  private final ExecutorService handlers;
  private final Loop loop;
  private final boolean ownLoop;
  private @Nullable ChannelGroup channels;
  private int port;

  /// Whom it tells what happens.
  ///
  /// @param clock for the Date header
  /// @param loop moves the bytes and stays the caller's; `null` for one of its own
  public record Surroundings(
      EventLog events, InstantSource clock, Journal journal, @Nullable Loop loop) {

    /// With an event loop of its own.
    public Surroundings(EventLog events, InstantSource clock, Journal journal) {
      this(events, clock, journal, null);
    }
  }

  /// A server that is not started yet.
  ///
  /// @param api what it serves
  public HttpServer(HttpConfig config, Secret token, HttpApi api, Surroundings surroundings) {
    this(config, token, new Router(api.routes()), surroundings);
  }

  HttpServer(HttpConfig config, Secret token, Router router, Surroundings surroundings) {
    Loop shared = surroundings.loop();
    this.ownLoop = shared == null;
    this.loop = shared == null ? new Loop() : shared;
    this.handlers =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("http-", 0).factory());
    this.parts =
        new ServerParts(config, token, router, surroundings, Shares.of(config.limits()), handlers);
  }

  /// Listens.
  ///
  /// @return the port, which differs from the configured one when that was 0
  /// @throws HttpException when the address cannot be taken
  public int start() {
    EventLoopGroup group = loop.group();
    ChannelGroup open = new DefaultChannelGroup(group.next(), true);
    channels = open;
    HttpConfig config = parts.config();
    var bound =
        new ServerBootstrap()
            .group(group)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_REUSEADDR, true)
            .option(ChannelOption.SO_BACKLOG, 128)
            .option(ChannelOption.ALLOCATOR, UnpooledByteBufAllocator.DEFAULT)
            .childOption(ChannelOption.ALLOCATOR, UnpooledByteBufAllocator.DEFAULT)
            .childOption(ChannelOption.AUTO_READ, false)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(
                ChannelOption.RECVBUF_ALLOCATOR,
                new FixedRecvByteBufAllocator(SOCKET_READ).maxMessagesPerRead(1))
            .childOption(
                ChannelOption.WRITE_BUFFER_WATER_MARK,
                new WriteBufferWaterMark(SOCKET_READ, 2 * SOCKET_READ))
            .childHandler(new Connections(parts, open))
            .bind(config.bind(), config.port())
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      close();
      throw new HttpException(
          "cannot listen on %s port %d (%s); is another agent running? Choose a free http.port"
              .formatted(config.bind(), config.port(), bound.cause().getMessage()),
          bound.cause());
    }
    Channel server = bound.channel();
    open.add(server);
    port = ((InetSocketAddress) server.localAddress()).getPort();
    return port;
  }

  /// The port it listens on; 0 before [#start].
  public int port() {
    return port;
  }

  /// Stops listening, breaks off what runs and waits for its end.
  @Override
  public void close() {
    if (channels != null) {
      channels.close().awaitUninterruptibly(5, TimeUnit.SECONDS);
    }
    handlers.shutdown();
    try {
      if (!handlers.awaitTermination(10, TimeUnit.SECONDS)) {
        handlers.shutdownNow();
      }
    } catch (InterruptedException _) {
      handlers.shutdownNow();
      Thread.currentThread().interrupt();
    }
    if (ownLoop) {
      loop.close();
    }
  }

  /// The routes it serves, as `METHOD template`.
  List<String> routes() {
    return parts.router().routes().stream()
        .map(route -> route.method() + " " + route.template())
        .toList();
  }

  /// Sets up accepted connections, or turns them away.
  private static final class Connections extends ChannelInitializer<SocketChannel> {
    private final ServerParts parts;
    private final Admission admission;
    private final ChannelGroup open;

    Connections(ServerParts parts, ChannelGroup open) {
      this.parts = parts;
      this.admission = new Admission(parts);
      this.open = open;
    }

    @Override
    protected void initChannel(SocketChannel channel) {
      // The group also holds the listening channel.
      if (open.size() > parts.limits().connections()) {
        byte[] body =
            Problem.of(503, "Busy", "Too many connections (http.max_connections). Try again.")
                        .toResponse()
                    instanceof Response.Whole whole
                ? whole.body()
                : new byte[0];
        String head = TOO_MANY.replace("123", Integer.toString(body.length));
        channel
            .writeAndFlush(Unpooled.wrappedBuffer(head.getBytes(StandardCharsets.US_ASCII), body))
            .addListener(ChannelFutureListener.CLOSE);
        return;
      }
      open.add(channel);
      ConnectionGuard guard = new ConnectionGuard(parts.limits());
      channel
          .pipeline()
          .addLast(guard)
          .addLast(new StrictDecoder(parts.limits()))
          .addLast(new HttpResponseEncoder())
          .addLast(new Dispatcher(parts, admission, guard));
    }
  }
}
