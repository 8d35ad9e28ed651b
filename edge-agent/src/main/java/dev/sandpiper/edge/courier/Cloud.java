package dev.sandpiper.edge.courier;

import dev.sandpiper.contract.DocumentRef;
import dev.sandpiper.contract.ObjectKeys;
import dev.sandpiper.contract.ParseRequest;
import dev.sandpiper.contract.ResultTarget;
import dev.sandpiper.contract.Source;
import dev.sandpiper.edge.config.AwsBurstConfig;
import dev.sandpiper.edge.config.AwsBurstConfig.Plant;
import dev.sandpiper.edge.courier.protocol.Fault;
import dev.sandpiper.edge.courier.protocol.Notice;
import dev.sandpiper.edge.courier.protocol.Order;
import dev.sandpiper.edge.courier.protocol.Order.Route;
import dev.sandpiper.edge.health.DiskFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/// Everything that belongs to one opened cloud, wired; takes orders until it is closed.
final class Cloud {

  /// Whoever waits for results is told that the cloud is gone after this long and one more wait.
  private static final Duration LISTENING = Duration.ofSeconds(30);

  /// A check asks again for this long: enough for a hiccup, and a person waits.
  private static final Duration CHECKING = Duration.ofSeconds(1);

  private static final Duration STOPPING = Duration.ofSeconds(2);
  private static final Duration DELETING = Duration.ofSeconds(4);

  /// So much more than it is meant to bear at once is refused: the agent counts, too.
  private static final int SPARE = 2;

  private final AwsBurstConfig config;
  private final ObjectKeys keys;
  private final Voice voice;
  private final Meter meter;
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("courier-", 0).factory());
  private final Depot depot;
  private final Sweeper sweeper;
  private final Register register;
  private final Listener listener;
  private final Bursts bursts;
  private final @Nullable Invocations invocations;
  private final Inspector inspector;

  Cloud(AwsBurstConfig config, Voice voice, InstantSource clock, RandomGenerator random) {
    this.config = config;
    this.voice = voice;
    Plant plant = config.plant();
    keys = new ObjectKeys(plant.device());
    meter = new Meter(clock);
    Identity identity = Identity.of(config, clock);
    Clients clients =
        new Clients(
            plant, identity, meter, UrlConnectionHttpClient::builder, Clients.Patience.WORKING);
    Pace uploads = pace();
    Pace downloads = pace();
    Pace calls = pace();
    Attempts plain = attempts(identity, random, () -> {});
    depot =
        new S3Depot(
            clients,
            plant,
            attempts(identity, random, uploads::slower),
            attempts(identity, random, downloads::slower),
            plain);
    Post post =
        new SqsPost(clients, plant, plain, new Attempts(identity, random, () -> {}, LISTENING));
    sweeper = new Sweeper(depot, post, keys);
    register = new Register(keys, sweeper, voice, clock, config.bounds().deadline());
    Results results =
        new Results(keys, register, sweeper, new Results.Fetching(depot, downloads), meter);
    listener = new Listener(post, register, results, threads);
    Bursts.Uploads laying = new Bursts.Uploads(depot, uploads, sweeper.documents());
    bursts = new Bursts(plant, keys, new Bursts.Company(register, laying, post, listener), threads);
    Direct direct =
        plant
            .function()
            .map(function ->
                new LambdaDirect(
                    clients, function, attempts(identity, random, calls::slower), meter))
            .orElse(null);
    invocations =
        direct == null
            ? null
            : new Invocations(
                new Invocations.Way(direct, calls, config.bounds().directLimit()),
                bursts,
                new Invocations.Company(register, laying, results),
                threads);
    inspector = inspector(identity, random);
  }

  /// Has clients of its own, which give up sooner.
  private Inspector inspector(Identity identity, RandomGenerator random) {
    Plant plant = config.plant();
    Clients clients =
        new Clients(
            plant, identity, meter, UrlConnectionHttpClient::builder, Clients.Patience.CHECKING);
    Attempts few = new Attempts(identity, random, () -> {}, CHECKING);
    return new Inspector(
        plant,
        keys,
        new Inspector.Subjects(
            () ->
                few.run(
                    "Asking AWS who this machine is",
                    () -> clients.sts().getCallerIdentity().arn()),
            new S3Depot(clients, plant, few, few, few),
            new SqsPost(clients, plant, few, few),
            plant
                .function()
                .map(function -> new LambdaDirect(clients, function, few, meter))
                .orElse(null),
            meter));
  }

  private static Attempts attempts(Identity identity, RandomGenerator random, Runnable throttled) {
    return new Attempts(identity, random, throttled, Attempts.PATIENT);
  }

  private Pace pace() {
    return new Pace(config.bounds().concurrency(), System::nanoTime);
  }

  /// Does what the agent says, but opening and stopping.
  void obey(Order order) {
    switch (order) {
      case Order.Task(Route route, ParseRequest request) -> submit(route, request);
      case Order.Stored(String id) -> register.stored(id);
      case Order.Cancel(String id) -> register.cancel(id);
      case Order.Check() ->
          aside("Checking", () -> voice.tell(new Notice.Checks(inspector.look())));
      case Order.List(int limit) -> aside("Listing", () -> list(limit));
      case Order.Drop(String key) -> aside("Deleting", () -> drop(key));
      case Order.Own() -> register.own();
      case Order.Clean() -> aside("Cleaning up", this::clean);
      case Order.Fetch(String key, Path file) -> aside("Fetching", () -> fetch(key, file));
      case Order.Open _ ->
          voice.tell(new Notice.Problem("The courier is open already; start another one."));
      case Order.Stop() -> {
        // who reads the orders stops
      }
    }
  }

  private void aside(String what, Runnable work) {
    threads.execute(() -> {
      try {
        work.run();
      } catch (CloudException e) {
        voice.tell(new Notice.Problem(e.words()));
      } catch (RuntimeException e) {
        voice.tell(new Notice.Problem(what + " went wrong: " + e + "."));
      }
    });
  }

  private void submit(Route route, ParseRequest request) {
    String wrong = wrong(request);
    if (wrong != null) {
      voice.tell(new Notice.Refused(request.requestId(), Fault.INTERNAL, wrong));
      return;
    }
    int most = config.bounds().concurrency() * SPARE;
    if (register.unanswered() >= most) {
      voice.tell(
          new Notice.Refused(
              request.requestId(),
              Fault.THROTTLED,
              "%d documents are on their way already; this one must wait for its turn."
                  .formatted(most)));
      return;
    }
    Invocations direct = route == Route.DIRECT ? invocations : null;
    Ticket ticket =
        new Ticket(
            request,
            direct == null ? Route.BURST : Route.DIRECT,
            Path.of(((Source.File) request.document().source()).path()),
            Path.of(((ResultTarget.File) request.result()).path()),
            register.deadline());
    if (!register.open(ticket)) {
      return; // the same task twice is one task
    }
    if (direct == null) {
      bursts.submit(ticket);
    } else {
      direct.submit(ticket);
    }
  }

  /// What is wrong with a request, in words; `null`: nothing.
  private static @Nullable String wrong(ParseRequest request) {
    DocumentRef document = request.document();
    if (request.requestId().length() > ObjectKeys.MAX_REQUEST_ID) {
      return "A task's id has at most " + ObjectKeys.MAX_REQUEST_ID + " characters.";
    }
    if (!(document.source() instanceof Source.File(String source))
        || !(request.result() instanceof ResultTarget.File)) {
      return "A task names files for its document and its result.";
    }
    try {
      long size = Files.size(Path.of(source));
      return size == document.size()
          ? null
          : "%s has %,d bytes, its request says %,d.".formatted(source, size, document.size());
    } catch (IOException e) {
      return "A document cannot be read: " + DiskFailure.words(e) + ".";
    }
  }

  private void list(int limit) {
    depot.list(keys.documents(), limit, page -> voice.tell(new Notice.Listed(page, true)));
    voice.tell(new Notice.Listed(List.of(), false));
  }

  private static final Pattern DOCUMENT = Pattern.compile("in/[^/]+/([0-9a-f]{64})");

  private void fetch(String key, Path file) {
    String sha256 = documentAt(key);
    if (sha256 != null) {
      depot.getDocument(key, sha256, file);
      voice.tell(new Notice.Fetched(key));
    }
  }

  private void drop(String key) {
    if (documentAt(key) != null) {
      voice.tell(
          depot.delete(Depot.Side.IN, List.of(key)).isEmpty()
              ? new Notice.Dropped(key)
              : new Notice.Problem(key + " could not be deleted; it expires by itself."));
    }
  }

  /// The hash of a document by its key; the agent is told when it is none.
  private @Nullable String documentAt(String key) {
    Matcher matcher = DOCUMENT.matcher(key);
    if (matcher.matches() && key.startsWith(keys.documents())) {
      return matcher.group(1);
    }
    voice.tell(
        new Notice.Problem(
            key + " is no document of this device; 'sandpiper cloud' lists those that are."));
    return null;
  }

  /// Deletes what no task of this life needs, and listens for what is still to come.
  private void clean() {
    register.own();
    long deleted =
        clean(Depot.Side.IN, keys.documents(), register::needsDocument)
            + clean(Depot.Side.OUT, keys.results(), register::needsResult);
    listener.wake();
    voice.tell(new Notice.Cleaned(deleted));
  }

  private long clean(Depot.Side side, String prefix, Predicate<String> needed) {
    AtomicLong deleted = new AtomicLong();
    depot.keys(
        side,
        prefix,
        page -> {
          List<String> free = page.stream().filter(Predicate.not(needed)).toList();
          if (!free.isEmpty()) {
            deleted.addAndGet(free.size() - depot.delete(side, free).size());
          }
        });
    return deleted.get();
  }

  /// Once a second: what is over, and what was used.
  void tick() {
    register.expire();
    meter.take().ifPresent(voice::tell);
  }

  /// Ends what is under way and deletes what is over. Takes some seconds at most.
  void close() throws InterruptedException {
    listener.close();
    bursts.close();
    threads.shutdownNow();
    threads.awaitTermination(STOPPING.toMillis(), TimeUnit.MILLISECONDS);
    bursts.drain(STOPPING);
    register.closeLeaving();
    sweeper.drain(DELETING);
    meter.take().ifPresent(voice::tell);
  }
}
