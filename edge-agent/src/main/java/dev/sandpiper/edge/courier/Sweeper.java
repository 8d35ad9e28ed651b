package dev.sandpiper.edge.courier;

import dev.sandpiper.contract.ObjectKeys;
import java.time.Duration;
import java.util.List;

/// Deletes what is over: documents, results and messages, each many at a time.
final class Sweeper {

  private static final Duration LINGER = Duration.ofSeconds(1);
  private static final int AT_ONCE = 4;

  private final Depot depot;
  private final Post post;
  private final Documents documents;
  private final Batcher<String> inKeys;
  private final Batcher<String> outKeys;
  private final Batcher<String> receipts;

  Sweeper(Depot depot, Post post, ObjectKeys keys) {
    this.depot = depot;
    this.post = post;
    inKeys = new Batcher<>(rule(Depot.MOST_DELETED), _ -> 1, this::deleteDocuments);
    outKeys = new Batcher<>(rule(Depot.MOST_DELETED), _ -> 1, this::deleteResults);
    receipts = new Batcher<>(rule(Post.MOST), _ -> 1, this::deleteMessages);
    documents = new Documents(keys, inKeys::add);
  }

  private static Batcher.Rule rule(int most) {
    return new Batcher.Rule(most, most, LINGER, AT_ONCE);
  }

  Documents documents() {
    return documents;
  }

  void result(String key) {
    outKeys.add(key);
  }

  void message(String receipt) {
    receipts.add(receipt);
  }

  private void deleteDocuments(List<String> marked) {
    List<String> keys = documents.toDelete(marked);
    if (keys.isEmpty()) {
      return;
    }
    try {
      report(depot.delete(Depot.Side.IN, keys).size(), "documents", "");
    } catch (CloudException e) {
      report(keys.size(), "documents", e.words());
    } finally {
      documents.deleted(keys);
    }
  }

  private void deleteResults(List<String> keys) {
    try {
      report(depot.delete(Depot.Side.OUT, keys).size(), "results", "");
    } catch (CloudException e) {
      report(keys.size(), "results", e.words());
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
    for (Batcher<String> batcher : List.of(inKeys, outKeys, receipts)) {
      batcher.flush();
    }
    for (Batcher<String> batcher : List.of(inKeys, outKeys, receipts)) {
      batcher.drain(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
    }
  }
}
