package dev.sandpiper.edge;

import dev.sandpiper.contract.SplitPolicy;
import dev.sandpiper.edge.burst.BurstBackend;
import dev.sandpiper.edge.burst.BurstControl;
import dev.sandpiper.edge.burst.BurstStatus;
import dev.sandpiper.edge.burst.local.LocalBackend;
import dev.sandpiper.edge.burst.local.LocalOptions;
import dev.sandpiper.edge.burst.local.SandboxMode;
import dev.sandpiper.edge.chat.Clockwork;
import dev.sandpiper.edge.config.AgentConfig;
import dev.sandpiper.edge.config.Environment;
import dev.sandpiper.edge.config.LocalBurstConfig;
import dev.sandpiper.edge.config.Secret;
import dev.sandpiper.edge.config.TokenFile;
import dev.sandpiper.edge.event.EventLog;
import dev.sandpiper.edge.health.CheckResult;
import dev.sandpiper.edge.health.DiskFailure;
import dev.sandpiper.edge.http.ApiParts;
import dev.sandpiper.edge.http.HttpApi;
import dev.sandpiper.edge.http.HttpServer;
import dev.sandpiper.edge.intake.Intake;
import dev.sandpiper.edge.journal.Journal;
import dev.sandpiper.edge.ledger.Ledger;
import dev.sandpiper.edge.library.Library;
import dev.sandpiper.edge.net.HttpCaller;
import dev.sandpiper.edge.net.Loop;
import dev.sandpiper.edge.net.NettyCaller;
import dev.sandpiper.edge.people.Pairing;
import dev.sandpiper.edge.people.People;
import dev.sandpiper.edge.people.PeopleControl;
import dev.sandpiper.edge.queue.JobQueue;
import dev.sandpiper.edge.queue.Lane;
import dev.sandpiper.edge.queue.QueueOptions;
import dev.sandpiper.edge.schedule.Schedules;
import dev.sandpiper.edge.store.BlobStore;
import dev.sandpiper.edge.store.Database;
import dev.sandpiper.edge.store.DatabaseOptions;
import dev.sandpiper.edge.talk.command.StatusCommand;
import dev.sandpiper.edge.work.WorkLoop;
import dev.sandpiper.edge.work.parse.ParseWork;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Makes the parts and puts them together: the only place where adapters' constructors are called
/// and the clock is read.
public final class Wiring {

  /// Work shorter than this is not worth a request of its own, in milliseconds.
  private static final long MIN_PART_MILLIS = 1_500;

  /// Parts per worker: enough that a slow part does not leave the other workers idle.
  private static final int PARTS_PER_WORKER = 2;

  /// Lanes beyond the workers: they write results while the workers go on.
  private static final int SPARE_LANES = 2;

  private static final int EVENTS_KEPT = 256;

  /// When the machine does not say how much memory it has.
  private static final long ASSUMED_MEMORY = 1L << 30;

  private final AgentConfig config;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Loop loop = new Loop();
  private @Nullable HttpCaller caller;

  /// Wires with the system's clock and randomness.
  public Wiring(AgentConfig config) {
    this(config, InstantSource.system(), RandomGenerator.getDefault());
  }

  Wiring(AgentConfig config, InstantSource clock, RandomGenerator random) {
    this.config = config;
    this.clock = clock;
    this.random = random;
  }

  /// The clock everything is wired with.
  public InstantSource clock() {
    return clock;
  }

  /// The thread that moves bytes, of the server and of all calls to the outside.
  Loop loop() {
    return loop;
  }

  /// Calls to the outside, the same for everybody; nothing is loaded or begun before the first.
  synchronized HttpCaller caller() {
    HttpCaller made = caller;
    if (made == null) {
      String version = Wiring.class.getPackage().getImplementationVersion();
      made = new NettyCaller(loop, version == null ? "Sandpiper" : "Sandpiper/" + version);
      caller = made;
    }
    return made;
  }

  /// What is kept on the disk, opened for one process.
  ///
  /// @param library what has been parsed
  public record Shelves(
      Database database,
      BlobStore blobs,
      JobQueue queue,
      Library library,
      Ledger ledger,
      EventLog events)
      implements AutoCloseable {

    /// Closes the database.
    @Override
    public void close() {
      database.close();
    }
  }

  /// Opens the state for reading and writing; one process at a time can.
  ///
  /// @throws dev.sandpiper.edge.store.StoreException when another process has it, or it is damaged
  public Shelves openShelves() {
    Path home = config.home();
    try {
      if (!Files.isDirectory(home)) {
        Files.createDirectories(home.toAbsolutePath().getParent());
        Files.createDirectory(
            home,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
      Database database = Database.open(databaseFile(), databaseOptions());
      BlobStore blobs = BlobStore.open(home.resolve("blobs"));
      JobQueue queue = new JobQueue(database, queueOptions(), clock, random);
      Library library = new Library(database, blobs, queue, clock);
      String epoch = Long.toString(clock.millis(), Character.MAX_RADIX);
      return new Shelves(
          database, blobs, queue, library, ledger(database), new EventLog(epoch, EVENTS_KEPT));
    } catch (IOException e) {
      throw new AgentException(
          "The agent's home "
              + home
              + " cannot be used: "
              + DiskFailure.words(e)
              + ". Or set agent.home to another folder.",
          e);
    }
  }

  /// The ledger over a database; one that is open for reading only can be read.
  Ledger ledger(Database database) {
    People people = new People(database, clock);
    return new Ledger(
        database,
        new Ledger.Rules(
            config.budgets(),
            config.timeZone(),
            (tx, person) ->
                people.find(tx, person).map(one -> one.role().name().toLowerCase(Locale.ROOT)),
            config.brakes()),
        clock);
  }

  /// Whether there is any state yet.
  public boolean hasState() {
    return Files.isRegularFile(databaseFile());
  }

  /// Refuses a home that this user may not look into: it would seem empty.
  ///
  /// @throws AgentException when it cannot be read
  public void requireReadable() {
    Path home = config.home();
    if (Files.isDirectory(home) && !(Files.isReadable(home) && Files.isExecutable(home))) {
      throw new AgentException(
          "The agent's home "
              + home
              + " cannot be read by this user. Run the command as the user that runs the agent.");
    }
  }

  /// Opens the database for looking only, beside a running agent.
  public Database openReadOnly() {
    return Database.openReadOnly(databaseFile(), databaseOptions());
  }

  /// The blob store for looking only.
  public BlobStore blobsReadOnly() {
    return BlobStore.openReadOnly(config.home().resolve("blobs"));
  }

  /// The door for documents.
  public Intake intake(Shelves shelves) {
    return new Intake(
        new Intake.Parts(
            shelves.database(),
            shelves.blobs(),
            shelves.library(),
            shelves.queue(),
            shelves.events(),
            config.limits().maxBytes()));
  }

  /// Worker processes on this machine.
  ///
  /// @param stateDir folder for their private files, on the file system of the documents
  ///
  /// @param aotCache whether training a start-up cache for the workers can pay: not for a command
  ///   that ends after a moment
  public BurstBackend localBackend(
      Distribution distribution, Path stateDir, boolean aotCache, Journal journal) {
    LocalBurstConfig local = config.burstLocal();
    LocalOptions.WorkerLimits sized =
        LocalOptions.WorkerLimits.sized(
            Runtime.getRuntime().availableProcessors(), machineMemory());
    LocalOptions.WorkerLimits limits =
        new LocalOptions.WorkerLimits(
            local.workers().orElse(sized.workers()),
            Math.toIntExact(local.heapBytes() >> 20),
            sized.nativeMb(),
            local.idle(),
            sized.startTimeout(),
            sized.grace(),
            sized.cpuTime(),
            sized.maxResultBytes(),
            sized.maxTasks());
    return new LocalBackend(
        new LocalOptions(
            distribution.functionZip(),
            LocalOptions.PARSE_HANDLER,
            distribution.runtimeJars(),
            distribution.workerOptions(),
            stateDir,
            Path.of(System.getProperty("java.home")),
            SandboxMode.valueOf(local.sandbox().name()),
            aotCache && local.aot(),
            limits),
        clock,
        journal);
  }

  /// Where parsing happens: on this machine, and in the cloud when that is switched on.
  ///
  /// @param workers stay the caller's
  Bursts bursts(Distribution distribution, Shelves shelves, BurstBackend workers, Journal journal) {
    return config.burstAws().on()
        ? new CloudWiring(config, clock, random).bursts(distribution, shelves, workers, journal)
        : Bursts.local(workers);
  }

  /// The lanes that do the jobs.
  WorkLoop workLoop(Shelves shelves, Bursts bursts, Journal journal) {
    ParseWork parse =
        new ParseWork(
            new ParseWork.Shelves(
                shelves.database(),
                shelves.blobs(),
                shelves.queue(),
                shelves.library(),
                shelves.events()),
            bursts.backend(),
            config.limits(),
            bursts.split(),
            journal);
    return new WorkLoop(
        shelves.database(),
        shelves.queue(),
        List.of(parse),
        new WorkLoop.Lanes(
            Lane.DOCUMENTS, bursts.backend().slots() + SPARE_LANES, bursts.turnstile()),
        journal);
  }

  /// The conversation, not started; empty when no channel is switched on.
  Optional<Conversation> conversation(
      ConversationSource source, Shelves shelves, Intake intake, Journal journal) {
    return new ConversationWiring(config, source, new Clockwork(clock, random))
        .conversation(shelves, intake, journal);
  }

  /// How the agent is, as a command tells it.
  StatusCommand.Surroundings surroundings(Shelves shelves, Bursts bursts) {
    return new StatusCommand.Surroundings(
        bursts.backend().slots(),
        () -> bursts.control().map(BurstControl::status).orElse(BurstStatus.OFF),
        () -> checks(shelves, bursts, Optional.empty()));
  }

  private List<CheckResult> checks(
      Shelves shelves, Bursts bursts, Optional<Conversation> conversation) {
    List<CheckResult> checks = new ArrayList<>();
    checks.add(storeCheck(shelves.database()));
    checks.add(diskCheck(shelves.database()));
    checks.addAll(bursts.checks().get());
    conversation.ifPresent(talking -> checks.addAll(talking.checks()));
    return checks;
  }

  /// What the HTTP server serves beside the shelves.
  record Served(Intake intake, Bursts bursts, Optional<Conversation> conversation) {}

  /// The HTTP server with its routes, not started yet.
  HttpServer httpServer(Shelves shelves, Served served, Environment environment, Journal journal) {
    Secret token = TokenFile.obtain(config, environment, new SecureRandom());
    Bursts bursts = served.bursts();
    HttpApi api =
        new HttpApi(
                new ApiParts(
                    shelves.database(),
                    shelves.blobs(),
                    shelves.library(),
                    shelves.queue(),
                    served.intake(),
                    bursts.control(),
                    () -> checks(shelves, bursts, served.conversation())))
            .withPeople(people(shelves))
            .withLedger(shelves.ledger())
            .withSchedules(
                shelves.database(), new Schedules(shelves.database(), shelves.queue(), clock));
    served.conversation().ifPresent(conversation -> conversation.serve(api, token));
    return new HttpServer(
        config.http(),
        token,
        api,
        new HttpServer.Surroundings(shelves.events(), clock, journal, loop));
  }

  /// What the terminal does to people.
  private PeopleControl people(Shelves shelves) {
    People people = new People(shelves.database(), clock);
    return new PeopleControl(
        shelves.database(),
        people,
        new Pairing(people, clock, new SecureRandom()),
        new Schedules(shelves.database(), shelves.queue(), clock)::removeAll);
  }

  private static CheckResult storeCheck(Database database) {
    return database
        .failure()
        .map(reason -> CheckResult.fail("store", reason, "Check the disk, then restart the agent."))
        .orElseGet(() -> CheckResult.ok("store", database.file() + " takes writes"));
  }

  private CheckResult diskCheck(Database database) {
    long free = database.usableBytes();
    long reserve = config.store().diskReserve();
    String detail = "%,d MB free, %,d MB in reserve".formatted(free >> 20, reserve >> 20);
    return free < reserve
        ? CheckResult.fail("disk", detail, "Free some space; documents are refused until then.")
        : CheckResult.ok("disk", detail);
  }

  /// Splitting pays only when parts can run beside each other.
  public static SplitPolicy splitPolicy(int slots) {
    return slots < 2
        ? SplitPolicy.NONE
        : new SplitPolicy(slots * PARTS_PER_WORKER, MIN_PART_MILLIS);
  }

  private Path databaseFile() {
    return config.home().resolve("sandpiper.db");
  }

  private DatabaseOptions databaseOptions() {
    return DatabaseOptions.defaults().withNativeDir(config.home().resolve("native"));
  }

  private QueueOptions queueOptions() {
    QueueOptions defaults = QueueOptions.defaults();
    return new QueueOptions(
        Math.toIntExact(config.queue().depth()),
        config.store().diskReserve(),
        config.queue().maxAttempts(),
        defaults.maxKills(),
        defaults.maxInterruptions(),
        config.queue().backoffBase(),
        config.queue().backoffCap(),
        defaults.maxRetryAfter(),
        config.queue().keepEnded());
  }

  private static long machineMemory() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean os
        ? os.getTotalMemorySize()
        : ASSUMED_MEMORY;
  }
}
