package dev.sandpiper.edge.cli;

import dev.sandpiper.edge.config.AgentConfig;
import dev.sandpiper.edge.health.DiskFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `sandpiper cloud rebuild`.
@Command(
    name = "rebuild",
    description = "Take back the documents that a lost home left in the cloud.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  sandpiper cloud rebuild --dry-run     list what waits there",
      "  sandpiper cloud rebuild",
      "",
      "Each document is fetched, compared with its hash and submitted under the name it",
      "had; it is removed from the cloud once it is on the agent's disk and, when an",
      "agent runs, parsed. Running it again is harmless."
    })
final class CloudRebuildCommand implements Callable<Integer> {

  private static final String TAG = "rebuilt";

  /// So many failures in a row are the cloud's, not the documents'.
  private static final int GIVE_UP = 5;

  private static final long FIRST_POLL_MILLIS = 25;
  private static final long LAST_POLL_MILLIS = 500;

  private final Session session;

  @Mixin final CommonOptions common = new CommonOptions();

  @Mixin private final JsonOption json = new JsonOption();

  @Option(names = "--dry-run", description = "Only list the documents.")
  private boolean dryRun;

  CloudRebuildCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    AgentConfig config = session.config(common);
    try (Workshop.CloudDesk cloud = session.workshop().openCloud(config)) {
      List<Workshop.CloudDocument> waiting = cloud.list();
      if (dryRun) {
        list(waiting);
        return 0;
      }
      if (waiting.isEmpty()) {
        return report(new Tally());
      }
      Optional<AgentClient> agent = session.findAgent(config, common);
      if (agent.isPresent()) {
        return rebuild(cloud, waiting, new AgentDoor(agent.get()));
      }
      try (Workshop.Desk desk = session.workshop().openStore(config)) {
        return rebuild(cloud, waiting, new StoreDoor(desk));
      }
    }
  }

  /// What became of the documents.
  private static final class Tally {
    private final List<Workshop.CloudDocument> accepted = new ArrayList<>();
    private int fresh;
    private int known;
    private int failed;
    private int dropped;
    private int left;

    /// Taken in without an agent that would parse it.
    private boolean asleep;
  }

  private void list(List<Workshop.CloudDocument> waiting) {
    if (json.wanted()) {
      session.printJson(out -> {
        out.writeStartArray();
        for (Workshop.CloudDocument document : waiting) {
          out.writeStartObject();
          out.writeStringField("sha256", document.sha256());
          out.writeStringField("name", document.name());
          out.writeNumberField("size", document.size());
          out.writeEndObject();
        }
        out.writeEndArray();
      });
      return;
    }
    if (waiting.isEmpty()) {
      session.console().out().println("Nothing waits in the cloud under this device's name");
      return;
    }
    Table table = new Table("ID", "BYTES", "DOCUMENT");
    for (Workshop.CloudDocument document : waiting) {
      table.add(document.sha256().substring(0, 8), Long.toString(document.size()), document.name());
    }
    table.print(session.console());
  }

  private int rebuild(
      Workshop.CloudDesk cloud, List<Workshop.CloudDocument> waiting, SubmitDoor door)
      throws IOException, InterruptedException {
    long batch = door.openBatch("cloud rebuild");
    Progress progress = new Progress(session.console(), waiting.size());
    Tally tally = new Tally();
    Path folder = Files.createTempDirectory("sandpiper-rebuild");
    try {
      takeIn(cloud, waiting, new Target(door, batch, folder, progress), tally);
      if (door.isWorking()) {
        await(door, batch, progress);
      }
      tally.asleep = !door.isWorking();
    } finally {
      progress.clear();
      Files.deleteIfExists(folder);
    }
    for (Workshop.CloudDocument document : tally.accepted) {
      drop(cloud, document, tally);
    }
    return report(tally);
  }

  private record Target(SubmitDoor door, long batch, Path folder, Progress progress) {}

  private void takeIn(
      Workshop.CloudDesk cloud, List<Workshop.CloudDocument> waiting, Target target, Tally tally) {
    int inARow = 0;
    for (Workshop.CloudDocument document : waiting) {
      try {
        SubmitDoor.Sent sent = takeIn(cloud, document, target);
        if (sent.accepted()) {
          tally.accepted.add(document);
          if (sent.detail().equals("queued")) {
            tally.fresh++;
          } else {
            tally.known++;
          }
        } else {
          tally.failed++;
        }
        inARow = 0;
      } catch (CliException e) {
        if (e.code() == CliException.NO_AGENT || ++inARow >= GIVE_UP) {
          throw e;
        }
        tally.failed++;
        target
            .progress()
            .sent(document.name(), new SubmitDoor.Sent(false, String.valueOf(e.getMessage())));
      }
    }
  }

  private static SubmitDoor.Sent takeIn(
      Workshop.CloudDesk cloud, Workshop.CloudDocument document, Target target) {
    Path file = target.folder().resolve(document.sha256());
    try {
      try {
        cloud.fetch(document, file);
        SubmitDoor.Sent sent =
            target.door().submit(file, document.name(), target.batch(), Set.of(TAG));
        target.progress().sent(document.name(), sent);
        return sent;
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "%s cannot be removed: %s".formatted(file, DiskFailure.words(e)), e);
    }
  }

  /// Until nothing of it is in work: an agent that sends a document to the cloud again needs it
  /// there.
  private static void await(SubmitDoor door, long batch, Progress progress)
      throws InterruptedException {
    SubmitDoor.Counts counts = door.counts(batch);
    long pause = FIRST_POLL_MILLIS;
    while (counts.pending() > 0) {
      progress.show(counts);
      TimeUnit.MILLISECONDS.sleep(pause);
      pause = Math.min(LAST_POLL_MILLIS, pause + pause / 4);
      counts = door.counts(batch);
    }
  }

  private void drop(Workshop.CloudDesk cloud, Workshop.CloudDocument document, Tally tally) {
    if (tally.left >= GIVE_UP) {
      tally.left++;
      return;
    }
    try {
      cloud.drop(document);
      tally.dropped++;
    } catch (CliException e) {
      tally.left++;
      session
          .console()
          .err()
          .println(
              "left in the cloud  %s: %s"
                  .formatted(
                      Console.plain(document.name()),
                      Console.plain(String.valueOf(e.getMessage()))));
    }
  }

  private int report(Tally tally) {
    if (json.wanted()) {
      session.printJson(out -> {
        out.writeStartObject();
        out.writeNumberField("takenIn", tally.fresh);
        out.writeNumberField("known", tally.known);
        out.writeNumberField("failed", tally.failed);
        out.writeNumberField("removed", tally.dropped);
        out.writeNumberField("left", tally.left);
        out.writeEndObject();
      });
    } else {
      session.console().out().println(words(tally));
    }
    return tally.failed + tally.left == 0 ? 0 : CliException.SOME_FAILED;
  }

  private static String words(Tally tally) {
    if (tally.accepted.isEmpty() && tally.failed == 0) {
      return "Nothing waits in the cloud under this device's name";
    }
    StringBuilder text = new StringBuilder();
    text.append(tally.fresh).append(" taken in, ").append(tally.known).append(" known already");
    if (tally.failed > 0) {
      text.append(", ")
          .append(tally.failed)
          .append(" failed; they stay in the cloud: run it again");
    }
    if (tally.left > 0) {
      text.append(", ")
          .append(tally.left)
          .append(" could not be removed from the cloud; run it again, or they expire there");
    }
    if (tally.asleep && tally.fresh > 0) {
      text.append("\nParsed when the agent starts: sandpiper run");
    }
    return text.toString();
  }
}
