package dev.sandpiper.edge.llm.route;

import dev.sandpiper.edge.config.AgentConfig;
import dev.sandpiper.edge.config.Configs;
import dev.sandpiper.edge.config.Secret;
import dev.sandpiper.edge.config.SecretRef;
import dev.sandpiper.edge.journal.Journal;
import dev.sandpiper.edge.ledger.Ledger;
import dev.sandpiper.edge.llm.ChatAnswer;
import dev.sandpiper.edge.llm.ChatListener;
import dev.sandpiper.edge.llm.ChatRequest;
import dev.sandpiper.edge.llm.ModelException;
import dev.sandpiper.edge.llm.Purpose;
import dev.sandpiper.edge.llm.prompts.Prompts;
import dev.sandpiper.edge.store.Database;
import dev.sandpiper.edge.store.DatabaseOptions;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/// A router over a real database, with scripted models and a clock that a test moves.
final class Bench implements AutoCloseable {

  static final Instant START = Instant.parse("2026-12-01T10:00:00Z");

  final Scripted models = new Scripted();
  final Map<String, String> secrets = new HashMap<>();
  final List<String> told = new ArrayList<>();
  final List<Duration> pauses = new ArrayList<>();
  final ByteArrayOutputStream journal = new ByteArrayOutputStream();
  private final Path folder;
  private Instant now = START;
  private AgentConfig config;
  Database database;
  Ledger ledger;
  ModelRouter router;

  Bench(Path folder, String toml) {
    this.folder = folder;
    this.config = Configs.parse(toml);
    open();
  }

  private void open() {
    database = Database.open(folder.resolve("agent.db"), DatabaseOptions.defaults());
    InstantSource clock = this::now;
    ledger =
        new Ledger(
            database,
            new Ledger.Rules(
                config.budgets(), ZoneId.of("Europe/Berlin"), (_, _) -> Optional.empty()),
            clock);
    int _ = ledger.recover();
    router =
        new ModelRouter(
            config.llm(),
            new RouterParts(
                database,
                ledger,
                models,
                this::secret,
                new Prompts(folder.resolve("prompts")),
                (_, notice) -> told.add(notice.words())),
            new RouterWorld(
                clock,
                this::pause,
                new Random(7),
                new Journal(new PrintStream(journal, true, StandardCharsets.UTF_8), clock)));
  }

  private synchronized Instant now() {
    return now;
  }

  synchronized void advance(Duration time) {
    now = now.plus(time);
  }

  private void pause(Duration time) {
    pauses.add(time);
    advance(time);
  }

  private Secret secret(SecretRef place) {
    return place instanceof SecretRef.Env(String name) && secrets.containsKey(name)
        ? new Secret(secrets.get(name))
        : place.resolve(Configs.environment());
  }

  /// The agent ends and begins again.
  void restart() {
    close();
    open();
  }

  void restart(String toml) {
    config = Configs.parse(toml);
    restart();
  }

  ChatAnswer ask() throws ModelException, InterruptedException {
    return ask("hello");
  }

  ChatAnswer ask(String question) throws ModelException, InterruptedException {
    return router.ask(purpose(), free(question), ChatListener.NONE);
  }

  static Purpose purpose() {
    return new Purpose("ask", 5L, null, "check/1");
  }

  /// A question that may have many answers, so that none is kept.
  static ChatRequest free(String question) {
    return ChatRequest.of("", question, new ChatRequest.Sampling(50, 0.7));
  }

  static ChatRequest steady(String question) {
    return ChatRequest.of("system", question, ChatRequest.Sampling.steady(50));
  }

  List<String> rows(String sql) {
    return database.read(tx -> tx.query(sql, row -> String.valueOf(row.nullableText(1))));
  }

  @Override
  public void close() {
    router.close();
    database.close();
  }
}
