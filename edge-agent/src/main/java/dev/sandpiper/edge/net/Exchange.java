package dev.sandpiper.edge.net;

import dev.sandpiper.edge.net.HttpCallException.Phase;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpResponse;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One call between its thread, which waits here, and the event loop, which tells what happens.
final class Exchange {

  /// Told on the event loop when the last byte of the answer is here.
  interface Finished {
    /// @param reusable whether the request had left completely
    void finished(HttpResponse head, boolean reusable);
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Origin origin;
  private final CallTimes times;
  private final Deadline total;
  private final Line line;
  private final Finished finished;
  private final Deque<ByteBuf> chunks = new ArrayDeque<>();
  private @Nullable HttpResponse head;
  private @Nullable Throwable cause;
  private int writing;
  private long received;
  private boolean headSent;
  private boolean sent;
  private boolean wanting = true;
  private boolean ended;
  private boolean broken;
  private boolean dropped;

  Exchange(Origin origin, CallTimes times, Deadline total, Line line, Finished finished) {
    this.origin = origin;
    this.times = times;
    this.total = total;
    this.line = line;
    this.finished = finished;
  }

  Line line() {
    return line;
  }

  // What the event loop tells.

  void head(HttpResponse answer) {
    change(() -> {
      head = answer;
      wanting = false;
    });
  }

  void chunk(ByteBuf bytes) {
    change(() -> {
      if (dropped) {
        bytes.release();
      } else {
        received += bytes.readableBytes();
        chunks.addLast(bytes);
        wanting = false;
      }
    });
  }

  void ended() {
    change(() -> {
      ended = true;
      wanting = false;
      HttpResponse answer = head;
      if (answer != null && !dropped) {
        // Before the caller hears of it: its next call finds the connection.
        finished.finished(answer, sent);
      }
    });
  }

  /// @param why `null` when the far side just closed the connection
  void broken(@Nullable Throwable why) {
    change(() -> {
      broken = true;
      cause = why;
    });
  }

  boolean isWanting() {
    lock.lock();
    try {
      return wanting;
    } finally {
      lock.unlock();
    }
  }

  /// Something of the request is on its way.
  void writing() {
    change(() -> writing++);
  }

  /// It has reached the kernel, or will not.
  void written(boolean success, boolean wasHead) {
    change(() -> {
      writing--;
      headSent |= wasHead && success;
    });
  }

  void sent() {
    change(() -> sent = true);
  }

  private void change(Runnable what) {
    lock.lock();
    try {
      what.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  // What the caller's thread asks.

  /// Whether the far side has answered before it had the whole request.
  boolean isAnswered() {
    lock.lock();
    try {
      return head != null;
    } finally {
      lock.unlock();
    }
  }

  /// Waits until everything written has reached the kernel, or there is an answer.
  void awaitWritten() throws HttpCallException, InterruptedException {
    Deadline end = total.orSooner(times.idle());
    lock.lockInterruptibly();
    try {
      while (writing > 0 && head == null && !broken) {
        pause(end, () -> "stopped taking the request for " + Failures.words(times.idle()));
      }
      if (broken && head == null) {
        throw failure();
      }
    } finally {
      lock.unlock();
    }
  }

  HttpResponse awaitHead() throws HttpCallException, InterruptedException {
    Deadline end = total.orSooner(times.firstByte());
    lock.lockInterruptibly();
    try {
      while (true) {
        HttpResponse answer = head;
        if (answer != null) {
          return answer;
        }
        if (broken) {
          throw failure();
        }
        pause(
            end,
            () -> "took the request and gave no answer in " + Failures.words(times.firstByte()));
      }
    } finally {
      lock.unlock();
    }
  }

  /// The next bytes of the body.
  ///
  /// @return how many; -1 at the end
  int read(byte[] target, int offset, int length) throws HttpCallException, InterruptedException {
    lock.lockInterruptibly();
    try {
      ByteBuf chunk = awaitChunk();
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

  private @Nullable ByteBuf awaitChunk() throws HttpCallException, InterruptedException {
    Deadline end = total.orSooner(times.idle());
    while (chunks.isEmpty() && !ended) {
      if (broken || dropped) {
        throw failure();
      }
      if (!wanting) {
        wanting = true;
        line.channel().read();
      }
      pause(end, () -> "sent nothing more of its answer for " + Failures.words(times.idle()));
    }
    return chunks.peekFirst();
  }

  // Every caller asks again in a loop.
  @SuppressWarnings("WaitNotInLoop")
  private void pause(Deadline end, Supplier<String> stalled)
      throws HttpCallException, InterruptedException {
    if (end.isOver()) {
      String what =
          total.isOver()
              ? "was not done with the call after " + Failures.words(times.total())
              : stalled.get();
      throw Failures.timeout(phase(), origin, what);
    }
    boolean _ = changed.await(end.left(), TimeUnit.NANOSECONDS);
  }

  private HttpCallException failure() {
    return Failures.broken(phase(), origin, cause, received);
  }

  /// How far it has come. A request whose head has not left completely cannot be acted upon.
  private Phase phase() {
    return head != null ? Phase.CUT : headSent ? Phase.UNANSWERED : Phase.UNSENT;
  }

  /// Whether the far side hung up before it said anything.
  boolean isSilent() {
    lock.lock();
    try {
      return broken && head == null && (cause == null || cause instanceof IOException);
    } finally {
      lock.unlock();
    }
  }

  /// Nobody wants the rest: closes the connection unless the answer is complete.
  void drop() {
    boolean cut;
    lock.lock();
    try {
      dropped = true;
      cut = !ended;
      chunks.forEach(ByteBuf::release);
      chunks.clear();
    } finally {
      lock.unlock();
    }
    if (cut) {
      line.cut();
    }
  }

  /// The request's body could not be made.
  HttpCallException unmade(String why, @Nullable Throwable reason) {
    lock.lock();
    try {
      return new HttpCallException(
          phase(),
          false,
          "the request to %s could not be made: %s".formatted(origin.label(), why),
          reason);
    } finally {
      lock.unlock();
    }
  }
}
