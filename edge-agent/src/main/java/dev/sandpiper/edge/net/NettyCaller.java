package dev.sandpiper.edge.net;

import dev.sandpiper.edge.net.HttpCallException.Phase;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.IOException;
import java.io.InputStream;
import java.security.KeyStore;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// HTTP/1.1 over Netty, TLS by the JDK. No redirects, no compression, no cookies. An answer is read
/// from the socket as fast as it is read from the reply, and no faster.
// A write or close that fails shows as a closed channel, which is what everybody watches.
@SuppressWarnings("FutureReturnValueIgnored")
public final class NettyCaller implements HttpCaller {

  private static final int CHUNK = 8_192;
  private static final int MOST_IDLE = 8;

  private static final Pattern KEPT_FOR = Pattern.compile("timeout=(\\d{1,6})");

  private final CallerOptions options;
  private final String userAgent;
  private final Connector connector;
  private final IdleLines idle;
  private final Semaphore places;

  /// @param loop moves the bytes; stays the caller's
  /// @param userAgent sent with calls that name none
  public NettyCaller(Loop loop, String userAgent) {
    this(loop, userAgent, null, CallerOptions.DEFAULTS);
  }

  /// @param trusted authorities; `null` for those of the JDK
  NettyCaller(Loop loop, String userAgent, @Nullable KeyStore trusted, CallerOptions options) {
    this.options = options;
    this.userAgent = userAgent;
    this.connector = new Connector(loop, new TlsContext(trusted));
    this.idle = new IdleLines(options.idlePerHost(), MOST_IDLE);
    this.places = new Semaphore(options.calls());
  }

  @Override
  public HttpReply send(HttpCall call) throws HttpCallException, InterruptedException {
    Origin origin = Origin.of(call.uri(), "http", "https");
    HttpRequest request = request(call, origin);
    Deadline total = Deadline.in(call.times().total());
    Deadline connect = total.orSooner(call.times().connect());
    if (!places.tryAcquire(connect.left(), TimeUnit.NANOSECONDS)) {
      throw Failures.timeout(
          Phase.UNSENT,
          origin,
          "was not called: %d calls are under way already".formatted(options.calls()));
    }
    AtomicBoolean held = new AtomicBoolean(true);
    Runnable free =
        () -> {
          if (held.compareAndSet(true, false)) {
            places.release();
          }
        };
    boolean answered = false;
    try {
      HttpReply reply = send(call, request, origin, total, free);
      answered = true;
      return reply;
    } finally {
      if (!answered) {
        free.run();
      }
    }
  }

  private HttpReply send(
      HttpCall call, HttpRequest request, Origin origin, Deadline total, Runnable free)
      throws HttpCallException, InterruptedException {
    Line kept = idle.take(origin);
    if (kept != null) {
      Exchange exchange = exchange(origin, call.times(), total, kept);
      try {
        return answer(call, request, exchange, free);
      } catch (HttpCallException e) {
        if (!mayRepeat(call, e, exchange)) {
          throw e;
        }
      }
    }
    Duration wait = call.times().connect();
    Line fresh = line(connector.open(origin, wait, total.orSooner(wait)));
    return answer(call, request, exchange(origin, call.times(), total, fresh), free);
  }

  /// A kept connection may have died unseen. Where the far side cannot have seen the request, or
  /// nothing changes by seeing it twice, another connection is worth a try.
  private static boolean mayRepeat(HttpCall call, HttpCallException e, Exchange exchange) {
    boolean harmless = call.method().equals("GET") || call.method().equals("HEAD");
    return exchange.isSilent()
        && !e.isTimeout()
        && (e.phase() == Phase.UNSENT || (harmless && e.phase() == Phase.UNANSWERED));
  }

  private Line line(Channel channel) {
    Line line = new Line(channel);
    channel.pipeline().addLast(codec(), line);
    return line;
  }

  private HttpClientCodec codec() {
    return new HttpClientCodec(
        new HttpDecoderConfig()
            .setMaxInitialLineLength(options.statusLine())
            .setMaxHeaderSize(options.header())
            .setMaxChunkSize(CHUNK)
            .setInitialBufferSize(128)
            .setAllowDuplicateContentLengths(false)
            .setUseRfc9112TransferEncoding(true),
        false,
        false);
  }

  private Exchange exchange(Origin origin, CallTimes times, Deadline total, Line line) {
    return new Exchange(
        origin,
        times,
        total,
        line,
        (head, whole) -> {
          Duration time = keptFor(head);
          if (whole && HttpUtil.isKeepAlive(head) && !time.isZero()) {
            idle.put(origin, line, time);
          } else {
            line.cut();
          }
        });
  }

  /// A server that says how long it keeps a connection is believed, with a second to spare.
  private Duration keptFor(HttpResponse head) {
    String said = head.headers().get("Keep-Alive");
    Matcher seconds = said == null ? null : KEPT_FOR.matcher(said);
    if (seconds == null || !seconds.find()) {
      return options.idleTime();
    }
    Duration time = Duration.ofSeconds(Math.max(0, Integer.parseInt(seconds.group(1)) - 1));
    return time.compareTo(options.idleTime()) < 0 ? time : options.idleTime();
  }

  private HttpReply answer(HttpCall call, HttpRequest request, Exchange exchange, Runnable free)
      throws HttpCallException, InterruptedException {
    boolean answered = false;
    try {
      send(call.body(), request, exchange);
      HttpResponse head = exchange.awaitHead();
      answered = true;
      return new Reply(head, exchange, free);
    } finally {
      if (!answered) {
        exchange.drop();
      }
    }
  }

  private static void send(HttpBody body, HttpRequest request, Exchange exchange)
      throws HttpCallException, InterruptedException {
    Line line = exchange.line();
    RequestSink.Sender sender =
        (part, head) -> {
          exchange.writing();
          line.channel()
              .writeAndFlush(part)
              .addListener(written -> exchange.written(written.isSuccess(), head));
        };
    line.channel()
        .eventLoop()
        .execute(() -> {
          line.begin(exchange);
          line.channel().read();
        });
    sender.send(request, true);
    switch (body) {
      case HttpBody.Nothing _ -> {
        // the end follows
      }
      case HttpBody.Bytes(_, byte[] bytes) when bytes.length <= CHUNK ->
          sender.send(new DefaultHttpContent(Unpooled.wrappedBuffer(bytes)), false);
      case HttpBody.Bytes(_, byte[] bytes) -> {
        if (!stream(out -> out.write(bytes), bytes.length, sender, exchange)) {
          return;
        }
      }
      case HttpBody.Streamed(_, long length, HttpBody.Writer writer) -> {
        if (!stream(writer, length, sender, exchange)) {
          return;
        }
      }
    }
    exchange.sent();
    sender.send(LastHttpContent.EMPTY_LAST_CONTENT, false);
    exchange.awaitWritten();
  }

  /// @return `false` when the far side has answered before the end
  private static boolean stream(
      HttpBody.Writer writer, long length, RequestSink.Sender sender, Exchange exchange)
      throws HttpCallException, InterruptedException {
    exchange.awaitWritten(); // a writer runs once: not on a connection that is dead already
    RequestSink out = new RequestSink(exchange, sender, length);
    try {
      writer.writeTo(out);
    } catch (RequestSink.AnsweredException _) {
      return false;
    } catch (HttpCallException e) {
      throw e;
    } catch (IOException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      throw exchange.unmade(String.valueOf(e.getMessage()), e);
    }
    if (!out.isComplete()) {
      throw exchange.unmade("it is shorter than the bytes announced", null);
    }
    return true;
  }

  private HttpRequest request(HttpCall call, Origin origin) {
    HttpRequest request =
        new DefaultHttpRequest(
            HttpVersion.HTTP_1_1, HttpMethod.valueOf(call.method()), Origin.target(call.uri()));
    HttpHeaders headers = request.headers();
    headers.set(HttpHeaderNames.HOST, origin.label());
    headers.set(HttpHeaderNames.USER_AGENT, userAgent);
    switch (call.body()) {
      case HttpBody.Nothing _ -> {
        if (!call.method().equals("GET") && !call.method().equals("HEAD")) {
          headers.set(HttpHeaderNames.CONTENT_LENGTH, 0);
        }
      }
      case HttpBody.Bytes(String type, byte[] bytes) -> body(headers, type, bytes.length);
      case HttpBody.Streamed(String type, long length, _) -> body(headers, type, length);
    }
    call.headers().forEach(headers::set);
    return request;
  }

  private static void body(HttpHeaders headers, String type, long length) {
    headers.set(HttpHeaderNames.CONTENT_TYPE, type);
    headers.set(HttpHeaderNames.CONTENT_LENGTH, length);
  }

  /// How many connections wait for a call.
  int idle() {
    return idle.size();
  }

  @Override
  public WebSocketLink connect(WebSocketCall call) throws HttpCallException, InterruptedException {
    Origin origin = Origin.of(call.uri(), "ws", "wss");
    Deadline end = Deadline.in(call.connect());
    WebSocketHandshake handshake = new WebSocketHandshake(call, userAgent);
    Channel channel = connector.open(origin, call.connect(), end);
    NettyWebSocket link = new NettyWebSocket(channel, handshake, call.maxMessage());
    boolean open = false;
    try {
      channel.pipeline().addLast(codec(), new HttpObjectAggregator(CHUNK), link);
      link.awaitOpen(origin, call.connect(), end);
      open = true;
      return link;
    } finally {
      if (!open) {
        Connector.close(channel);
      }
    }
  }

  private record Reply(HttpResponse head, Exchange exchange, Runnable free) implements HttpReply {

    @Override
    public int status() {
      return head.status().code();
    }

    @Override
    public @Nullable String header(String lowerCaseName) {
      return head.headers().get(lowerCaseName);
    }

    @Override
    public InputStream body() {
      return new ReplyStream(exchange);
    }

    @Override
    public void close() {
      exchange.drop();
      free.run();
    }
  }
}
