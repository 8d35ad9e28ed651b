package dev.sandpiper.edge.burst.aws;

import dev.sandpiper.edge.burst.Fault;
import dev.sandpiper.edge.health.CheckResult;
import dev.sandpiper.edge.ledger.CloudCounter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One life of the courier process: what it is asked is matched with what it says. Safe for use by
/// several threads.
final class Courier implements Pipe.Listener {

  /// For an order that is no task: a check speaks to every service once.
  private static final Duration ORDER = Duration.ofMinutes(2);

  /// Cleaning up after a large burst deletes thousands of objects.
  private static final Duration CLEANING = Duration.ofMinutes(10);

  private static final long STOP_SECONDS = 15;

  /// Lines beside those of tasks.
  private static final int SPARE_LINES = 64;

  /// Documents it may list at most: as many as a queue holds.
  private static final int MOST_LISTED = 1_000_000;

  private static final String FIX =
      " Documents are parsed here meanwhile; 'sandpiper doctor' looks closer.";

  /// Hears of what a life costs and when it is over.
  interface Owner {
    void used(Map<CloudCounter, Long> counts);

    void ended(Courier courier, String how);
  }

  private final AwsOptions options;
  private final Owner owner;
  private final Map<String, CompletableFuture<Word>> tasks = new ConcurrentHashMap<>();
  private final CompletableFuture<Word> ready = new CompletableFuture<>();
  private final CompletableFuture<Boolean> stopped = new CompletableFuture<>();
  private final ReentrantLock orders = new ReentrantLock(true);
  private volatile @Nullable Order order;
  private volatile boolean over;
  private volatile String end = "";
  private @Nullable Pipe pipe;

  /// An order that is under way; what comes in pieces is collected.
  private record Order(String about, CompletableFuture<List<Word>> answer, List<Word> words) {
    Order(String about) {
      this(about, new CompletableFuture<>(), new ArrayList<>());
    }
  }

  private Courier(AwsOptions options, Owner owner) {
    this.options = options;
    this.owner = owner;
  }

  /// Starts one and waits until it takes tasks.
  ///
  /// @throws CourierException when it does not come to that
  static Courier start(AwsOptions options, Owner owner)
      throws CourierException, InterruptedException {
    Courier courier = new Courier(options, owner);
    try {
      Files.createDirectories(
          options.folder(),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      courier.launch();
    } catch (IOException e) {
      throw new CourierException(
          Fault.INTERNAL, "The courier to AWS cannot be started: " + e.getMessage() + "." + FIX);
    }
    try {
      courier.say(Orders.open(options.config(), options.folder()));
      courier.await(courier.ready, options.startTimeout(), "it was not ready");
      return courier;
    } catch (CourierException | InterruptedException e) {
      courier.kill("nobody waits for it");
      throw e;
    }
  }

  private void launch() throws IOException {
    ProcessBuilder builder = new ProcessBuilder(options.command());
    builder.directory(options.folder().toFile());
    Map<String, String> environment = builder.environment();
    // What would change its JVM, or send documents to another place than the configuration names.
    environment
        .keySet()
        .removeIf(name ->
            name.startsWith("AWS_ENDPOINT_URL")
                || name.startsWith("SANDPIPER_")
                || name.endsWith("JAVA_OPTIONS")
                || name.equals("JAVA_TOOL_OPTIONS")
                || name.equals("CLASSPATH"));
    environment.put("MALLOC_ARENA_MAX", "1");
    int lines = 2 * options.config().bounds().concurrency() + SPARE_LINES;
    pipe = Pipe.start(builder, lines, this);
  }

  private void say(byte[] line) {
    if (pipe != null) {
      pipe.say(line);
    }
  }

  void kill(String why) {
    if (pipe != null) {
      pipe.end(why);
    }
  }

  boolean isOver() {
    return over;
  }

  /// Tasks that are with it.
  int open() {
    return tasks.size();
  }

  /// Hands over a task and waits for what comes of it.
  Word carry(String id, byte[] line) throws InterruptedException {
    CompletableFuture<Word> answer = new CompletableFuture<>();
    tasks.put(id, answer);
    if (over) {
      tasks.remove(id);
      return lost(id);
    }
    say(line);
    try {
      Duration limit = options.longestTask();
      return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      if (tasks.remove(id) != null) {
        say(Orders.cancel(id));
      } else {
        stored(id);
      }
      throw e;
    } catch (TimeoutException _) {
      tasks.remove(id);
      kill("it gave no answer to a task within " + options.longestTask());
      return lost(id);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private Word lost(String id) {
    return new Word.Refused(id, Fault.INTERNAL, words());
  }

  private String words() {
    return "The courier to AWS is gone: " + (end.isEmpty() ? "it is being ended" : end) + "." + FIX;
  }

  /// What came of an answer is on the disk: nothing of it need stay in the cloud.
  void stored(String id) {
    say(Orders.stored(id));
  }

  List<CheckResult> check() throws CourierException, InterruptedException {
    return order("check", Orders.plain("check"), ORDER).stream()
        .flatMap(
            word -> word instanceof Word.Checks(List<CheckResult> checks) ? checks.stream() : null)
        .toList();
  }

  List<CloudObject> list(int limit) throws CourierException, InterruptedException {
    return order("list", Orders.list(limit), CLEANING).stream()
        .flatMap(word ->
            word instanceof Word.Listed(List<CloudObject> objects, boolean _)
                ? objects.stream()
                : null)
        .toList();
  }

  void fetch(String key, Path target) throws CourierException, InterruptedException {
    order("fetch", Orders.fetch(key, target), options.config().bounds().deadline());
  }

  void drop(String key) throws CourierException, InterruptedException {
    order("drop", Orders.drop(key), ORDER);
  }

  /// Removes what nobody waits for, now and whenever it comes.
  long clean() throws CourierException, InterruptedException {
    List<Word> words = order("clean", Orders.plain("clean"), CLEANING);
    return words.getLast() instanceof Word.Cleaned(long objects) ? objects : 0;
  }

  /// Removes results that nobody waits for, whenever they come.
  void own() {
    say(Orders.plain("own"));
  }

  private List<Word> order(String about, byte[] line, Duration limit)
      throws CourierException, InterruptedException {
    orders.lockInterruptibly();
    try {
      Order placed = new Order(about);
      order = placed;
      if (over) {
        throw new CourierException(Fault.INTERNAL, words());
      }
      say(line);
      return await(placed.answer(), limit, "it did not answer the order " + about);
    } finally {
      order = null;
      orders.unlock();
    }
  }

  private <T> T await(CompletableFuture<T> answer, Duration limit, String complaint)
      throws CourierException, InterruptedException {
    try {
      return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException _) {
      String why = complaint + " within " + limit.toSeconds() + " s";
      kill(why);
      throw new CourierException(Fault.INTERNAL, "The courier to AWS is gone: " + why + "." + FIX);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof CourierException said) {
        throw new CourierException(said.fault(), said.words());
      }
      throw new IllegalStateException(e);
    }
  }

  /// Ends it in good order.
  ///
  /// @return whether it did all it had been told
  boolean stop() {
    if (pipe != null) {
      pipe.stop(Orders.plain("stop"), STOP_SECONDS);
    }
    try {
      return stopped.get(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException | ExecutionException _) {
      // Its process is gone, whatever its pipe still holds.
    }
    return false;
  }

  @Override
  public void heard(byte[] line, int length) throws IOException {
    switch (Words.read(line, length)) {
      case Word.Ready word -> ready.complete(word);
      case Word.Answer word -> task(word.id(), word);
      case Word.Refused word -> task(word.id(), word);
      case Word.Usage(Map<CloudCounter, Long> counts) -> owner.used(counts);
      case Word.Listed word -> {
        Order current = order;
        if (current != null && current.about().equals("list")) {
          collect(current, word);
        }
      }
      case Word.Checks word -> done("check", word);
      case Word.Fetched word -> done("fetch", word);
      case Word.Dropped word -> done("drop", word);
      case Word.Cleaned word -> done("clean", word);
      case Word.Problem word -> problem(word);
      case Word.Unknown _ -> {}
    }
  }

  /// An answer that nobody waits for any more was cancelled: the courier knows.
  private void task(String id, Word word) {
    CompletableFuture<Word> waiting = tasks.remove(id);
    if (waiting != null) {
      waiting.complete(word);
    }
  }

  private static void collect(Order list, Word.Listed word) throws IOException {
    list.words().add(word);
    int sum = list.words().size() * Math.max(1, word.objects().size());
    if (sum > MOST_LISTED) {
      throw new IOException("it lists more than " + MOST_LISTED + " documents");
    }
    if (!word.more()) {
      list.answer().complete(List.copyOf(list.words()));
    }
  }

  private void done(String about, Word word) {
    Order current = order;
    if (current != null && current.about().equals(about)) {
      current.answer().complete(List.of(word));
    }
  }

  private void problem(Word.Problem problem) {
    CourierException said = new CourierException(Fault.INTERNAL, problem.message());
    Order current = order;
    if (current != null && (problem.about().isEmpty() || problem.about().equals(current.about()))) {
      current.answer().completeExceptionally(said);
    } else {
      ready.completeExceptionally(said); // of no effect once it was ready
    }
  }

  @Override
  public void ended(String how, boolean cleanly) {
    end = how;
    over = true;
    CourierException gone = new CourierException(Fault.INTERNAL, words());
    ready.completeExceptionally(gone);
    Order current = order;
    if (current != null) {
      current.answer().completeExceptionally(gone);
    }
    for (String id : tasks.keySet()) {
      task(id, lost(id));
    }
    stopped.complete(cleanly);
    owner.ended(this, how);
  }

  /// Nobody but the owner asks for a courier's costs.
  static Owner alone(Consumer<String> end) {
    return new Owner() {
      @Override
      public void used(Map<CloudCounter, Long> counts) {}

      @Override
      public void ended(Courier courier, String how) {
        end.accept(how);
      }
    };
  }
}
