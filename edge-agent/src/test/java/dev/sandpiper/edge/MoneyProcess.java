package dev.sandpiper.edge;

import dev.sandpiper.edge.config.AgentConfig;
import dev.sandpiper.edge.config.ConfigFile;
import dev.sandpiper.edge.config.Environment;
import dev.sandpiper.edge.journal.Journal;
import dev.sandpiper.edge.ledger.Ledger;
import dev.sandpiper.edge.llm.ChatAnswer;
import dev.sandpiper.edge.llm.ChatListener;
import dev.sandpiper.edge.llm.ChatRequest;
import dev.sandpiper.edge.llm.ModelException;
import dev.sandpiper.edge.llm.Purpose;
import dev.sandpiper.edge.llm.route.ModelRouter;
import dev.sandpiper.edge.llm.route.Notices;
import dev.sandpiper.edge.net.Loop;
import dev.sandpiper.edge.net.NettyCaller;
import dev.sandpiper.edge.store.Database;
import dev.sandpiper.edge.store.DatabaseOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/// A process to kill: asks models, each question under a workflow of its own, until it dies.
final class MoneyProcess {

  static final List<String> MODELS = List.of("gpt", "claude", "gemini", "llama");
  private static final int LANES = 8;
  private static final String PADDING = " and so on, for a while,".repeat(8);

  private MoneyProcess() {}

  /// Arguments: folder with agent.toml, number of this life.
  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    Environment environment = new Environment(Map.of("KEY", "key-number-one"), folder);
    AgentConfig config =
        ConfigFile.parse(
            Files.readString(folder.resolve("agent.toml")), Optional.empty(), environment);
    InstantSource clock = InstantSource.system();
    Database database = Database.open(folder.resolve("edge.db"), DatabaseOptions.defaults());
    Ledger ledger =
        new Ledger(
            database,
            new Ledger.Rules(config.budgets(), ZoneOffset.UTC, (_, _) -> Optional.empty()),
            clock);
    int _ = ledger.recover();
    Loop loop = new Loop();
    NettyCaller caller = new NettyCaller(loop, "Sandpiper/test");
    ModelRouter router =
        new ModelWiring(config, environment, () -> caller, clock)
            .findRouter(
                database, ledger, Notices.NONE, new Random(1), new Journal(System.err, clock))
            .orElseThrow();
    System.out.println("ready");
    for (int lane = 0; lane < LANES; lane++) {
      String name = args[1] + "-" + lane;
      String model = MODELS.get(lane % MODELS.size());
      Thread.ofPlatform().start(() -> ask(router, name, model));
    }
  }

  private static void ask(ModelRouter router, String name, String model) {
    for (int i = 0; ; i++) {
      String workflow = name + "-" + i;
      try {
        ChatAnswer _ =
            router.ask(
                new Purpose(workflow, 7L, model, "check/1"),
                ChatRequest.of("Be short.", workflow + PADDING, new ChatRequest.Sampling(200, 0.7)),
                // Half of them are listened to word by word.
                i % 2 == 0 ? ChatListener.NONE : _ -> {});
      } catch (ModelException _) {
        // The fake fails some: the next question comes all the same.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
