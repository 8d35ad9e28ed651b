package dev.sandpiper.edge.burst.aws;

import dev.sandpiper.edge.burst.Fault;
import dev.sandpiper.edge.courier.protocol.Notice;
import dev.sandpiper.edge.courier.protocol.NoticeJson;
import dev.sandpiper.edge.courier.protocol.Order;
import dev.sandpiper.edge.courier.protocol.OrderJson;
import dev.sandpiper.edge.courier.protocol.Pipe;
import dev.sandpiper.edge.health.CheckResult;
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

  /// Lines of a list, each of up to a thousand documents.
  private static final int MOST_LISTED = 1_000;

  private static final String FIX =
      " Documents are parsed here meanwhile; 'sandpiper doctor' looks closer.";

  /// Hears of what a life costs and when it is over.
  interface Owner {
    void used(Notice.Usage usage);

    void ended(Courier courier, String how);
  }

  private final AwsOptions options;
  private final Owner owner;
  private final Map<String, CompletableFuture<Notice>> tasks = new ConcurrentHashMap<>();
  private final CompletableFuture<Notice> ready = new CompletableFuture<>();
  private final CompletableFuture<Boolean> stopped = new CompletableFuture<>();
  private final ReentrantLock orders = new ReentrantLock(true);
  private volatile @Nullable Placed order;
  private volatile boolean over;
  private volatile String end = "";
  private @Nullable Pipe pipe;

  /// An order that is under way; what comes in pieces is collected.
  private record Placed(Order order, CompletableFuture<List<Notice>> answer, List<Notice> notices) {
    Placed(Order order) {
      this(order, new CompletableFuture<>(), new ArrayList<>());
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
      courier.say(new Order.Open(options.config(), options.folder().toAbsolutePath()));
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

  private void say(Order said) {
    if (pipe != null) {
      pipe.say(OrderJson.line(said));
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
  Notice carry(Order.Task task) throws InterruptedException {
    String id = task.request().requestId();
    CompletableFuture<Notice> answer = new CompletableFuture<>();
    tasks.put(id, answer);
    if (over) {
      tasks.remove(id);
      return lost(id);
    }
    say(task);
    try {
      Duration limit = options.longestTask();
      return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      if (tasks.remove(id) != null) {
        say(new Order.Cancel(id));
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

  private Notice lost(String id) {
    return new Notice.Refused(id, dev.sandpiper.edge.courier.protocol.Fault.INTERNAL, words());
  }

  private String words() {
    return "The courier to AWS is gone: " + (end.isEmpty() ? "it is being ended" : end) + "." + FIX;
  }

  /// What came of an answer is on the disk: nothing of it need stay in the cloud.
  void stored(String id) {
    say(new Order.Stored(id));
  }

  List<CheckResult> check() throws CourierException, InterruptedException {
    return order(new Order.Check(), ORDER).stream()
        .flatMap(word ->
            word instanceof Notice.Checks(List<CheckResult> checks) ? checks.stream() : null)
        .toList();
  }

  List<Notice.Item> list(int limit) throws CourierException, InterruptedException {
    return order(new Order.List(limit), CLEANING).stream()
        .flatMap(word ->
            word instanceof Notice.Listed(List<Notice.Item> objects, boolean _)
                ? objects.stream()
                : null)
        .toList();
  }

  void fetch(String key, Path target) throws CourierException, InterruptedException {
    order(new Order.Fetch(key, target.toAbsolutePath()), options.config().bounds().deadline());
  }

  void drop(String key) throws CourierException, InterruptedException {
    order(new Order.Drop(key), ORDER);
  }

  /// Removes what nobody waits for, now and whenever it comes.
  long clean() throws CourierException, InterruptedException {
    List<Notice> words = order(new Order.Clean(), CLEANING);
    return words.getLast() instanceof Notice.Cleaned(long objects) ? objects : 0;
  }

  /// Removes results that nobody waits for, whenever they come.
  void own() {
    say(new Order.Own());
  }

  private List<Notice> order(Order asked, Duration limit)
      throws CourierException, InterruptedException {
    orders.lockInterruptibly();
    try {
      Placed placed = new Placed(asked);
      order = placed;
      if (over) {
        throw new CourierException(Fault.INTERNAL, words());
      }
      say(asked);
      return await(placed.answer(), limit, "it did not answer " + asked);
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
      pipe.stop(OrderJson.line(new Order.Stop()), STOP_SECONDS);
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
  public void heard(byte[] line) {
    switch (NoticeJson.read(line)) {
      case Notice.Ready notice -> ready.complete(notice);
      case Notice.Answer notice -> task(notice.id(), notice);
      case Notice.Refused notice -> task(notice.id(), notice);
      case Notice.Usage notice -> owner.used(notice);
      case Notice.Listed notice -> listed(notice);
      case Notice.Checks notice -> done(notice);
      case Notice.Fetched notice -> done(notice);
      case Notice.Dropped notice -> done(notice);
      case Notice.Cleaned notice -> done(notice);
      case Notice.Problem(String message) -> problem(message);
    }
  }

  /// An answer that nobody waits for any more was cancelled: the courier knows.
  private void task(String id, Notice notice) {
    CompletableFuture<Notice> waiting = tasks.remove(id);
    if (waiting != null) {
      waiting.complete(notice);
    }
  }

  private void listed(Notice.Listed notice) {
    Placed current = order;
    if (current == null) {
      return;
    }
    current.notices().add(notice);
    if (current.notices().size() > MOST_LISTED) {
      kill("it lists without end");
    } else if (!notice.more()) {
      current.answer().complete(List.copyOf(current.notices()));
    }
  }

  private void done(Notice notice) {
    Placed current = order;
    if (current != null) {
      current.answer().complete(List.of(notice));
    }
  }

  /// Of the order that is under way, or of the opening.
  private void problem(String message) {
    CourierException said = new CourierException(Fault.INTERNAL, message);
    Placed current = order;
    if (current != null) {
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
    Placed current = order;
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
      public void used(Notice.Usage usage) {}

      @Override
      public void ended(Courier courier, String how) {
        end.accept(how);
      }
    };
  }
}
