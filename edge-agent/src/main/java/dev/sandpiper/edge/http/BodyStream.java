package dev.sandpiper.edge.http;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A request body between the event loop, which puts chunks in, and a handler's thread, which takes
/// them out. More is asked of the socket only when nothing is left here, so at most one socket read
/// is in memory.
final class BodyStream extends InputStream {

  /// The client is too slow.
  static final class StalledException extends IOException {
    private static final long serialVersionUID = 1;

    StalledException(String message) {
      super(message);
    }
  }

  /// The rest of the body will not come, through the client's fault.
  static final class BrokenException extends IOException {
    private static final long serialVersionUID = 1;

    BrokenException(String message) {
      super(message);
    }
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<ByteBuf> chunks = new ArrayDeque<>();
  private final Runnable wantMore;
  private final long windowNanos;
  private final long windowBytes;
  private boolean ended;
  private @Nullable String broken;
  private long waited;
  private long received;

  /// @param wantMore asks for one more read of the socket
  /// @param window longest time below the rate
  /// @param rate least bytes per second
  BodyStream(Runnable wantMore, Duration window, long rate) {
    this.wantMore = wantMore;
    this.windowNanos = window.toNanos();
    this.windowBytes = Math.max(1, rate * window.toMillis() / 1_000);
  }

  /// Takes over `chunk`, from the event loop.
  void offer(ByteBuf chunk) {
    lock.lock();
    try {
      if (ended || broken != null || !chunk.isReadable()) {
        chunk.release();
      } else {
        received += chunk.readableBytes();
        chunks.addLast(chunk);
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  void end() {
    lock.lock();
    try {
      ended = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// The rest will not come, or is not wanted: releases what is here.
  void breakOff(String reason) {
    lock.lock();
    try {
      if (broken == null) {
        broken = reason;
      }
      chunks.forEach(ByteBuf::release);
      chunks.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Whether everything has arrived.
  boolean isComplete() {
    lock.lock();
    try {
      return ended;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    lock.lock();
    try {
      awaitChunk();
      ByteBuf chunk = chunks.peekFirst();
      if (chunk == null) {
        return -1;
      }
      int count = Math.min(length, chunk.readableBytes());
      chunk.readBytes(target, offset, count);
      if (!chunk.isReadable()) {
        chunks.removeFirst().release();
      }
      return count;
    } finally {
      lock.unlock();
    }
  }

  private void awaitChunk() throws IOException {
    boolean asked = false;
    while (chunks.isEmpty() && !ended) {
      if (broken != null) {
        throw new BrokenException(broken);
      }
      if (!asked) {
        wantMore.run();
        asked = true;
      }
      long start = System.nanoTime();
      try {
        boolean signalled = changed.await(windowNanos - waited, TimeUnit.NANOSECONDS);
        waited += System.nanoTime() - start;
        checkRate(signalled);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("the server is stopping", e);
      }
    }
    if (broken != null) {
      throw new BrokenException(broken);
    }
  }

  private void checkRate(boolean signalled) throws StalledException {
    if (signalled && waited < windowNanos) {
      return;
    }
    if (received < windowBytes && !ended && broken == null) {
      throw new StalledException(
          "the body came too slowly: %d bytes in %d ms"
              .formatted(received, TimeUnit.NANOSECONDS.toMillis(waited)));
    }
    waited = 0;
    received = 0;
  }
}
