package dev.sandpiper.edge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.edge.config.AgentConfig;
import dev.sandpiper.edge.config.ConfigFile;
import dev.sandpiper.edge.config.Environment;
import dev.sandpiper.edge.config.Secret;
import dev.sandpiper.edge.config.TokenFile;
import dev.sandpiper.edge.health.CheckResult;
import dev.sandpiper.edge.http.AgentFile;
import dev.sandpiper.edge.http.ApiParts;
import dev.sandpiper.edge.http.HttpApi;
import dev.sandpiper.edge.http.HttpServer;
import dev.sandpiper.edge.intake.Rig;
import dev.sandpiper.edge.journal.Journal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
class CommandLineToolTest {

  private static final Journal JOURNAL = new Journal(System.err, InstantSource.system());

  @TempDir Path folder;
  private Path home;
  private Environment environment;
  private final TestWorkshop workshop = new TestWorkshop();
  private String out = "";
  private String err = "";

  @BeforeEach
  void setUp() {
    home = folder.resolve("home");
    environment =
        new Environment(
            Map.of(
                "SANDPIPER_HOME",
                home.toString(),
                "XDG_CONFIG_HOME",
                folder.resolve("xdg").toString()),
            folder);
  }

  private int run(String... arguments) {
    return runWith("", arguments);
  }

  private int runWith(String input, String... arguments) {
    ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
    ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
    int code;
    try (PrintStream outStream = new PrintStream(outBytes, true, StandardCharsets.UTF_8);
        PrintStream errStream = new PrintStream(errBytes, true, StandardCharsets.UTF_8)) {
      Console console =
          new Console(
              new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
              outStream,
              errStream,
              false,
              false,
              80);
      code = new CommandLineTool(workshop, environment, console).run(arguments);
    }
    out = outBytes.toString(StandardCharsets.UTF_8);
    err = errBytes.toString(StandardCharsets.UTF_8);
    return code;
  }

  private String file(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text).toString();
  }

  @Test
  void parsePrintsMarkdownInTheGivenOrder() throws IOException {
    assertThat(run("parse", file("报告 🐦.txt", "one "), file("דוח.txt", "two"))).isZero();
    assertThat(out).isEqualTo("ONE TWO");
    assertThat(runWith("from stdin", "parse", "-")).isZero();
    assertThat(out).isEqualTo("FROM STDIN");
    assertThat(run("parse", "--format", "json", file("a.txt", "one"))).isZero();
    assertThat(out).startsWith("{").contains("\"markdown\":[\"ONE\"]");
  }

  @Test
  void aSlashAtTheEndMeansAFolderThoughThereIsOneDocument() throws Exception {
    assertThat(run("parse", file("one.txt", "one"), "-o", folder + "/new/")).isZero();
    assertThat(folder.resolve("new/one.txt.md")).content().isEqualTo("ONE");
  }

  @Test
  void resultsNeverOverwriteEachOtherOrADocument() throws IOException {
    String md = file("a/x.md", "one");
    assertThat(run("parse", md, file("b/x.md", "two"), "-o", folder + "/out")).isZero();
    assertThat(folder.resolve("out/x.md")).hasContent("ONE");
    assertThat(folder.resolve("out/x-2.md")).hasContent("TWO");
    assertThat(run("parse", md, "-o", md)).isEqualTo(2);
    assertThat(err)
        .isEqualTo(
            "sandpiper: "
                + md
                + " is a document itself and was not overwritten; name another output\n");
    assertThat(Path.of(md)).hasContent("one");
    String longest = "报".repeat(84) + ".p";
    assertThat(run("parse", file(longest, "x"), md, "-o", folder + "/out")).isZero();
  }

  @Test
  void aWrongWordIsAnsweredWithWhatIsMeant() throws IOException {
    assertThat(run("parse", folder.toString())).isEqualTo(1);
    assertThat(err).contains("is a folder; 'sandpiper submit' takes folders, 'parse' takes files");
    assertThat(run("submit", file("report.txt", "alpha"))).isZero();
    assertThat(run("show", "3")).isEqualTo(4);
    assertThat(err).contains("six or more characters of its id", "sandpiper jobs show 3");
    assertThat(run("show", "reprot.txt")).isEqualTo(4);
    assertThat(err).contains("did you mean report.txt?");
    assertThat(run("jobs", "show", "abc")).isEqualTo(2);
    assertThat(err).contains("'abc' is not the number of a job; 'sandpiper jobs' lists them");
    assertThat(run("find", "type:foo")).isEqualTo(4);
    assertThat(err).contains("No document has the type foo. Types: csv, doc, docx,");
    assertThat(run("show", "report.txt", "--format", "info")).isZero();
    assertThat(out).startsWith("report.txt\n  id          ").contains("\n  state       pending\n");
  }

  @Test
  void aRefusedDocumentsJobSaysSo() throws Exception {
    assertThat(run("submit", file("bad.pdf", "x"))).isZero();
    assertThat(run("jobs", "show", "1")).isZero();
    assertThat(out).contains("Job 1: bad.pdf", "sandpiper jobs cancel 1");
    try (Rig rig = new Rig(home, 1_000)) {
      rig.rejectNext("encrypted", "it needs a password");
    }
    assertThat(run("jobs")).isZero();
    assertThat(out).contains("done   refused  1      bad.pdf  (it needs a password)");
    assertThat(run("jobs", "show", "1")).isZero();
    assertThat(out).contains("refused", "it needs a password", "encrypted", "submit it again");
    assertThat(run("jobs", "show", "1", "--json")).isZero();
    assertThat(out).contains("\"outcome\":\"refused\",\"code\":\"encrypted\"");
    assertThat(run("docs")).isZero();
    assertThat(out).contains("failed  –      bad.pdf");
  }

  @Test
  void parseGoesOnAfterAFailure() throws IOException {
    String bad = file("bad.txt", "bad");
    assertThat(run("parse", bad, file("good.txt", "good"), folder + "/none", "-o", folder + "/o"))
        .isEqualTo(1);
    assertThat(err)
        .contains("failed  " + bad + ": needs a password")
        .contains("/none: does not exist; check the name");
    assertThat(folder.resolve("o/good.txt.md")).hasContent("GOOD");
  }

  @Test
  void withoutAnAgentFilesAreStoredAndFound() throws Exception {
    file("in/a.txt", "alpha");
    file("in/sub/b.md", "beta");
    file("in/.hidden/c.txt", "gamma");
    file("in/.d.txt", "delta");
    assertThat(run("docs")).isEqualTo(4);
    assertThat(err).contains("nothing has been submitted yet");
    assertThat(run("submit", folder + "/in", "--tag", "tax")).isZero();
    assertThat(out).isEqualTo("0 parsed, 2 stored; 'sandpiper run' parses them\n");
    assertThat(run("jobs")).isZero();
    assertThat(out).startsWith("JOB  STATE  OUTCOME  TRIES  DOCUMENT\n").contains("ready", "b.md");
    String job = jobOf("a.txt");
    assertThat(run("jobs", "cancel", job)).isZero();
    assertThat(run("jobs", "cancel", job)).isEqualTo(1);
    assertThat(run("jobs", "show", "99")).isEqualTo(4);
    try (Rig rig = new Rig(home, 1_000)) {
      rig.parseNext("# Beta\n\nA *small* wader");
    }
    assertThat(run("find", "wader")).isZero();
    assertThat(out).contains("A small wader");
    assertThat(run("find", "albatross")).isEqualTo(4);
    assertThat(run("find", "wader", "-albatross")).isZero();
    assertThat(run("find", "wader -wader")).isEqualTo(4);
    assertThat(run("find", "--json", "wader")).isZero();
    assertThat(out).contains("\"snippet\":\"").contains("<mark>wader</mark>");
    assertThat(run("docs", "--state", "parsed", "--json")).isZero();
    assertThat(out).startsWith("[{\"id\":");
    assertThat(run("show", "b.md")).isZero();
    assertThat(out).isEqualTo("# Beta\n\nA *small* wader");
    assertThat(run("show", "b.md", "--format", "source")).isZero();
    assertThat(out).isEqualTo("beta");
    assertThat(run("show", "a.txt")).isEqualTo(1);
    assertThat(run("show", "nothing")).isEqualTo(4);
    assertThat(err)
        .isEqualTo("sandpiper: no document \"nothing\"; 'sandpiper docs' lists what there is\n");
    assertThat(run("export", folder + "/out")).isZero();
    try (var files = Files.list(folder.resolve("out"))) {
      assertThat(files)
          .singleElement()
          .asString()
          .contains("/b.")
          .doesNotContain(".md.")
          .endsWith(".md");
    }
    assertThat(run("delete", "b.md")).isEqualTo(2);
    assertThat(run("delete", "b.md", "--yes")).isZero();
    assertThat(run("show", "b.md")).isEqualTo(4);
    assertThat(run("jobs")).isZero();
    assertThat(out).contains("(deleted)");
  }

  /// The number of a document's job in the table just printed: several files are sent at once, so
  /// their order is not theirs to choose.
  private String jobOf(String name) {
    return out.lines()
        .filter(line -> line.contains(name))
        .findFirst()
        .map(line -> line.substring(0, line.indexOf(" ")))
        .orElseThrow();
  }

  @Test
  void withAnAgentChangesGoThroughIt() throws Exception {
    Files.createDirectories(home);
    AgentConfig config = ConfigFile.parse("http.port = 0", java.util.Optional.empty(), environment);
    Secret token = TokenFile.obtain(config, environment, new SecureRandom());
    try (Rig rig = new Rig(home, 1_000);
        HttpServer server =
            new HttpServer(
                config.http(),
                token,
                new HttpApi(
                    new ApiParts(
                        rig.database,
                        rig.blobs,
                        rig.library,
                        rig.queue,
                        rig.intake,
                        java.util.Optional.empty(),
                        () -> List.<CheckResult>of())),
                new HttpServer.Surroundings(rig.events, InstantSource.system(), JOURNAL))) {
      new AgentFile(ProcessHandle.current().pid(), server.start()).write(home);
      assertThat(run("submit", file("报告 🐦.txt", "one"), file("two.txt", "two"), "--no-wait"))
          .isZero();
      assertThat(out).isEqualTo("0 parsed, 2 still in work (sandpiper jobs)\n");
      assertThat(rig.library.find("报告 🐦.txt")).isPresent();
      assertThat(run("submit", "--no-wait", file("big.txt", "x".repeat(1_001)))).isEqualTo(1);
      assertThat(err).contains("big.txt: the document is over limits.document");
      assertThat(run("jobs")).isZero();
      String job = jobOf("two.txt");
      assertThat(run("jobs", "cancel", job)).isZero();
      assertThat(run("jobs", "cancel", job)).isEqualTo(1);
      assertThat(err).isEqualTo("sandpiper: Job " + job + " is cancelled: it has ended already.\n");
      rig.parseNext("first");
      assertThat(run("show", "报告 🐦.txt")).isZero();
      assertThat(run("delete", "报告 🐦.txt", "-y")).isZero();
      assertThat(rig.library.find("报告 🐦.txt")).isEmpty();
    }
    AgentFile.remove(home);
    assertThat(AgentFile.find(home)).isEmpty();
  }

  @Test
  void misuseNamesTheNearestWord() {
    assertThat(run("prase", "x")).isEqualTo(2);
    assertThat(err).contains("did you mean parse?").contains("Help: sandpiper --help");
    assertThat(run("find", "--jsn", "x")).isEqualTo(2);
    assertThat(err).contains("did you mean --json?");
    assertThat(run("jobs", "frob")).isEqualTo(2);
    assertThat(err).contains("[list, show, retry, cancel] but was 'frob'");
    assertThat(run()).isEqualTo(2);
    assertThat(run("--version")).isZero();
    assertThat(out).startsWith("sandpiper ");
    assertThat(run("jobs", "retry")).isEqualTo(2);
    assertThat(err).contains("name the job, as in 'sandpiper jobs retry 12'");
  }

  @Test
  void helpHasExamplesAndExitCodes() {
    assertThat(run("--help")).isZero();
    assertThat(out).contains("sandpiper parse report.pdf", "Exit codes: 0 done");
    for (String command :
        new String[] {
          "run",
          "parse",
          "submit",
          "jobs",
          "find",
          "docs",
          "show",
          "delete",
          "export",
          "config",
          "doctor",
          "completion",
          "version"
        }) {
      assertThat(run(command, "--help")).as(command).isZero();
      assertThat(out).contains("Usage: sandpiper " + command);
    }
  }

  @Test
  void configIsBegunCheckedAndShown() throws IOException {
    assertThat(run("config", "init")).isZero();
    assertThat(folder.resolve("xdg/sandpiper/sandpiper.toml")).exists();
    assertThat(run("config", "init")).isEqualTo(1);
    assertThat(run("config", "check")).isZero();
    assertThat(out).endsWith("sandpiper.toml is valid\n");
    assertThat(run("config", "show")).isZero();
    assertThat(out).contains("http.port = 7437  # default");
    String broken = file("broken.toml", "http.prot = 1\nqueue.depth = 0");
    assertThat(run("config", "check", "--config", broken)).isEqualTo(5);
    assertThat(err)
        .contains(
            "2 problems", "line 1: http.prot: unknown key; did you mean http.port?", "line 2");
  }

  @Test
  void configBeginsWhereTheVariableSaysItWillBeRead() {
    Path file = folder.resolve("mine.toml");
    environment =
        new Environment(
            Map.of("SANDPIPER_HOME", home.toString(), "SANDPIPER_CONFIG", file.toString()), folder);
    assertThat(run("config", "init")).isZero();
    assertThat(file).exists();
    assertThat(run("config", "check")).isZero();
  }

  @Test
  void runStartsTheAgentWithAndWithoutOptions() {
    assertThat(run("run")).isZero();
    assertThat(run("run", "--home", folder + "/other")).isZero();
    assertThat(workshop.started).containsExactly(home, folder.resolve("other"));
  }

  @Test
  void doctorAndCompletionPrint() {
    assertThat(run("doctor")).isZero();
    assertThat(out).contains("warn  sandbox: none\n      → install bubblewrap");
    assertThat(run("completion")).isZero();
    assertThat(out).contains("complete ");
  }

  @Test
  void wideCharactersAreCounted() {
    assertThat(DisplayWidth.of("报告")).isEqualTo(4);
    assertThat(DisplayWidth.of("🐦e\u0301")).isEqualTo(3);
    assertThat(DisplayWidth.cut("报告报告", 5)).isEqualTo("报告…");
    assertThat(DisplayWidth.pad("דוח", 5)).isEqualTo("דוח  ");
    assertThat(Console.plain("a\u001b[31mb\u0007")).isEqualTo("a [31mb ");
  }
}
