package dev.sandpiper.edge.courier;

import dev.sandpiper.contract.ParseReply;
import dev.sandpiper.contract.ParseRequest;
import dev.sandpiper.edge.config.AwsBurstConfig;
import dev.sandpiper.edge.courier.protocol.Fault;
import dev.sandpiper.edge.courier.protocol.Notice;
import dev.sandpiper.edge.courier.protocol.Order;
import dev.sandpiper.edge.courier.protocol.Order.Route;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// An agent with many documents: keeps so many on their way, says `stored` for each answer, tries
/// again what was refused or failed, and notes every outcome.
final class Agent {

  private static final int MOST_ATTEMPTS = 20;

  /// Begins every id: by it a courier knows what an earlier one has left.
  private static final String HOME = "home-";

  private final Path folder;
  private final Route route;
  private final int atOnce;
  private final Map<String, String> texts = new HashMap<>();
  private final Map<String, Integer> attempts = new HashMap<>();
  private final Map<String, List<String>> outcomes = new HashMap<>();
  private final Map<Fault, Integer> refusals = new TreeMap<>();
  private final Deque<String> waiting = new ArrayDeque<>();
  private final Queue<String> wrong = new ArrayDeque<>();
  private final List<String> words = new ArrayList<>();
  private int underWay;
  private @Nullable CourierProcess courier;
  private final long[] used = new long[6];
  private int failures;

  Agent(Path folder, Route route, int atOnce) {
    this.folder = folder;
    this.route = route;
    this.atOnce = atOnce;
  }

  /// One more document.
  void document(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
    texts.put(name, text);
    waiting.add(name);
  }

  CourierProcess start(AwsBurstConfig config) throws IOException, InterruptedException {
    CourierProcess started = CourierProcess.open(config, folder, this::hear);
    synchronized (this) {
      courier = started;
      underWay = 0;
      sendMore();
    }
    return started;
  }

  /// The courier was killed: what was under way begins again with the next attempt. What it said
  /// last is not heard any more, or a document would be given to it once more.
  synchronized void lost() {
    courier = null;
    for (String name : texts.keySet()) {
      if (!done(name) && !waiting.contains(name)) {
        waiting.add(name);
      }
    }
  }

  private boolean done(String name) {
    return outcomes.containsKey(name);
  }

  private static String name(String id) {
    return id.substring(HOME.length(), id.lastIndexOf('-'));
  }

  private void sendMore() {
    CourierProcess courier = this.courier;
    while (courier != null && underWay < atOnce && !waiting.isEmpty()) {
      String name = waiting.remove();
      int attempt = attempts.merge(name, 1, Integer::sum);
      underWay++;
      try {
        String id = HOME + name + "-" + attempt;
        courier.orderIfAlive(new Order.Task(route, request(name, id)));
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private ParseRequest request(String name, String id) throws IOException {
    return Plants.request(id, folder.resolve(name), folder.resolve(id + ".result"));
  }

  private synchronized void hear(Notice notice) {
    CourierProcess courier = this.courier;
    if (courier == null) {
      return; // not opened yet
    }
    switch (notice) {
      case Notice.Answer answer -> {
        underWay--;
        String name = name(answer.id());
        courier.orderIfAlive(new Order.Stored(answer.id()));
        if (answer.reply() instanceof ParseReply.Failed
            && attempts.getOrDefault(name, 0) < MOST_ATTEMPTS) {
          failures++;
          waiting.add(name);
        } else {
          outcomes.computeIfAbsent(name, _ -> new ArrayList<>()).add(answer.id());
          look(name, answer);
        }
      }
      case Notice.Refused refused -> {
        underWay--;
        refusals.merge(refused.fault(), 1, Integer::sum);
        words.add(refused.message());
        waiting.add(name(refused.id()));
      }
      case Notice.Usage usage -> {
        used[0] += usage.s3Put();
        used[1] += usage.s3Get();
        used[2] += usage.s3Delete();
        used[3] += usage.sqs();
        used[4] += usage.invoke();
        used[5] += usage.s3List();
      }
      case Notice.Problem problem -> wrong.add(problem.message());
      default -> {
        // not about documents
      }
    }
    sendMore();
    notifyAll();
  }

  private void look(String name, Notice.Answer answer) {
    try {
      if (answer.file() == null
          || !Files.readString(answer.file()).contains(String.valueOf(texts.get(name)))) {
        wrong.add(name + ": " + answer);
      }
    } catch (IOException e) {
      wrong.add(name + ": " + e);
    }
  }

  /// Waits until every document has an outcome.
  synchronized void awaitAll(long millis) throws InterruptedException {
    long end = System.nanoTime() + millis * 1_000_000;
    while (outcomes.size() < texts.size()) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new AssertionError(
            outcomes.size()
                + " of "
                + texts.size()
                + " in time, "
                + underWay
                + " under way, "
                + refusals
                + " refused; "
                + (courier == null ? "" : courier.errors()));
      }
      wait(left);
    }
  }

  /// Waits until so many documents have an outcome.
  synchronized void await(int most) throws InterruptedException {
    long end = System.nanoTime() + 100_000_000_000L;
    while (outcomes.size() < most) {
      if (System.nanoTime() > end) {
        throw new AssertionError(outcomes.size() + " of " + most + " in time");
      }
      wait(1_000);
    }
  }

  synchronized Map<String, List<String>> outcomes() {
    return Map.copyOf(outcomes);
  }

  synchronized Map<Fault, Integer> refusals() {
    return new TreeMap<>(refusals);
  }

  synchronized List<String> wrong() {
    return List.copyOf(wrong);
  }

  /// Why documents were refused, in words.
  synchronized List<String> words() {
    return List.copyOf(words);
  }

  synchronized int failures() {
    return failures;
  }

  /// Requests so far: PUT, GET, DELETE, SQS, Invoke, LIST.
  synchronized long[] used() {
    return used.clone();
  }
}
