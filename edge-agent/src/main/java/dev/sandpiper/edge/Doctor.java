package dev.sandpiper.edge;

import dev.sandpiper.edge.burst.BurstBackend;
import dev.sandpiper.edge.config.AgentConfig;
import dev.sandpiper.edge.health.CheckResult;
import dev.sandpiper.edge.health.DiskFailure;
import dev.sandpiper.edge.http.AgentFile;
import dev.sandpiper.edge.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// Looks the installation over from outside, with or without a running agent.
final class Doctor {

  private static final int NEEDED_JAVA = 25;
  private static final Set<PosixFilePermission> OTHERS =
      Set.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  private final AgentConfig config;
  private final EdgeWorkshop workshop;

  Doctor(AgentConfig config, EdgeWorkshop workshop) {
    this.config = config;
    this.workshop = workshop;
  }

  List<CheckResult> checks() {
    List<CheckResult> checks = new ArrayList<>();
    checks.add(java());
    checks.add(configuration());
    checks.add(home());
    checks.add(agent());
    checks.add(disk());
    checks.add(library());
    checks.add(token());
    checks.addAll(folders());
    checks.add(workers());
    if (config.burstAws().on()) {
      checks.addAll(workshop.identityCheck(config));
      checks.addAll(workshop.cloudCheck(config));
    }
    return checks;
  }

  private static CheckResult java() {
    int version = Runtime.version().feature();
    return version < NEEDED_JAVA
        ? CheckResult.fail("java", "Java " + version, "Install Java 25 or newer.")
        : CheckResult.ok("java", "Java " + Runtime.version());
  }

  private CheckResult configuration() {
    return CheckResult.ok(
        "configuration",
        config.file().map(Path::toString).orElse("no file: every key has its default"));
  }

  private CheckResult home() {
    Path home = config.home();
    if (!Files.exists(home)) {
      return CheckResult.warn(
          "home", home + " does not exist yet", "Start the agent: sandpiper run");
    }
    if (!Files.isDirectory(home)) {
      return CheckResult.fail("home", home + " is not a folder", "Set agent.home to a folder.");
    }
    if (!Files.isReadable(home) || !Files.isExecutable(home)) {
      return CheckResult.fail(
          "home", home + " cannot be read by this user", "Run it as the user that runs the agent.");
    }
    if (!Files.isWritable(home)) {
      return CheckResult.fail(
          "home", home + " is not writable", "Give it to the user that runs the agent.");
    }
    return readableByOthers(home)
        ? CheckResult.warn("home", home + " can be read by other users", "chmod 700 " + home)
        : CheckResult.ok("home", home.toString());
  }

  private CheckResult agent() {
    return AgentFile.find(config.home())
        .map(agent ->
            CheckResult.ok("agent", "running, pid " + agent.pid() + ", port " + agent.port()))
        .orElseGet(() -> CheckResult.warn("agent", "not running", "Start it: sandpiper run"));
  }

  private CheckResult disk() {
    Path existing = config.home();
    while (existing.getParent() != null && !Files.exists(existing)) {
      existing = existing.getParent();
    }
    try {
      long free = Files.getFileStore(existing).getUsableSpace() >> 20;
      long reserve = config.store().diskReserve() >> 20;
      String detail = "%,d MB free, %,d MB in reserve".formatted(free, reserve);
      return free < reserve
          ? CheckResult.fail("disk", detail, "Free some space; documents are refused until then.")
          : CheckResult.ok("disk", detail);
    } catch (IOException e) {
      return CheckResult.fail(
          "disk", DiskFailure.words(e), "Check the disk that holds " + existing + ".");
    }
  }

  private CheckResult library() {
    if (!new Wiring(config).hasState()) {
      return CheckResult.ok("library", "empty");
    }
    try (var room = workshop.openReader(config)) {
      String counts =
          room.jobs().counts().entrySet().stream()
              .filter(entry -> entry.getValue() > 0)
              .map(entry -> entry.getValue() + " " + entry.getKey().name().toLowerCase(Locale.ROOT))
              .collect(Collectors.joining(", "));
      return CheckResult.ok("library", "jobs: " + (counts.isEmpty() ? "none" : counts));
    } catch (StoreException e) {
      return CheckResult.fail("library", String.valueOf(e.getMessage()), "See the message.");
    }
  }

  private CheckResult token() {
    Path file = config.home().resolve("http.token");
    if (config.http().token().isPresent()) {
      return CheckResult.ok("http token", "configured outside the file");
    }
    if (!Files.exists(file)) {
      return CheckResult.ok("http token", "made at the first start");
    }
    return readableByOthers(file)
        ? CheckResult.fail("http token", file + " can be read by other users", "chmod 600 " + file)
        : CheckResult.ok("http token", file + ", readable by its owner only");
  }

  private List<CheckResult> folders() {
    return config.intake().folders().stream()
        .map(folder ->
            !Files.exists(folder) || Files.isWritable(folder)
                ? CheckResult.ok("folder", folder.toString())
                : CheckResult.fail(
                    "folder",
                    folder + " is not writable",
                    "Files are moved to done/ in it: make it writable for the agent."))
        .toList();
  }

  private CheckResult workers() {
    try (BurstBackend backend = workshop.openBackend(config)) {
      return backend.check();
    } catch (RuntimeException e) {
      return CheckResult.fail("workers", String.valueOf(e.getMessage()), "Install Sandpiper anew.");
    }
  }

  private static boolean readableByOthers(Path path) {
    try {
      return Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS).stream()
          .anyMatch(OTHERS::contains);
    } catch (IOException | UnsupportedOperationException _) {
      return false;
    }
  }
}
