package dev.sandpiper.edge.courier;

import dev.sandpiper.contract.ObjectKeys;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// Deletes what is over: documents, results and messages, each many at a time.
///
/// A message goes last: as long as it is there, a later life learns from it what else is to be
/// deleted, should this one be killed in between.
final class Sweeper {

  private static final Duration LINGER = Duration.ofSeconds(1);
  private static final int AT_ONCE = 4;

  private final Depot depot;
  private final Post post;
  private final Documents documents;
  private final Batcher<String> inKeys;
  private final Batcher<Result> outKeys;
  private final Batcher<String> receipts;

  Sweeper(Depot depot, Post post, ObjectKeys keys) {
    this.depot = depot;
    this.post = post;
    inKeys = new Batcher<>(rule(Depot.MOST_DELETED), _ -> 1, this::deleteDocuments);
    outKeys = new Batcher<>(rule(Depot.MOST_DELETED), _ -> 1, this::deleteResults);
    receipts = new Batcher<>(rule(Post.MOST), _ -> 1, this::deleteMessages);
    documents = new Documents(keys, inKeys::add);
  }

  private record Result(String key, Runnable gone) {}

  private static Batcher.Rule rule(int most) {
    return new Batcher.Rule(most, most, LINGER, AT_ONCE);
  }

  Documents documents() {
    return documents;
  }

  /// What one task has left in the cloud.
  ///
  /// @param sha256 its document
  /// @param held whether the document is held here; else it is one of an earlier life
  /// @param resultKey where a result may lie
  /// @param receipts of its messages
  record Leftovers(String sha256, boolean held, String resultKey, List<String> receipts) {
    Leftovers {
      receipts = List.copyOf(receipts);
    }
  }

  /// Deletes everything of a task.
  void sweep(Leftovers left) {
    AtomicInteger objects = new AtomicInteger(2);
    Runnable gone =
        () -> {
          if (objects.decrementAndGet() == 0) {
            left.receipts().forEach(receipts::add);
          }
        };
    outKeys.add(new Result(left.resultKey(), gone));
    if (left.held()) {
      documents.giveBack(left.sha256(), gone);
    } else {
      documents.forget(left.sha256(), gone);
    }
  }

  /// A document that was laid down, and its job never sent.
  void document(String sha256) {
    documents.giveBack(sha256, () -> {});
  }

  /// A message that leads to nothing else.
  void message(String receipt) {
    receipts.add(receipt);
  }

  private void deleteDocuments(List<String> marked) {
    List<String> keys = documents.toDelete(marked);
    if (!keys.isEmpty()) {
      documents.deleted(keys, delete(Depot.Side.IN, keys, "documents"));
    }
  }

  private void deleteResults(List<Result> results) {
    if (delete(Depot.Side.OUT, results.stream().map(Result::key).toList(), "results")) {
      results.forEach(result -> result.gone().run());
    }
  }

  private boolean delete(Depot.Side side, List<String> keys, String what) {
    try {
      int left = depot.delete(side, keys).size();
      report(left, what, "");
      return left == 0;
    } catch (CloudException e) {
      report(keys.size(), what, e.words());
      return false;
    }
  }

  private void deleteMessages(List<String> these) {
    try {
      report(post.delete(these), "messages", "");
    } catch (CloudException e) {
      report(these.size(), "messages", e.words());
    }
  }

  /// Nobody waits for a deletion: objects expire, a message comes again and is deleted then.
  private static void report(int left, String what, String why) {
    if (left > 0) {
      System.err.println(
          "courier: %d %s stay in the cloud until they expire. %s".formatted(left, what, why));
    }
  }

  /// Deletes everything marked, and waits for it, for `most` at the longest.
  void drain(Duration most) throws InterruptedException {
    long end = System.nanoTime() + most.toNanos();
    inKeys.flush();
    outKeys.flush();
    inKeys.drain(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
    outKeys.drain(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
    receipts.drain(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
  }
}
