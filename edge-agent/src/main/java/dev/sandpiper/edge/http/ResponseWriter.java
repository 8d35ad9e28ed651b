package dev.sandpiper.edge.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Sends answers. A streamed one is written piece by piece, each waiting until the one before has
/// left: a slow reader costs one piece of memory, and one that stops is cut off.
// A write or close that fails shows as a closed channel, which is what everybody watches.
@SuppressWarnings("FutureReturnValueIgnored")
final class ResponseWriter {

  private static final int PIECE = 16_384;
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final Channel channel;
  private final InstantSource clock;
  private final Duration stall;

  ResponseWriter(Channel channel, InstantSource clock, Duration stall) {
    this.channel = channel;
    this.clock = clock;
    this.stall = stall;
  }

  /// How the answer is framed.
  ///
  /// @param head the method was HEAD
  /// @param keep the connection stays open
  record Framing(boolean head, boolean keep) {}

  /// Queues a small answer; never blocks.
  void write(Response.Whole response, Framing framing) {
    ByteBuf body = framing.head() ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(response.body());
    DefaultFullHttpResponse message =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(response.status()), body);
    head(message.headers(), response.contentType(), response.headers(), framing);
    if (response.status() != 204) {
      message.headers().set(HttpHeaderNames.CONTENT_LENGTH, response.body().length);
    }
    channel.writeAndFlush(message);
  }

  /// Sends an answer of any length and returns when it is out.
  ///
  /// @throws IOException when the client is gone or too slow, or the body cannot be made; the
  ///   connection must then be closed, since part of the answer may be out
  void stream(Response.Streamed response, Framing framing) throws IOException {
    DefaultHttpResponse message =
        new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
    head(message.headers(), response.contentType(), response.headers(), framing);
    if (response.length() >= 0) {
      message.headers().set(HttpHeaderNames.CONTENT_LENGTH, response.length());
    } else if (!framing.head()) {
      message.headers().set(HttpHeaderNames.TRANSFER_ENCODING, "chunked");
    }
    channel.write(message);
    if (!framing.head()) {
      OutputStream out = new BufferedOutputStream(new Pieces(), PIECE);
      response.body().writeTo(out);
      out.flush();
    }
    await(channel.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT));
  }

  /// Sends the head of an endless answer.
  void beginEvents() {
    DefaultHttpResponse message =
        new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
    head(message.headers(), "text/event-stream", Map.of(), new Framing(false, true));
    message.headers().set(HttpHeaderNames.TRANSFER_ENCODING, "chunked");
    channel.writeAndFlush(message);
  }

  private void head(
      HttpHeaders headers, String contentType, Map<String, String> more, Framing framing) {
    headers.set(HttpHeaderNames.DATE, DATE.format(clock.instant()));
    if (!contentType.isEmpty()) {
      headers.set(HttpHeaderNames.CONTENT_TYPE, contentType);
    }
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Cache-Control", "no-store");
    headers.set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; sandbox");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    more.forEach(headers::set);
    if (!framing.keep()) {
      headers.set(HttpHeaderNames.CONNECTION, "close");
    }
  }

  private void await(ChannelFuture future) throws IOException {
    try {
      if (!future.await(stall.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IOException("the client reads too slowly");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the server is stopping", e);
    }
    if (!future.isSuccess()) {
      throw new IOException("the client is gone", future.cause());
    }
  }

  private final class Pieces extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      for (int at = 0; at < length; at += PIECE) {
        int count = Math.min(PIECE, length - at);
        ByteBuf piece = Unpooled.copiedBuffer(bytes, offset + at, count);
        await(channel.writeAndFlush(new DefaultHttpContent(piece)));
      }
    }
  }
}
