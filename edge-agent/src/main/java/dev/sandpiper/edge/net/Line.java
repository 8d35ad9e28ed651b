package dev.sandpiper.edge.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/// One connection, with at most one call on it. Its fields belong to the event loop. The socket is
/// read only when the call wants more, or to hear of the end while there is no call.
// A write or close that fails shows as a closed channel, which is what everybody watches.
@SuppressWarnings("FutureReturnValueIgnored")
final class Line extends ChannelInboundHandlerAdapter {

  private static final int CONTINUE = 100;
  private static final int OK = 200;

  private final Channel channel;
  private @Nullable Exchange call;
  private @Nullable Throwable trouble;
  private boolean skipping;

  Line(Channel channel) {
    this.channel = channel;
  }

  Channel channel() {
    return channel;
  }

  boolean isOpen() {
    return channel.isActive();
  }

  /// Gives the line to a call, on the event loop.
  void begin(Exchange next) {
    call = next;
    if (!channel.isActive()) {
      next.broken(trouble);
    }
  }

  /// Closes the socket now, without the courtesies of TLS, which could take their time.
  void cut() {
    var first = channel.pipeline().firstContext();
    if (first == null) {
      channel.close();
    } else {
      first.close();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    try {
      Exchange current = call;
      if (current == null) {
        cut(); // nobody asked
      } else if (message instanceof HttpObject part && part.decoderResult().isFailure()) {
        Throwable cause = part.decoderResult().cause();
        end(
            current,
            cause instanceof PrematureChannelClosureException ? null : Failures.unreadable(cause));
      } else {
        if (message instanceof HttpResponse head) {
          head(current, head);
        }
        if (message instanceof HttpContent content) {
          content(current, content);
        }
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void head(Exchange current, HttpResponse head) {
    int status = head.status().code();
    if (status == HttpResponseStatus.SWITCHING_PROTOCOLS.code() || status < CONTINUE) {
      end(current, Failures.unreadable(new IllegalStateException("status " + status)));
      return;
    }
    skipping = status < OK;
    if (!skipping) {
      current.head(head);
    }
  }

  private void content(Exchange current, HttpContent content) {
    boolean last = content instanceof LastHttpContent;
    if (skipping) {
      skipping = !last;
      return;
    }
    ByteBuf bytes = content.content();
    if (bytes.isReadable()) {
      current.chunk(bytes.retain());
    }
    if (last) {
      call = null;
      current.ended();
    }
  }

  private void end(Exchange current, @Nullable Throwable cause) {
    call = null;
    current.broken(cause);
    cut();
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    Exchange current = call;
    if (current != null && current.isWanting()) {
      context.read();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    trouble = cause;
    cut();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    Exchange current = call;
    call = null;
    if (current != null) {
      current.broken(trouble);
    }
  }
}
