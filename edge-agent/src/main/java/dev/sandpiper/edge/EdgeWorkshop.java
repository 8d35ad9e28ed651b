package dev.sandpiper.edge;

import dev.sandpiper.contract.SplitPolicy;
import dev.sandpiper.edge.bill.Auditor;
import dev.sandpiper.edge.bill.Bill;
import dev.sandpiper.edge.bill.Comparison;
import dev.sandpiper.edge.burst.BackendMemory;
import dev.sandpiper.edge.burst.BurstBackend;
import dev.sandpiper.edge.cli.CliException;
import dev.sandpiper.edge.cli.Workshop;
import dev.sandpiper.edge.config.AgentConfig;
import dev.sandpiper.edge.config.EffectiveValue;
import dev.sandpiper.edge.config.Environment;
import dev.sandpiper.edge.health.CheckResult;
import dev.sandpiper.edge.health.DiskFailure;
import dev.sandpiper.edge.journal.Journal;
import dev.sandpiper.edge.ledger.CloudPurse;
import dev.sandpiper.edge.ledger.CloudUsage;
import dev.sandpiper.edge.ledger.Ledger;
import dev.sandpiper.edge.ledger.Refusal;
import dev.sandpiper.edge.library.Library;
import dev.sandpiper.edge.people.People;
import dev.sandpiper.edge.people.Person;
import dev.sandpiper.edge.queue.JobView;
import dev.sandpiper.edge.store.BlobStore;
import dev.sandpiper.edge.store.Database;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/// Builds what the command line asks for.
final class EdgeWorkshop implements Workshop {

  /// Set by the launcher when it makes the start-up cache: stop as soon as everything stands.
  private static final String TRAINING = "sandpiper.train";

  @Override
  public void runAgent(AgentConfig config, Environment environment) throws InterruptedException {
    Journal journal = journal();
    for (EffectiveValue value : config.effective()) {
      if (!value.origin().equals("default")) {
        journal.info("config", "key", value.key(), "value", value.text());
      }
    }
    EdgeAgent agent = new EdgeAgent(config, journal);
    if (!closeAtExit(agent, journal)
        || !explained(() -> agent.start(environment, Distribution.current()))) {
      return;
    }
    if (Boolean.getBoolean(TRAINING)) {
      agent.close();
    }
    agent.awaitClose();
  }

  /// Before the agent starts: it may be told to stop at any moment.
  ///
  /// @return `false` when it has been told already
  private static boolean closeAtExit(EdgeAgent agent, Journal journal) {
    Thread stop =
        new Thread(
            () -> {
              if (!agent.isClosed()) {
                journal.info("stopping");
                agent.close();
                journal.info("stopped");
              }
            },
            "stop");
    try {
      Runtime.getRuntime().addShutdownHook(stop);
      return true;
    } catch (IllegalStateException _) {
      return false;
    }
  }

  /// Standard error, unbuffered by `System.err`'s locale: JSON lines are UTF-8.
  private static Journal journal() {
    return new Journal(
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
        InstantSource.system());
  }

  @Override
  public BurstBackend openBackend(AgentConfig config) {
    try {
      Path scratch = Files.createTempDirectory("sandpiper-workers");
      return new TemporaryBackend(
          new Wiring(config).localBackend(Distribution.current(), scratch, false, journal()),
          scratch);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "no folder for temporary files (TMPDIR): " + DiskFailure.words(e), e);
    }
  }

  @Override
  public SplitPolicy splitPolicy(int slots) {
    return Wiring.splitPolicy(slots);
  }

  @Override
  public Desk openStore(AgentConfig config) {
    Wiring wiring = new Wiring(config);
    Wiring.Shelves shelves = explained(wiring::openShelves);
    return new Desk(
        shelves.database(),
        shelves.blobs(),
        shelves.library(),
        shelves.queue(),
        wiring.intake(shelves));
  }

  @Override
  public ReadingRoom openReader(AgentConfig config) {
    Wiring wiring = new Wiring(config);
    explained(() -> {
      wiring.requireReadable();
      return wiring;
    });
    if (!wiring.hasState()) {
      throw CliException.nothingYet(config.home());
    }
    Database database = explained(wiring::openReadOnly);
    BlobStore blobs = wiring.blobsReadOnly();
    return new ReadingRoom(
        database, blobs, Library.readOnly(database, blobs), new JobView(database));
  }

  @Override
  public boolean hasState(AgentConfig config) {
    return new Wiring(config).hasState();
  }

  @Override
  public List<CheckResult> checkModels(AgentConfig config, Environment environment)
      throws InterruptedException {
    return ModelWiring.check(config, environment, clock());
  }

  @Override
  public List<CheckResult> doctor(AgentConfig config) {
    return new Doctor(config, this).checks();
  }

  @Override
  public List<CheckResult> identityCheck(AgentConfig config) {
    return new IdentityDoctor(config.burstAws(), clock()).rows();
  }

  @Override
  public Path cloudPrices() {
    return Distribution.current().root().resolve("prices.json");
  }

  @Override
  public List<CheckResult> cloudCheck(AgentConfig config) {
    if (!config.burstAws().on()) {
      return List.of(
          CheckResult.warn(
              "cloud",
              "bursts to AWS are switched off (burst.aws.mode)",
              "scripts/deploy makes the cloud's half and writes its configuration."));
    }
    List<CheckResult> checks = new ArrayList<>(burstState(config));
    checks.addAll(money(config));
    try (CloudWiring.Visit visit = visit(config)) {
      checks.addAll(visit.check());
    } catch (CliException e) {
      checks.add(
          CheckResult.fail(
              "cloud",
              String.valueOf(e.getMessage()),
              "Documents are parsed on this machine until it works."));
    }
    return checks;
  }

  /// What the agent remembers of the cloud.
  private List<CheckResult> burstState(AgentConfig config) {
    if (!new Wiring(config).hasState()) {
      return List.of();
    }
    try (ReadingRoom room = openReader(config)) {
      return BackendMemory.find(room.database(), CloudWiring.AWS).stream()
          .map(EdgeWorkshop::burstState)
          .toList();
    }
  }

  /// Whether the ledger pays for a document there now.
  private List<CheckResult> money(AgentConfig config) {
    if (!hasState(config)) {
      return List.of();
    }
    try (ReadingRoom room = openReader(config)) {
      Ledger ledger = new Wiring(config).ledger(room.database());
      CloudPurse purse =
          new CloudPurse(
              room.database(), ledger, CloudWiring.prices(Distribution.current(), config), clock());
      return CloudPurse.look(ledger, new AwsPurse(purse).worst(config.limits().wallMillis(), 0))
          .map(refusal ->
              CheckResult.warn("money", "the cloud is not paid for now", refusal.words()))
          .stream()
          .toList();
    }
  }

  private static CheckResult burstState(BackendMemory.State state) {
    if (state.drained()) {
      return CheckResult.warn(
          "burst", "drained: documents are parsed here", "Use it again: sandpiper cloud resume");
    }
    return state.retryAt() == null
        ? CheckResult.ok("burst", "on")
        : CheckResult.warn(
            "burst",
            "the cloud could not be used; tried again from " + state.retryAt(),
            String.valueOf(state.reason()));
  }

  private CloudWiring.Visit visit(AgentConfig config) {
    return explained(() ->
        new CloudWiring(config, InstantSource.system(), RandomGenerator.getDefault())
            .visit(Distribution.current()));
  }

  @Override
  public List<CloudUsage.Day> cloudUsage(AgentConfig config) {
    if (!new Wiring(config).hasState()) {
      return List.of();
    }
    try (ReadingRoom room = openReader(config)) {
      return new CloudUsage(room.database()).days();
    }
  }

  @Override
  public Spent spent(AgentConfig config, LocalDate from, LocalDate to) {
    try (ReadingRoom room = openReader(config)) {
      return new Spent(
          new Wiring(config).ledger(room.database()).statement(from, to),
          new People(room.database(), clock())
              .list().stream()
                  .map(People.Entry::person)
                  .collect(Collectors.toMap(Person::id, Person::name)));
    }
  }

  @Override
  public Comparison compare(AgentConfig config, Bill bill, Optional<String> provider) {
    try (ReadingRoom room = openReader(config)) {
      return new Auditor(room.database(), new Wiring(config).ledger(room.database()), config.llm())
          .compare(bill, provider);
    }
  }

  @Override
  public int settle(AgentConfig config, List<Comparison.Found> found) {
    try (Wiring.Shelves shelves = explained(new Wiring(config)::openShelves)) {
      return new Auditor(shelves.database(), shelves.ledger(), config.llm()).settle(found);
    }
  }

  @Override
  public List<Refusal.Paused> pauses(AgentConfig config) {
    try (ReadingRoom room = openReader(config)) {
      return new Wiring(config).ledger(room.database()).pauses();
    }
  }

  @Override
  public void resume(AgentConfig config, String workflow) {
    try (Wiring.Shelves shelves = explained(new Wiring(config)::openShelves)) {
      boolean _ = shelves.ledger().resume(workflow);
    }
  }

  @Override
  public CloudDesk openCloud(AgentConfig config) {
    return visit(config);
  }

  /// The agent's own errors carry their advice: a person needs no stack trace with it.
  private static <T> T explained(Supplier<T> step) {
    try {
      return step.get();
    } catch (AgentException e) {
      throw CliException.because(e);
    }
  }
}
