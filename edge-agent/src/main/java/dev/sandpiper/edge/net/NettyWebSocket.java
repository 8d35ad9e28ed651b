package dev.sandpiper.edge.net;

import dev.sandpiper.edge.net.HttpCallException.Phase;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A WebSocket between the event loop, which joins frames to messages, and the thread that wants
/// them. What waits is bounded: beyond one longest message nothing is read from the socket.
// A write or close that fails shows as a closed channel, which is what everybody watches.
@SuppressWarnings("FutureReturnValueIgnored")
final class NettyWebSocket extends ChannelInboundHandlerAdapter implements WebSocketLink {

  private static final int BROKEN = 1006;
  private static final int NO_STATUS = 1005;

  /// A far side that reads nothing while so much waits is gone.
  private static final long MOST_UNSENT = 1 << 20;

  /// How long the far side may take to answer a close.
  private static final long FAREWELL_SECONDS = 2;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Channel channel;
  private final WebSocketHandshake handshake;
  private final int maxMessage;
  private final Deque<String> messages = new ArrayDeque<>();
  private long waiting;
  private boolean open;
  private @Nullable Throwable trouble;
  private @Nullable String refusal;
  private Received.@Nullable Closed closed;

  // The event loop's.
  private @Nullable ByteArrayOutputStream joined;

  NettyWebSocket(Channel channel, WebSocketHandshake handshake, int maxMessage) {
    this.channel = channel;
    this.handshake = handshake;
    this.maxMessage = maxMessage;
  }

  /// Begins to speak, once it stands in the pipeline, and waits until it is open.
  void awaitOpen(Origin origin, Duration wait, Deadline end)
      throws HttpCallException, InterruptedException {
    handshake.handshake(channel);
    channel.read();
    lock.lockInterruptibly();
    try {
      while (!open) {
        if (refusal != null) {
          throw new HttpCallException(
              Phase.UNANSWERED, false, origin.label() + " " + refusal, trouble);
        }
        if (closed != null) {
          throw Failures.broken(Phase.UNANSWERED, origin, trouble, 0);
        }
        if (end.isOver()) {
          throw Failures.timeout(
              Phase.UNANSWERED,
              origin,
              "did not open a WebSocket in %s".formatted(Failures.words(wait)));
        }
        boolean _ = changed.await(end.left(), TimeUnit.NANOSECONDS);
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Received receive(Duration wait) throws InterruptedException {
    Deadline end = Deadline.in(wait);
    lock.lockInterruptibly();
    try {
      while (true) {
        String message = messages.pollFirst();
        if (message != null) {
          waiting -= message.length();
          if (messages.isEmpty()) {
            channel.read();
          }
          return new Received.Text(message);
        }
        if (closed != null) {
          return closed;
        }
        if (end.isOver()) {
          return new Received.Silence();
        }
        boolean _ = changed.await(end.left(), TimeUnit.NANOSECONDS);
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void send(String text) {
    if (channel.isActive() && unsent() > MOST_UNSENT) {
      finish(BROKEN, "it takes nothing any more");
      cut();
      return;
    }
    channel.writeAndFlush(new TextWebSocketFrame(text));
  }

  private long unsent() {
    var buffer = channel.unsafe().outboundBuffer();
    return buffer == null ? 0 : buffer.totalPendingWriteBytes();
  }

  @Override
  public void close(int code, String reason) {
    finish(code, reason);
    channel.writeAndFlush(new CloseWebSocketFrame(code, reason));
    channel.read(); // the far side's farewell
    channel.eventLoop().schedule(this::cut, FAREWELL_SECONDS, TimeUnit.SECONDS);
  }

  private void cut() {
    var first = channel.pipeline().firstContext();
    if (first != null) {
      first.close();
    }
  }

  /// The first end counts.
  private void finish(int code, String reason) {
    lock.lock();
    try {
      if (closed == null) {
        closed = new Received.Closed(code, reason);
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    try {
      switch (message) {
        case FullHttpResponse answer -> shakeHands(answer);
        case CloseWebSocketFrame close -> farewell(context, close);
        case PingWebSocketFrame ping ->
            context.writeAndFlush(new PongWebSocketFrame(ping.content().retain()));
        case PongWebSocketFrame _ -> {
          // nobody asked
        }
        case WebSocketFrame frame -> join(frame);
        default -> throw new IllegalStateException("not a frame");
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void shakeHands(FullHttpResponse answer) {
    String problem = null;
    if (answer.decoderResult().isFailure()) {
      problem = "gave no answer that can be read: it is not HTTP";
    } else if (answer.status().code() != HttpResponseStatus.SWITCHING_PROTOCOLS.code()) {
      problem = "opens no WebSocket: it answers with status " + answer.status().code();
    } else {
      try {
        handshake.finishHandshake(channel, answer);
      } catch (WebSocketHandshakeException _) {
        problem = "opens no WebSocket: its answer breaks the rules";
      }
    }
    lock.lock();
    try {
      refusal = problem;
      open = problem == null;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    if (problem != null) {
      cut();
    }
  }

  private void farewell(ChannelHandlerContext context, CloseWebSocketFrame close) {
    int code = close.statusCode() < 0 ? NO_STATUS : close.statusCode();
    finish(code, close.reasonText());
    ByteBuf echo = code == NO_STATUS ? Unpooled.EMPTY_BUFFER : close.content().retain();
    context.writeAndFlush(new CloseWebSocketFrame(true, 0, echo)).addListener(_ -> cut());
  }

  private void join(WebSocketFrame frame) {
    ByteArrayOutputStream parts = joined;
    if (parts == null) {
      parts = new ByteArrayOutputStream(frame.content().readableBytes());
      joined = parts;
    }
    if (parts.size() + frame.content().readableBytes() > maxMessage) {
      giveUp(
          WebSocketCloseStatus.MESSAGE_TOO_BIG,
          "a message of more than %,d bytes".formatted(maxMessage));
      return;
    }
    try {
      frame.content().readBytes(parts, frame.content().readableBytes());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    if (frame.isFinalFragment()) {
      joined = null;
      text(parts.toByteArray());
    }
  }

  private void text(byte[] bytes) {
    String message;
    try {
      message = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException _) {
      giveUp(WebSocketCloseStatus.INVALID_PAYLOAD_DATA, "a message that is not UTF-8");
      return;
    }
    lock.lock();
    try {
      if (closed == null) {
        messages.addLast(message);
        waiting += message.length();
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  private void giveUp(WebSocketCloseStatus status, String why) {
    finish(status.code(), why);
    channel.writeAndFlush(new CloseWebSocketFrame(status)).addListener(_ -> cut());
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    boolean more;
    lock.lock();
    try {
      more = waiting < maxMessage;
    } finally {
      lock.unlock();
    }
    if (more) {
      context.read();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    Throwable reason = cause.getCause() == null ? cause : cause.getCause();
    trouble = reason instanceof IOException ? reason : Failures.unreadable(reason);
    if (reason instanceof CorruptedWebSocketFrameException spoilt) {
      giveUp(spoilt.closeStatus(), "a frame that breaks the rules");
    } else {
      finish(BROKEN, "");
      cut();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    finish(BROKEN, "");
  }
}
