package dev.sandpiper.edge.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Objects;

/// The body of an answer, read from the socket as it is read from here.
final class ReplyStream extends InputStream {

  private final Exchange exchange;

  ReplyStream(Exchange exchange) {
    this.exchange = exchange;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (length == 0) {
      return 0;
    }
    try {
      return exchange.read(target, offset, length);
    } catch (HttpCallException e) {
      exchange.drop();
      throw e;
    } catch (InterruptedException _) {
      exchange.drop();
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the call was broken off");
    }
  }

  @Override
  public void close() {
    exchange.drop();
  }
}
