package dev.sandpiper.edge.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Takes a connection's requests one after the other. What a client pipelines behind the current
/// request waits here; nothing more is read meanwhile, so that is at most one socket read.
// A write or close that fails shows as a closed channel, which is what everybody watches.
@SuppressWarnings("FutureReturnValueIgnored")
final class Dispatcher extends ChannelInboundHandlerAdapter {

  private static final long LINGER_MILLIS = 1_000;

  private final ServerParts parts;
  private final Admission admission;
  private final ConnectionGuard guard;
  private final Deque<Object> waiting = new ArrayDeque<>();
  private @Nullable Exchange current;
  private @Nullable Exchange receiving;
  private Exchange.@Nullable After after;
  private boolean discarding;

  Dispatcher(ServerParts parts, Admission admission, ConnectionGuard guard) {
    this.parts = parts;
    this.admission = admission;
    this.guard = guard;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    context.read();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (discarding) {
      ReferenceCountUtil.release(message);
    } else if (message instanceof HttpContent content && receiving != null) {
      receive(context, receiving, content);
    } else if (current != null) {
      waiting.addLast(message);
    } else {
      take(context, message);
    }
  }

  private void take(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpRequest request) {
      guard.requestBegins();
      after = null;
      Exchange exchange =
          new Exchange(
              parts,
              context.channel(),
              request,
              end -> context.executor().execute(() -> answered(context, end)));
      current = exchange;
      receiving = exchange;
      // A request that could not be decoded is itself the last thing the decoder gives.
      if (request.decoderResult().isFailure()) {
        receiving = null;
      }
      exchange.begin(admission.judge(request));
    }
    if (message instanceof HttpContent content && receiving != null) {
      receive(context, receiving, content);
    } else if (!(message instanceof HttpRequest)) {
      ReferenceCountUtil.release(message);
    }
  }

  private void receive(ChannelHandlerContext context, Exchange exchange, HttpContent content) {
    if (content.decoderResult().isFailure()) {
      content.release();
      exchange.body().breakOff("the body is not well-formed HTTP");
      receiving = null;
      return;
    }
    ByteBuf bytes = content.content();
    exchange.body().offer(bytes);
    if (content instanceof LastHttpContent) {
      exchange.body().end();
      receiving = null;
      if (after != null) {
        next(context);
      }
    }
  }

  private void answered(ChannelHandlerContext context, Exchange.After end) {
    Exchange exchange = current;
    if (exchange == null || !context.channel().isActive()) {
      return;
    }
    after = end;
    switch (end) {
      case EVENTS -> {
        // Reading on is how a closed connection is noticed.
        discarding = true;
        dropWaiting();
        context.channel().config().setAutoRead(true);
      }
      case CLOSE -> linger(context, exchange);
      case KEEP -> {
        if (receiving == null) {
          next(context);
        } else if (exchange.hasBody()) {
          linger(context, exchange);
        }
      }
    }
  }

  private void next(ChannelHandlerContext context) {
    if (after != Exchange.After.KEEP) {
      return;
    }
    current = null;
    after = null;
    if (waiting.isEmpty()) {
      guard.requestEnds(context);
      context.read();
      return;
    }
    while (!waiting.isEmpty()) {
      Object message = waiting.removeFirst();
      if (message instanceof HttpContent content && receiving != null) {
        receive(context, receiving, content);
      } else if (current != null) {
        waiting.addFirst(message);
        return;
      } else {
        take(context, message);
      }
    }
  }

  /// Closes so that the answer arrives: a socket closed with unread bytes resets the connection,
  /// and the client may lose what it was sent.
  private void linger(ChannelHandlerContext context, Exchange exchange) {
    exchange.body().breakOff("the answer is out; the rest of the body is not wanted");
    discarding = true;
    dropWaiting();
    // An empty write completes after the answer has left.
    context.channel().writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(_ -> awaitClose(context));
  }

  private static void awaitClose(ChannelHandlerContext context) {
    if (!(context.channel() instanceof SocketChannel socket) || !socket.isActive()) {
      context.channel().close();
      return;
    }
    socket.shutdownOutput();
    socket.config().setAutoRead(true);
    var timer =
        context
            .executor()
            .schedule(
                () -> {
                  context.channel().close();
                },
                LINGER_MILLIS,
                TimeUnit.MILLISECONDS);
    socket.closeFuture().addListener(_ -> timer.cancel(false));
  }

  private void dropWaiting() {
    waiting.forEach(ReferenceCountUtil::release);
    waiting.clear();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (current != null) {
      current.body().breakOff("the client closed the connection before its body was complete");
    }
    dropWaiting();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    // A reset connection, mostly; the handler, if one runs, notices when it reads or writes.
    context.channel().close();
  }
}
