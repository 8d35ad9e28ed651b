package dev.sandpiper.edge.http;

import dev.sandpiper.edge.event.EventSource;
import dev.sandpiper.edge.http.ResponseWriter.Framing;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// One request and its answer. The handler runs on a thread of its own; everything else on the
/// event loop.
// A write or close that fails shows as a closed channel, which is what everybody watches.
@SuppressWarnings("FutureReturnValueIgnored")
final class Exchange {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /// What becomes of the connection.
  enum After {
    KEEP,
    CLOSE,
    EVENTS
  }

  /// Told once, on any thread, when the answer is out.
  interface Done {
    void done(After after);
  }

  private final ServerParts parts;
  private final Channel channel;
  private final HttpRequest request;
  private final BodyStream body;
  private final ResponseWriter writer;
  private final Done done;
  private final boolean hasBody;

  Exchange(ServerParts parts, Channel channel, HttpRequest request, Done done) {
    this.parts = parts;
    this.channel = channel;
    this.request = request;
    this.done = done;
    boolean plain = Admission.hasPlainLength(request);
    this.hasBody =
        !plain
            || HttpUtil.isTransferEncodingChunked(request)
            || HttpUtil.getContentLength(request, 0L) > 0;
    boolean expects = HttpUtil.is100ContinueExpected(request);
    AtomicBoolean invited = new AtomicBoolean(!expects);
    this.body =
        new BodyStream(
            () -> {
              if (invited.compareAndSet(false, true)) {
                channel.writeAndFlush(
                    new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
              }
              channel.read();
            },
            parts.limits().stallTimeout(),
            parts.limits().minRate());
    this.writer = new ResponseWriter(channel, parts.clock(), parts.limits().stallTimeout());
  }

  BodyStream body() {
    return body;
  }

  /// Whether a body is still on its way.
  boolean isUnread() {
    return hasBody && !body.isComplete();
  }

  boolean hasBody() {
    return hasBody;
  }

  void begin(Admission.Verdict verdict) {
    switch (verdict) {
      case Admission.Verdict.Refuse(Problem problem) -> refuse(problem);
      case Admission.Verdict.Serve serve -> {
        if (serve.route().access().isUpload() && !parts.shares().uploads().tryAcquire()) {
          refuse(busy("http.max_uploads"));
        } else {
          parts.handlers().execute(() -> serve(serve));
        }
      }
    }
  }

  private static Problem busy(String key) {
    return Problem.later(
        503,
        "Busy",
        "All places for such requests are taken (" + key + "). Try again in a moment.",
        Duration.ofSeconds(1));
  }

  private void refuse(Problem problem) {
    answer(problem.toResponse());
  }

  private void serve(Admission.Verdict.Serve serve) {
    Semaphore share = parts.shares().of(serve.route().access());
    try {
      if (!serve.route().access().isUpload()
          && !share.tryAcquire(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        refuse(
            busy(
                serve.route().access() == Route.Access.HOOK
                    ? "http.max_hooks"
                    : "http.max_lookups"));
        return;
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      done.done(After.CLOSE);
      return;
    }
    try {
      answer(response(serve));
    } finally {
      share.release();
    }
  }

  private Response response(Admission.Verdict.Serve serve) {
    try {
      return serve.route().handler().handle(read(serve));
    } catch (Problem.Thrown e) {
      return e.problem().toResponse();
    } catch (BodyStream.StalledException e) {
      return Problem.of(408, "Request timeout", e.getMessage() + "; see http.min_rate.")
          .toResponse();
    } catch (BodyStream.BrokenException e) {
      return Problem.badRequest("The upload broke off: " + e.getMessage() + ". Send it again.")
          .toResponse();
    } catch (IOException | RuntimeException e) {
      if (channel.isActive()) {
        parts
            .journal()
            .error(
                "request-failed",
                "request",
                request.method() + " " + serve.route().template(),
                "reason",
                stackTrace(e));
      }
      return Problem.of(
              500,
              "Internal error",
              "The agent failed at this request; its log says why. What it had accepted is safe.")
          .toResponse();
    }
  }

  private static String stackTrace(Exception e) {
    StringWriter text = new StringWriter();
    e.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  private Request read(Admission.Verdict.Serve serve) {
    Map<String, String> headers = new LinkedHashMap<>();
    request
        .headers()
        .forEach(header ->
            headers.merge(
                header.getKey().toLowerCase(Locale.ROOT),
                header.getValue(),
                (a, b) -> a + ", " + b));
    return new Request(
        request.method().name(),
        serve.parameters(),
        serve.target().query(),
        headers,
        serve.trusted(),
        new Request.Body(body, HttpUtil.getContentLength(request, hasBody ? -1L : 0L)));
  }

  private void answer(Response response) {
    boolean keep =
        HttpUtil.isKeepAlive(request) && request.decoderResult().isSuccess() && !isUnread();
    Framing framing = new Framing(request.method().name().equals("HEAD"), keep);
    switch (response) {
      case Response.Whole whole -> {
        writer.write(whole, framing);
        done.done(keep ? After.KEEP : After.CLOSE);
      }
      case Response.Streamed streamed -> done.done(stream(streamed, framing));
      case Response.Events events -> listen(events, framing);
    }
  }

  private After stream(Response.Streamed streamed, Framing framing) {
    try {
      writer.stream(streamed, framing);
      return framing.keep() ? After.KEEP : After.CLOSE;
    } catch (IOException | RuntimeException e) {
      if (channel.isActive()) {
        parts.journal().warn("answer-cut-off", "reason", String.valueOf(e.getMessage()));
      }
      channel.close();
      return After.CLOSE;
    }
  }

  private void listen(Response.Events events, Framing framing) {
    if (framing.head()) {
      writer.write(
          new Response.Whole(200, "text/event-stream", Map.of(), new byte[0]),
          new Framing(true, false));
      done.done(After.CLOSE);
      return;
    }
    if (!parts.shares().subscribers().tryAcquire()) {
      refuse(busy("http.max_subscribers"));
      return;
    }
    channel.closeFuture().addListener(_ -> parts.shares().subscribers().release());
    writer.beginEvents();
    done.done(After.EVENTS);
    EventSource source = events.source() == null ? parts.events() : events.source();
    new EventSession(channel).start(source, events.lastId());
  }
}
