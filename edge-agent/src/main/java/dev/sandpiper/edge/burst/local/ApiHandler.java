package dev.sandpiper.edge.burst.local;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One connection of a runtime client: `/<secret>/2018-06-01/runtime/…`.
final class ApiHandler extends SimpleChannelInboundHandler<HttpObject> {

  /// Largest answer: replies are envelopes, content goes to a file.
  static final int MOST_ANSWER_BYTES = 1 << 20;

  private static final String RUNTIME = "/2018-06-01/runtime/";
  private static final String NEXT = "invocation/next";
  private static final String INVOCATION = "invocation/";
  private static final String RESPONSE = "/response";
  private static final String ERROR = "/error";
  private static final String INIT_ERROR = "init/error";
  private static final int MOST_ERROR_CHARACTERS = 2_000;

  private final Map<String, ApiSession> sessions;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private @Nullable ApiSession session;
  private String call = "";
  private boolean oversized;

  ApiHandler(Map<String, ApiSession> sessions) {
    this.sessions = sessions;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, HttpObject message) {
    if (message instanceof HttpRequest request) {
      begin(request);
    }
    if (message instanceof HttpContent content) {
      collect(content.content());
      if (message instanceof LastHttpContent) {
        finish(context);
      }
    }
  }

  private void begin(HttpRequest request) {
    String uri = request.uri();
    int end = uri.indexOf('/', 1);
    boolean known = uri.startsWith("/") && end > 0 && uri.startsWith(RUNTIME, end);
    session = known ? sessions.get(uri.substring(1, end)) : null;
    call = known ? uri.substring(end + RUNTIME.length()) : "";
    body.reset();
    oversized = false;
  }

  private void collect(ByteBuf bytes) {
    if (oversized || body.size() + bytes.readableBytes() > MOST_ANSWER_BYTES) {
      oversized = true;
      return;
    }
    byte[] part = new byte[bytes.readableBytes()];
    bytes.readBytes(part);
    body.writeBytes(part);
  }

  private void finish(ChannelHandlerContext context) {
    ApiSession worker = session;
    if (worker == null) {
      respond(context, HttpResponseStatus.NOT_FOUND);
    } else if (call.equals(NEXT)) {
      worker.next(invocation -> send(context, delivery(invocation)));
    } else if (call.startsWith(INVOCATION) && call.endsWith(RESPONSE)) {
      respond(context, HttpResponseStatus.ACCEPTED);
      worker.answer(
          id(RESPONSE),
          oversized ? new Outcome.Oversized() : new Outcome.Answered(body.toByteArray()));
    } else if (call.startsWith(INVOCATION) && call.endsWith(ERROR)) {
      respond(context, HttpResponseStatus.ACCEPTED);
      worker.answer(id(ERROR), new Outcome.Errored(errorText()));
    } else if (call.equals(INIT_ERROR)) {
      respond(context, HttpResponseStatus.ACCEPTED);
      worker.initFailed(errorText());
    } else {
      respond(context, HttpResponseStatus.NOT_FOUND);
    }
  }

  private String id(String suffix) {
    int end = call.length() - suffix.length();
    return end > INVOCATION.length() ? call.substring(INVOCATION.length(), end) : "";
  }

  private String errorText() {
    String text = body.toString(StandardCharsets.UTF_8);
    return text.length() > MOST_ERROR_CHARACTERS ? text.substring(0, MOST_ERROR_CHARACTERS) : text;
  }

  private static FullHttpResponse delivery(Invocation invocation) {
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.OK,
            Unpooled.wrappedBuffer(invocation.payload()));
    response
        .headers()
        // Without a content type the runtime client's native code crashes.
        .set(HttpHeaderNames.CONTENT_TYPE, "application/json")
        .set(HttpHeaderNames.CONTENT_LENGTH, invocation.payload().length)
        .set("Lambda-Runtime-Aws-Request-Id", invocation.requestId())
        .set("Lambda-Runtime-Deadline-Ms", invocation.deadlineMillis())
        .set(
            "Lambda-Runtime-Invoked-Function-Arn",
            "arn:aws:lambda:local:000000000000:function:sandpiper-parse");
    return response;
  }

  private static void respond(ChannelHandlerContext context, HttpResponseStatus status) {
    FullHttpResponse response =
        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.EMPTY_BUFFER);
    response
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, "application/json")
        .set(HttpHeaderNames.CONTENT_LENGTH, 0);
    send(context, response);
  }

  private static void send(ChannelHandlerContext context, FullHttpResponse response) {
    ChannelFuture _ =
        context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    ChannelFuture _ = context.close();
  }
}
