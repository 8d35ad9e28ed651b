package dev.sandpiper.standin.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/// The requests of one connection, one after the other.
final class Exchanges extends SimpleChannelInboundHandler<FullHttpRequest> {

  private final Handler handler;
  private final Executor workers;

  Exchanges(Handler handler, Executor workers) {
    this.handler = handler;
    this.workers = workers;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest message) {
    Request request = request(message);
    boolean keepAlive = HttpUtil.isKeepAlive(message);
    try {
      workers.execute(() -> answer(context, request, keepAlive));
    } catch (RejectedExecutionException _) {
      close(context); // the server is closing
    }
  }

  private static Request request(FullHttpRequest message) {
    QueryStringDecoder uri = new QueryStringDecoder(message.uri());
    Map<String, String> query = new HashMap<>();
    uri.parameters().forEach((name, values) -> query.put(name, values.getLast()));
    Map<String, String> headers = new HashMap<>();
    message
        .headers()
        .forEach(
            header -> headers.put(header.getKey().toLowerCase(Locale.ROOT), header.getValue()));
    message
        .trailingHeaders()
        .forEach(
            header -> headers.put(header.getKey().toLowerCase(Locale.ROOT), header.getValue()));
    byte[] body = new byte[message.content().readableBytes()];
    message.content().readBytes(body);
    return new Request(message.method().name(), uri.rawPath(), query, headers, body);
  }

  private void answer(ChannelHandlerContext context, Request request, boolean keepAlive) {
    Reply reply;
    try {
      reply = handler.answer(request);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      close(context);
      return;
    } catch (Exception e) {
      // The client is a test: it shall read what went wrong here.
      reply = Reply.of(500, "text/plain", "The stand-in failed: " + e);
    }
    deliver(context, reply, keepAlive);
  }

  private static void deliver(ChannelHandlerContext context, Reply reply, boolean keepAlive) {
    switch (reply.delivery()) {
      case Delivery.Whole _ -> {
        DefaultFullHttpResponse response =
            new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(reply.status()),
                Unpooled.wrappedBuffer(reply.body()));
        head(response, reply, keepAlive);
        ChannelFuture written = context.writeAndFlush(response);
        written.addListener(
            keepAlive ? ChannelFutureListener.CLOSE_ON_FAILURE : ChannelFutureListener.CLOSE);
      }
      case Delivery.Slow slow -> slowly(context, reply, slow, keepAlive);
      case Delivery.Reset _ -> reset(context);
      case Delivery.CutShort _ -> {
        begin(context, reply, keepAlive);
        context
            .writeAndFlush(
                new DefaultHttpContent(
                    Unpooled.wrappedBuffer(reply.body(), 0, reply.body().length / 2)))
            .awaitUninterruptibly();
        reset(context);
      }
    }
  }

  private static void slowly(
      ChannelHandlerContext context, Reply reply, Delivery.Slow slow, boolean keepAlive) {
    begin(context, reply, keepAlive);
    byte[] body = reply.body();
    int from = 0;
    try {
      for (int piece = 1; piece <= slow.pieces(); piece++) {
        Thread.sleep(slow.pause());
        int to = (int) ((long) body.length * piece / slow.pieces());
        ByteBuf bytes = Unpooled.wrappedBuffer(body, from, to - from);
        context.writeAndFlush(new DefaultHttpContent(bytes)).awaitUninterruptibly();
        from = to;
      }
      ChannelFuture last = context.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
      last.addListener(
          keepAlive ? ChannelFutureListener.CLOSE_ON_FAILURE : ChannelFutureListener.CLOSE);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      close(context);
    }
  }

  private static void begin(ChannelHandlerContext context, Reply reply, boolean keepAlive) {
    HttpResponse response =
        new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(reply.status()));
    head(response, reply, keepAlive);
    ChannelFuture _ = context.writeAndFlush(response);
  }

  private static void head(HttpResponse response, Reply reply, boolean keepAlive) {
    response.headers().set(HttpHeaderNames.CONTENT_LENGTH, reply.body().length);
    reply.headers().forEach((name, value) -> response.headers().set(name, value));
    HttpUtil.setKeepAlive(response, keepAlive);
  }

  /// Without lingering a close is a reset.
  private static void reset(ChannelHandlerContext context) {
    ((SocketChannel) context.channel()).config().setSoLinger(0);
    close(context);
  }

  private static void close(ChannelHandlerContext context) {
    ChannelFuture _ = context.close();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    close(context);
  }
}
