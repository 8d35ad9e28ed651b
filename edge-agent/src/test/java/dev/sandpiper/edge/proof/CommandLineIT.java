package dev.sandpiper.edge.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The built command as a child process: names of all kinds, locales, exit codes, what is piped.
@Timeout(value = 240, unit = TimeUnit.SECONDS)
class CommandLineIT {

  private static final List<String> NAMES =
      List.of("报告 2025.txt", "דוח שנתי.txt", "🐦 bird.txt", "cafe\u0301.txt", "plain.txt");

  @TempDir Path folder;

  private record Result(int code, String out, String err) {}

  private Result run(String locale, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(AgentProcess.distribution().resolve("bin/sandpiper").toString());
    command.addAll(List.of(arguments));
    Result result = shell(locale, "exec \"$@\"", command);
    assertThat(result.out() + result.err()).doesNotContain("\u001b", "Exception", "\tat ");
    return result;
  }

  /// Runs a line of the shell, which can write names that Java cannot.
  private Result shell(String locale, String line, List<String> arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("sh", "-c", line, "sh"));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("LC_"));
    builder.environment().put("LANG", locale);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("SANDPIPER_CACHE", "off");
    builder.environment().put("SANDPIPER_HOME", folder.resolve("home").toString());
    builder.environment().put("SANDPIPER_CONFIG", config().toString());
    Path out = Files.createTempFile(folder, "out", "");
    Path err = Files.createTempFile(folder, "err", "");
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    process.getOutputStream().close();
    return new Result(process.waitFor(), Files.readString(out), Files.readString(err));
  }

  /// The one an agent has written, or an empty one.
  private Path config() throws IOException {
    Path file = Files.createDirectories(folder.resolve("home")).resolve("sandpiper.toml");
    return Files.exists(file) ? file : Files.createFile(file);
  }

  private Path inbox() throws IOException {
    Path inbox = Files.createDirectories(folder.resolve("in"));
    for (String name : NAMES) {
      Files.writeString(inbox.resolve(name), "The words of " + name + " wade.\n");
    }
    return inbox;
  }

  @ParameterizedTest
  @ValueSource(strings = {"C", "C.UTF-8"})
  void namesOfAllKindsTravelThroughEveryCommand(String locale) throws Exception {
    Path inbox = inbox();
    // Ends in bytes that are no UTF-8; a shell makes it, because Java cannot.
    shell(
        locale,
        "printf 'lost in bytes' > \"$1/$(printf 'bad\\377\\376.txt')\"",
        List.of(inbox.toString()));
    List<String> parse = new ArrayList<>(List.of("parse", "-o", folder + "/parsed/"));
    NAMES.forEach(name -> parse.add(inbox.resolve(name).toString()));
    assertThat(run(locale, parse.toArray(String[]::new)).code()).isZero();
    for (String name : NAMES) {
      assertThat(folder.resolve("parsed").resolve(name + ".md")).content().contains("wade");
    }
    try (AgentProcess agent = new AgentProcess(folder.resolve("home"), List.of())) {
      agent.start();
      agent.awaitReady();
      Result submitted = run(locale, "submit", inbox.toString());
      assertThat(submitted.code()).as(submitted.err()).isZero();
      assertThat(submitted.out()).isEqualTo("6 parsed\n");
      assertThat(run(locale, "docs").out()).contains(NAMES);
      for (String name : NAMES) {
        assertThat(run(locale, "show", name).out()).contains("wade");
      }
      assertThat(run(locale, "find", "lost", "bytes").code()).isZero();
      everythingListedIsJson(locale);
    }
    assertThat(run(locale, "export", folder + "/exported").out())
        .startsWith("6 documents written to ");
    try (var files = Files.list(folder.resolve("exported"))) {
      assertThat(files.map(file -> file.getFileName().toString()).toList())
          .hasSize(6)
          .anyMatch(name -> name.startsWith("报告 2025.txt."))
          .allMatch(name -> name.endsWith(".md"));
    }
  }

  private void everythingListedIsJson(String locale) throws Exception {
    for (List<String> command :
        List.of(
            List.of("docs", "--json"),
            List.of("jobs", "--json"),
            List.of("jobs", "show", "1", "--json"),
            List.of("find", "wade", "--json"),
            List.of("show", "plain.txt", "--json"),
            List.of("show", "plain.txt", "--format", "info", "--json"),
            List.of("config", "show", "--json"),
            List.of("config", "check", "--json"),
            List.of("submit", "--json", folder.resolve("in/plain.txt").toString()),
            List.of("doctor", "--json"))) {
      Result result = run(locale, command.toArray(String[]::new));
      try (JsonParser json = new JsonFactory().createParser(result.out())) {
        assertThat(json.nextToken()).as("%s", command).isNotNull();
        while (json.nextToken() != null) {
          // throws where it is not JSON
        }
      }
    }
  }

  @Test
  void aWatchedFolderTakesNamesOfAllKinds() throws Exception {
    Path inbox = inbox();
    shell("C", "printf 'lost' > \"$1/$(printf 'bad\\377.txt')\"", List.of(inbox.toString()));
    List<String> settings =
        List.of("[intake]", "folders = [\"" + inbox + "\"]", "stable = \"100ms\"");
    try (AgentProcess agent = new AgentProcess(folder.resolve("home"), settings)) {
      agent.start();
      agent.awaitReady();
      Path done = inbox.resolve("done");
      while (!Files.isDirectory(done) || count(done) < NAMES.size() + 1) {
        TimeUnit.MILLISECONDS.sleep(50);
      }
      for (String name : NAMES) {
        assertThat(done.resolve(name)).exists();
      }
    }
  }

  private static long count(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.filter(file -> !file.toString().endsWith(".part")).count();
    }
  }

  @Test
  void exitCodesAreThoseOfTheManual() throws Exception {
    Path good = Files.writeString(folder.resolve("good.txt"), "good");
    Path empty = Files.createFile(folder.resolve("empty.txt"));
    assertThat(run("C", "parse", good.toString()).code()).isZero();
    assertThat(run("C", "parse", good.toString(), empty.toString()).code()).isEqualTo(1);
    assertThat(run("C", "prase", good.toString()).code()).isEqualTo(2);
    assertThat(run("C", "docs").code()).isEqualTo(4);
    Files.writeString(config(), "[http]\nprot = 1\n");
    assertThat(run("C", "docs").code()).isEqualTo(5);
  }

  @Test
  void anAgentThatIsGoneIsExitCodeThreeAndSaysWhatIsSafe() throws Exception {
    try (java.net.ServerSocket mute =
        new java.net.ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
      config();
      Files.writeString(
          folder.resolve("home/agent.json"),
          "{\"pid\":%d,\"port\":%d}".formatted(ProcessHandle.current().pid(), mute.getLocalPort()));
      Files.writeString(folder.resolve("home/http.token"), "0123456789abcdef0123456789abcdef\n");
      Thread.ofVirtual()
          .start(() -> {
            try {
              while (true) {
                mute.accept().close();
              }
            } catch (IOException _) {
              // the test has ended
            }
          });
      Path good = Files.writeString(folder.resolve("good.txt"), "good");
      Result result = run("C", "submit", good.toString());
      assertThat(result.code()).isEqualTo(3);
      assertThat(result.err())
          .contains("the agent does not answer at http://127.0.0.1:")
          .contains("What it had accepted is safe on its disk: 'sandpiper docs' lists it")
          .contains("Then submit again");
    }
  }

  @Test
  void aHomeThatIsAFileSaysSo() throws Exception {
    Files.createDirectories(folder.resolve("home"));
    Path file = Files.writeString(folder.resolve("file"), "no folder", StandardCharsets.UTF_8);
    Result result = run("C", "submit", "--home", file.resolve("below").toString(), file.toString());
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains("The agent's home " + file + "/below cannot be used: ");
  }
}
