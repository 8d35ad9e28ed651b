package dev.sandpiper.edge.courier;

import dev.sandpiper.edge.courier.protocol.Fault;
import dev.sandpiper.edge.health.DiskFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import software.amazon.awssdk.core.sync.RequestBody;

/// A part of a file as the body of a request: read again for each attempt, never held.
record FileSlice(Path file, long from, long length) {

  private static final String TYPE = "application/octet-stream";

  RequestBody body() {
    return RequestBody.fromContentProvider(this::open, length, TYPE);
  }

  private InputStream open() {
    try {
      FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
      channel.position(from);
      return new Bounded(Channels.newInputStream(channel), length);
    } catch (IOException e) {
      throw new CloudException(
          Fault.INTERNAL, "A document cannot be read: " + DiskFailure.words(e) + ".", e);
    }
  }

  /// The first bytes of a stream.
  private static final class Bounded extends InputStream {
    private final InputStream in;
    private long left;

    Bounded(InputStream in, long length) {
      this.in = in;
      left = length;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      if (left == 0) {
        return -1;
      }
      int read = in.read(buffer, offset, (int) Math.min(length, left));
      left -= Math.max(0, read);
      return read;
    }

    @Override
    public int available() {
      return (int) Math.min(Integer.MAX_VALUE, left);
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
