package dev.sandpiper.edge.courier;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;

/// Listens to the results queue while results are due, and until one long wait brings nothing more:
/// then it is silent, and costs nothing.
///
/// The queue answers a long wait as soon as there is one message. During a burst that would be a
/// request for every document, so the listener pauses a little until about ten have gathered.
final class Listener {

  /// Longest wait SQS takes.
  private static final int SECONDS = 20;

  private static final long LONGEST_PAUSE = Duration.ofMillis(800).toMillis();
  private static final long STEP = Duration.ofMillis(50).toMillis();

  /// Fewer than so many due results are not worth a pause: somebody may be waiting.
  private static final int CROWD = 5;

  /// So many full answers in a row call for another ear.
  private static final int FULL = 3;

  private static final int MOST_EARS = 3;
  private static final int MOST_AT_WORK = 64;

  private final Post post;
  private final Register register;
  private final Results results;
  private final ExecutorService threads;
  private final Semaphore atWork = new Semaphore(MOST_AT_WORK);
  private int ears;
  private boolean closed;

  Listener(Post post, Register register, Results results, ExecutorService threads) {
    this.post = post;
    this.register = register;
    this.results = results;
    this.threads = threads;
  }

  /// A result is due.
  synchronized void wake() {
    if (ears == 0) {
      listen();
    }
  }

  private synchronized void another() {
    if (ears < MOST_EARS) {
      listen();
    }
  }

  private void listen() {
    if (!closed) {
      ears++;
      threads.execute(this::run);
    }
  }

  synchronized void close() {
    closed = true;
  }

  private void run() {
    try {
      int full = 0;
      long pause = 0;
      while (true) {
        List<Post.Delivery> messages = post.receive(SECONDS);
        for (Post.Delivery message : messages) {
          hand(message);
        }
        full = messages.size() == Post.MOST ? full + 1 : 0;
        if (full >= FULL) {
          another();
        }
        if (messages.isEmpty() && leave()) {
          return;
        }
        pause = pause(pause, messages.size());
        Thread.sleep(pause);
      }
    } catch (CloudException e) {
      gone();
      register.refuseDue(e);
    } catch (InterruptedException _) {
      gone(); // the courier is being stopped
    }
  }

  /// Longer when it brought little although much is due, a little shorter when it brought all it
  /// can: half as long would bring half as much, and cost a request more for each ten.
  private long pause(long last, int brought) {
    if (brought == 0 || register.due() < CROWD) {
      return last / 2;
    }
    if (brought == Post.MOST) {
      return last - last / 8;
    }
    return Math.min(LONGEST_PAUSE, last + STEP * (Post.MOST - brought) / 2);
  }

  /// Whether this ear is not needed: another one listens, or nothing is due.
  private synchronized boolean leave() {
    if (ears > 1 || register.due() == 0) {
      ears--;
      return true;
    }
    return false;
  }

  private synchronized void gone() {
    ears--;
  }

  private void hand(Post.Delivery message) throws InterruptedException {
    atWork.acquire();
    threads.execute(() -> {
      try {
        results.handle(message);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt(); // being stopped: the message comes again
      } finally {
        atWork.release();
      }
    });
  }
}
