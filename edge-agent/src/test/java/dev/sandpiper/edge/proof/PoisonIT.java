package dev.sandpiper.edge.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.edge.Needed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The whole agent among hostile documents: it neither hangs, restarts, leaks nor phones home, and
/// the healthy documents beside them are parsed.
class PoisonIT {

  private static final boolean PROOF = Boolean.getBoolean("sandpiper.proof");
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final Duration GRACE = Duration.ofSeconds(1);
  private static final int HEALTHY = 40;
  private static final Path ESCAPED = Path.of("/tmp/sandpiper-escaped");
  private static final List<String> SETTINGS =
      List.of(
          "[limits]",
          "wall = \"" + LIMIT.toSeconds() + "s\"",
          "[burst.local]",
          "workers = 2",
          "[queue]",
          "backoff_base = \"100ms\"");

  private final Map<Task, Long> firstSeen = new HashMap<>();
  private final Set<String> networks = new TreeSet<>();
  private final Set<String> interfaces = new TreeSet<>();
  private Duration longest = Duration.ZERO;

  @TempDir Path temp;

  @Test
  @Timeout(value = 20, unit = TimeUnit.MINUTES)
  void hostileDocumentsHarmNothing() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    Files.deleteIfExists(ESCAPED);
    try (ServerSocket home = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        AgentProcess agent = new AgentProcess(temp.resolve("poisoned"), SETTINGS)) {
      Thread.ofVirtual().start(() -> count(home, calls));
      agent.start();
      agent.awaitReady();
      Boot boot = boot(agent);
      List<HostileFile> hostile = HostileCorpus.files("http://127.0.0.1:" + home.getLocalPort());
      submit(agent, hostile);
      watch(agent);
      report(agent, hostile.size());

      assertThat(hostile).hasSizeGreaterThanOrEqualTo(40);
      assertThat(agent.isAlive()).as("the agent still runs").isTrue();
      assertThat(boot(agent)).as("the agent never started again").isEqualTo(boot);
      // On a machine that does other work too, more than this cannot be told from its load.
      Duration most = PROOF ? LIMIT.plus(GRACE) : LIMIT.multipliedBy(4);
      assertThat(longest).as("longest task").isLessThanOrEqualTo(most);
      assertThat(calls).as("connections to the address in the documents").hasValue(0);
      assertThat(ESCAPED).doesNotExist();
      assertHealthyParsed(agent);
      // Last, because it ends the test where nobody may make a network namespace.
      Needed.command("the right to make network namespaces", "unshare", "-rn", "true");
      assertThat(networks).as("workers' network namespaces").isNotEmpty();
      assertThat(networks).as("the agent's own").doesNotContain(network(ProcessHandle.current()));
      assertThat(interfaces).as("interfaces in them, so nothing can leave").containsOnly("lo");
    }
  }

  private static void submit(AgentProcess agent, List<HostileFile> hostile) throws Exception {
    int healthy = 0;
    for (int i = 0; i < hostile.size(); i++) {
      HostileFile file = hostile.get(i);
      assertThat(agent.submit(file.name(), file.bytes())).as(file.name()).isTrue();
      while (healthy < HEALTHY * (i + 1) / hostile.size()) {
        Papers.Paper paper = Papers.paper(healthy++);
        assertThat(agent.submit("healthy-" + paper.name(), paper.bytes())).isTrue();
      }
    }
  }

  /// Looks at every running job and every worker until nothing is left to do.
  private void watch(AgentProcess agent) throws Exception {
    try (StoreFile store = new StoreFile(agent.database())) {
      while (store.open() > 0) {
        assertThat(agent.isAlive()).as(agent.output()).isTrue();
        long now = System.nanoTime();
        Set<Task> tasks = tasks(agent.workers());
        firstSeen.keySet().retainAll(tasks);
        for (Task task : tasks) {
          Duration age = Duration.ofNanos(now - firstSeen.computeIfAbsent(task, _ -> now));
          longest = age.compareTo(longest) > 0 ? age : longest;
        }
        agent.handle().descendants().forEach(this::inspect);
        TimeUnit.MILLISECONDS.sleep(50);
      }
    }
  }

  /// The documents that workers hold now: a document lies in a worker's `in` folder exactly as long
  /// as its task runs. A claimed job may also wait for a worker, which is no attempt yet.
  private static Set<Task> tasks(Path workers) throws IOException {
    Set<Task> tasks = new HashSet<>();
    if (!Files.isDirectory(workers)) {
      return tasks;
    }
    try (Stream<Path> files =
        Files.find(
            workers,
            4,
            (file, facts) -> facts.isRegularFile() && file.toString().contains("/in/"))) {
      for (Path file : files.toList()) {
        Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        tasks.add(new Task(file, String.valueOf(key)));
      }
    } catch (IOException | UncheckedIOException _) {
      // A worker's folder went while it was looked at; the next look comes soon.
    }
    return tasks;
  }

  /// A document in a worker's folder.
  private record Task(Path file, String key) {}

  /// Notes the network namespace of a worker and the interfaces in it.
  private void inspect(ProcessHandle process) {
    try {
      Path proc = Path.of("/proc", Long.toString(process.pid()));
      if (!Files.readString(proc.resolve("comm")).strip().equals("java")) {
        return;
      }
      String network = network(process);
      List<String> lines = Files.readAllLines(proc.resolve("net/dev"));
      networks.add(network);
      lines.stream()
          .skip(2)
          .map(line -> line.substring(0, line.indexOf(':')).strip())
          .forEach(interfaces::add);
    } catch (IOException _) {
      // The worker ended while it was looked at.
    }
  }

  private void report(AgentProcess agent, int hostile) throws Exception {
    try (StoreFile store = new StoreFile(agent.database())) {
      System.out.printf(
          "poison: %d hostile files: %s; longest task %d ms of %d; worker networks %d, interfaces %s%n",
          hostile,
          store.column(
              """
              SELECT state || coalesce(' ' || code, '') || ' ' || count(*) FROM documents
              WHERE name NOT LIKE 'healthy-%' GROUP BY state, code\
              """),
          longest.toMillis(),
          LIMIT.toMillis(),
          networks.size(),
          interfaces);
    }
  }

  private static void assertHealthyParsed(AgentProcess agent) throws Exception {
    try (StoreFile store = new StoreFile(agent.database())) {
      assertThat(store.column("SELECT state FROM documents WHERE name LIKE 'healthy-%'"))
          .hasSize(HEALTHY)
          .containsOnly("PARSED");
    }
  }

  /// What changes when the agent starts again.
  ///
  /// @param number the starts its store has counted
  private record Boot(long pid, long number) {}

  private static Boot boot(AgentProcess agent) throws Exception {
    try (StoreFile store = new StoreFile(agent.database())) {
      return new Boot(agent.handle().pid(), store.number("SELECT max(number) FROM boots"));
    }
  }

  private static void count(ServerSocket home, AtomicInteger calls) {
    try {
      while (true) {
        home.accept().close();
        calls.incrementAndGet();
      }
    } catch (IOException _) {
      // The test is over.
    }
  }

  private static String network(ProcessHandle process) throws IOException {
    return Files.readSymbolicLink(Path.of("/proc", Long.toString(process.pid()), "ns/net"))
        .toString();
  }
}
