package dev.sandpiper.edge.cli;

import dev.sandpiper.contract.Chunk;
import dev.sandpiper.contract.Metadata;
import dev.sandpiper.contract.ParseReply;
import dev.sandpiper.contract.RejectCode;
import dev.sandpiper.contract.ReplyJson;
import dev.sandpiper.contract.SplitPolicy;
import dev.sandpiper.contract.Usage;
import dev.sandpiper.edge.bill.Auditor;
import dev.sandpiper.edge.bill.Bill;
import dev.sandpiper.edge.bill.Comparison;
import dev.sandpiper.edge.burst.BurstAnswer;
import dev.sandpiper.edge.burst.BurstBackend;
import dev.sandpiper.edge.burst.BurstTask;
import dev.sandpiper.edge.config.AgentConfig;
import dev.sandpiper.edge.config.Environment;
import dev.sandpiper.edge.health.CheckResult;
import dev.sandpiper.edge.intake.Rig;
import dev.sandpiper.edge.ledger.CloudUsage;
import dev.sandpiper.edge.ledger.Ledgers;
import dev.sandpiper.edge.ledger.Refusal;
import dev.sandpiper.edge.library.Library;
import dev.sandpiper.edge.queue.JobView;
import dev.sandpiper.edge.store.BlobStore;
import dev.sandpiper.edge.store.Database;
import dev.sandpiper.edge.store.DatabaseOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The real store; workers that upper-case what they get and reject what begins with `bad`.
final class TestWorkshop implements Workshop {

  final List<Path> started = new ArrayList<>();
  final TestCloud cloud = new TestCloud();
  CheckResult identity = CheckResult.ok("certificate", "CN=edge, 60 days left");
  Path prices = Path.of("none");
  List<CheckResult> models = List.of();

  @Override
  public void runAgent(AgentConfig config, Environment environment) {
    started.add(config.home());
  }

  @Override
  public BurstBackend openBackend(AgentConfig config) {
    return new UpperCase();
  }

  @Override
  public SplitPolicy splitPolicy(int slots) {
    return SplitPolicy.NONE;
  }

  @Override
  public Desk openStore(AgentConfig config) {
    try {
      Files.createDirectories(config.home());
      Rig rig = new Rig(config.home(), config.intake().maxBytes());
      return new Desk(rig.database, rig.blobs, rig.library, rig.queue, rig.intake);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public ReadingRoom openReader(AgentConfig config) {
    Database database =
        Database.openReadOnly(config.home().resolve("agent.db"), DatabaseOptions.defaults());
    BlobStore blobs = BlobStore.openReadOnly(config.home());
    return new ReadingRoom(
        database, blobs, Library.readOnly(database, blobs), new JobView(database));
  }

  @Override
  public boolean hasState(AgentConfig config) {
    return Files.exists(config.home().resolve("agent.db"));
  }

  @Override
  public List<CheckResult> checkModels(AgentConfig config, Environment environment) {
    return models;
  }

  @Override
  public List<CheckResult> doctor(AgentConfig config) {
    return List.of(
        CheckResult.ok("java", "25"), CheckResult.warn("sandbox", "none", "install bubblewrap"));
  }

  @Override
  public List<CheckResult> cloudCheck(AgentConfig config) {
    return List.of(CheckResult.ok("cloud", "reachable"));
  }

  @Override
  public List<CloudUsage.Day> cloudUsage(AgentConfig config) {
    try (ReadingRoom room = openReader(config)) {
      return new CloudUsage(room.database()).days();
    }
  }

  @Override
  public Spent spent(AgentConfig config, LocalDate from, LocalDate to) {
    try (ReadingRoom room = openReader(config)) {
      return new Spent(
          Ledgers.of(room.database(), clock(), config).statement(from, to), Map.of(1L, "Ada"));
    }
  }

  @Override
  public Comparison compare(AgentConfig config, Bill bill, Optional<String> provider) {
    try (ReadingRoom room = openReader(config)) {
      return new Auditor(
              room.database(), Ledgers.of(room.database(), clock(), config), config.llm())
          .compare(bill, provider);
    }
  }

  @Override
  public int settle(AgentConfig config, List<Comparison.Found> found) {
    try (Desk desk = openStore(config)) {
      return new Auditor(
              desk.database(), Ledgers.of(desk.database(), clock(), config), config.llm())
          .settle(found);
    }
  }

  @Override
  public List<Refusal.Paused> pauses(AgentConfig config) {
    try (ReadingRoom room = openReader(config)) {
      return Ledgers.free(room.database(), clock()).pauses();
    }
  }

  @Override
  public void resume(AgentConfig config, String workflow) {
    try (Desk desk = openStore(config)) {
      boolean _ = Ledgers.free(desk.database(), clock()).resume(workflow);
    }
  }

  @Override
  public CloudDesk openCloud(AgentConfig config) {
    return cloud;
  }

  @Override
  public InstantSource clock() {
    return InstantSource.fixed(Instant.parse("2026-11-27T12:00:00Z"));
  }

  @Override
  public List<CheckResult> identityCheck(AgentConfig config) {
    return List.of(identity);
  }

  @Override
  public Path cloudPrices() {
    return prices;
  }

  private static final class UpperCase implements BurstBackend {
    @Override
    public String name() {
      return "test";
    }

    @Override
    public int slots() {
      return 2;
    }

    @Override
    public BurstAnswer run(BurstTask task) {
      try {
        String text = Files.readString(task.document().file());
        if (text.startsWith("bad")) {
          return new BurstAnswer(
              new ParseReply.Rejected(task.requestId(), RejectCode.ENCRYPTED, "needs a password"),
              null,
              "w");
        }
        ParseReply.Parsed reply =
            new ParseReply.Parsed(
                task.requestId(),
                new Metadata("text/plain", null, List.of(), null, null, null, null, Map.of()),
                1,
                List.of(),
                new Usage(1, 1, 1, 1, false),
                null);
        Path file = Files.createTempFile("result", ".json");
        try (OutputStream out = Files.newOutputStream(file)) {
          ReplyJson.write(
              reply,
              sink -> {
                sink.markdown(text.toUpperCase(java.util.Locale.ROOT));
                sink.chunk(new Chunk("c", 0, List.of(), null, null, text));
              },
              out);
        }
        return new BurstAnswer(reply, file, "w");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public CheckResult check() {
      return CheckResult.ok("test", "works");
    }

    @Override
    public void close() {}
  }
}
