package dev.sandpiper.edge.net;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpContent;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;

/// Sends a request's body piece by piece, each when the one before has left.
final class RequestSink extends OutputStream {

  private static final int PIECE = 16_384;

  /// The far side has answered already: the rest is not wanted.
  static final class AnsweredException extends IOException {
    private static final long serialVersionUID = 1L;

    AnsweredException() {
      super("the far side has answered before it had the whole request");
    }
  }

  private final Exchange exchange;
  private final Sender sender;
  private final long length;
  private long written;

  /// Hands a part of the request to the event loop.
  interface Sender {
    void send(Object part, boolean head);
  }

  RequestSink(Exchange exchange, Sender sender, long length) {
    this.exchange = exchange;
    this.sender = sender;
    this.length = length;
  }

  boolean isComplete() {
    return written == length;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    if (written + count > length) {
      throw new IOException("the body is longer than the %,d bytes announced".formatted(length));
    }
    for (int at = 0; at < count; at += PIECE) {
      int piece = Math.min(PIECE, count - at);
      sender.send(new DefaultHttpContent(Unpooled.copiedBuffer(bytes, offset + at, piece)), false);
      written += piece;
      try {
        exchange.awaitWritten();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("the call was broken off");
      }
      if (exchange.isAnswered()) {
        throw new AnsweredException();
      }
    }
  }
}
