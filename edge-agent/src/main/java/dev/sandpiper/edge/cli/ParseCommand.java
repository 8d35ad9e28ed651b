package dev.sandpiper.edge.cli;

import dev.sandpiper.contract.ParseReply;
import dev.sandpiper.contract.SplitPolicy;
import dev.sandpiper.edge.burst.BurstAnswer;
import dev.sandpiper.edge.burst.BurstBackend;
import dev.sandpiper.edge.burst.BurstTask;
import dev.sandpiper.edge.config.AgentConfig;
import dev.sandpiper.edge.health.DiskFailure;
import dev.sandpiper.edge.intake.DocumentName;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `sandpiper parse`.
@Command(
    name = "parse",
    description = "Parse documents here and now, without an agent.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  sandpiper parse report.pdf",
      "  sandpiper parse -o out --format json *.docx",
      "  curl -s https://example.org/a.pdf | sandpiper parse -",
      "",
      "Exit code 1 when any document failed; the others are still written."
    })
final class ParseCommand implements Callable<Integer> {

  private static final String STDIN = "-";

  private final Session session;

  @Mixin final CommonOptions common = new CommonOptions();

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "Documents; - is standard input.")
  private List<String> files = List.of();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "PATH",
      description =
          "File for one document; folder for several, or when it ends in '/'. Default: standard output.")
  private @Nullable String outputOption;

  private @Nullable Path output;

  private final Set<Path> written = new HashSet<>();

  @Option(names = "--format", defaultValue = "md", description = "md or json (everything).")
  private ResultFile.Format format = ResultFile.Format.MD;

  ParseCommand(Session session) {
    this.session = session;
  }

  /// A document and its answer, or why there is none.
  private record Outcome(String name, @Nullable BurstAnswer answer, String failure) {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    AgentConfig config = session.config(common);
    // A path forgets its last slash, which is how a person says that a folder is meant.
    output = outputOption == null ? null : Path.of(outputOption);
    boolean toFolder =
        output != null
            && (files.size() > 1
                || Files.isDirectory(output)
                || String.valueOf(outputOption).endsWith("/"));
    if (toFolder && output != null) {
      Files.createDirectories(output);
    }
    int failed = 0;
    try (BurstBackend backend = session.workshop().openBackend(config);
        ExecutorService threads =
            Executors.newFixedThreadPool(
                Math.max(1, backend.slots()), Thread.ofVirtual().factory())) {
      List<Future<Outcome>> running = new ArrayList<>();
      for (String file : files) {
        running.add(threads.submit(() -> parse(backend, config, file)));
      }
      for (Future<Outcome> future : running) {
        failed += write(future.get(), toFolder) ? 0 : 1;
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("a document's thread ended early", e.getCause());
    }
    return failed == 0 ? 0 : CliException.SOME_FAILED;
  }

  private Outcome parse(BurstBackend backend, AgentConfig config, String given)
      throws InterruptedException {
    String name = given.equals(STDIN) ? "standard input" : given;
    @Nullable Path copy = null;
    try {
      if (given.equals(STDIN)) {
        copy = Files.createTempFile("sandpiper-", ".in");
        Files.copy(session.console().in(), copy, StandardCopyOption.REPLACE_EXISTING);
      }
      Path file = copy == null ? Path.of(given) : copy;
      if (!Files.isRegularFile(file)) {
        return new Outcome(name, null, unusable(file));
      }
      long size = Files.size(file);
      if (size > config.limits().maxBytes()) {
        return new Outcome(name, null, "is larger than limits.document; raise it to parse it");
      }
      BurstTask.DocumentFile document =
          new BurstTask.DocumentFile(
              DocumentName.of(given), sha256(file), size, null, file.toAbsolutePath());
      SplitPolicy split = session.workshop().splitPolicy(backend.slots());
      BurstAnswer answer = new SplitParse(backend, config.limits(), split).run(document);
      return new Outcome(name, answer, "");
    } catch (IOException e) {
      return new Outcome(name, null, "cannot be read: " + DiskFailure.words(e));
    } finally {
      deleteQuietly(copy);
    }
  }

  private static String unusable(Path file) {
    if (Files.isDirectory(file)) {
      return "is a folder; 'sandpiper submit' takes folders, 'parse' takes files";
    }
    if (Files.exists(file)) {
      return "is not a file";
    }
    return file.toString().indexOf('\ufffd') >= 0
        ? "cannot be named here: its name is not UTF-8; rename it, or submit its folder"
        : "does not exist; check the name";
  }

  private static void deleteQuietly(@Nullable Path copy) {
    if (copy != null) {
      try {
        Files.deleteIfExists(copy);
      } catch (IOException _) {
        copy.toFile().deleteOnExit();
      }
    }
  }

  private static String sha256(Path file) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
        in.transferTo(OutputStream.nullOutputStream());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /// Writes one result; false when there is none.
  private boolean write(Outcome outcome, boolean toFolder) throws IOException {
    Console console = session.console();
    String name = Console.plain(outcome.name());
    if (outcome.answer() == null) {
      console.err().println(console.red("failed") + "  " + name + ": " + outcome.failure());
      return false;
    }
    Path stored = outcome.answer().result();
    return switch (outcome.answer().reply()) {
      case ParseReply.Parsed parsed when stored != null -> {
        parsed
            .warnings()
            .forEach(warning ->
                console
                    .err()
                    .println(console.yellow("note") + "    " + name + ": " + warning.message()));
        save(stored, outcome.name(), toFolder);
        Files.deleteIfExists(stored);
        yield true;
      }
      case ParseReply.Rejected rejected -> refused(name, rejected.message());
      case ParseReply.Failed failed -> refused(name, failed.message());
      case ParseReply.Parsed _, ParseReply.Split _ ->
          refused(name, "the worker gave no result; run 'sandpiper doctor'");
    };
  }

  private boolean refused(String name, String message) {
    Console console = session.console();
    console.err().println(console.red("failed") + "  " + name + ": " + Console.plain(message));
    return false;
  }

  private void save(Path stored, String name, boolean toFolder) throws IOException {
    if (output == null) {
      ResultFile.write(stored, format, session.console().out());
      session.console().out().flush();
      return;
    }
    Path target = toFolder ? free(output, name) : output;
    if (isSource(target)) {
      throw new CliException(
          CliException.USAGE,
          Console.plain(target.toString())
              + " is a document itself and was not overwritten; name another output");
    }
    try (OutputStream out = Files.newOutputStream(target)) {
      ResultFile.write(stored, format, out);
    }
  }

  /// A file that no other document of this command was written to.
  private Path free(Path folder, String name) {
    Path target = ResultFile.in(folder, name, "", format);
    for (int number = 2; !written.add(target); number++) {
      target = ResultFile.in(folder, name, "-" + number, format);
    }
    return target;
  }

  private boolean isSource(Path target) throws IOException {
    for (String file : files) {
      Path source = Path.of(file);
      if (!file.equals(STDIN)
          && Files.exists(target)
          && Files.exists(source)
          && Files.isSameFile(source, target)) {
        return true;
      }
    }
    return false;
  }
}
