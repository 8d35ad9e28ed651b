package dev.sandpiper.edge.cli;

import dev.sandpiper.edge.config.AgentConfig;
import dev.sandpiper.edge.intake.JobControl;
import dev.sandpiper.edge.library.DocumentInfo;
import dev.sandpiper.edge.queue.Job;
import dev.sandpiper.edge.queue.JobFilter;
import dev.sandpiper.edge.queue.JobState;
import dev.sandpiper.edge.view.Views;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `sandpiper jobs`.
@Command(
    name = "jobs",
    description = "List jobs, or show, retry or cancel one.",
    footerHeading = "%nExamples:%n",
    footer = {"  sandpiper jobs --state parked", "  sandpiper jobs retry 12"})
final class JobsCommand implements Callable<Integer> {

  private final Session session;

  @Mixin final CommonOptions common = new CommonOptions();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  @Option(names = "--json", description = "Print JSON, for scripts.")
  private boolean json;

  JobsCommand(Session session) {
    this.session = session;
  }

  /// What is done.
  enum Action {
    LIST,
    SHOW,
    RETRY,
    CANCEL
  }

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "ACTION",
      description = "list (default), show, retry or cancel.")
  private Action action = Action.LIST;

  @Parameters(index = "1..*", paramLabel = "JOB", description = "Numbers of jobs.")
  private List<Long> ids = List.of();

  @Option(
      names = "--state",
      description = "Only ready, running, waiting, done, parked or cancelled ones.")
  private @Nullable JobState state;

  @Option(names = "--limit", defaultValue = "50", description = "Most jobs (1 to 1000).")
  private int limit;

  @Override
  public Integer call() {
    if (action != Action.LIST && ids.isEmpty()) {
      throw new CliException(
          CliException.USAGE,
          "name the job, as in 'sandpiper jobs %s 12'; 'sandpiper jobs' lists them"
              .formatted(action.name().toLowerCase(Locale.ROOT)));
    }
    AgentConfig config = session.config(common);
    switch (action) {
      case LIST -> list(config);
      case SHOW -> show(config);
      case RETRY, CANCEL -> change(config);
    }
    return 0;
  }

  private void list(AgentConfig config) {
    try (Workshop.ReadingRoom room = session.reader(config)) {
      JobFilter filter = new JobFilter(state, null, Long.MAX_VALUE, Math.clamp(limit, 1, 1_000));
      print(room, room.jobs().list(filter));
    }
  }

  private void show(AgentConfig config) {
    try (Workshop.ReadingRoom room = session.reader(config)) {
      print(room, ids.stream().map(id -> job(room, id)).toList());
    }
  }

  private static Job job(Workshop.ReadingRoom room, long id) {
    return room.jobs()
        .find(id)
        .orElseThrow(() ->
            new CliException(
                CliException.NOT_FOUND, "no job " + id + "; 'sandpiper jobs' lists them"));
  }

  private void print(Workshop.ReadingRoom room, List<Job> jobs) {
    if (json) {
      session.printJson(out -> {
        out.writeStartArray();
        for (Job job : jobs) {
          Views.job(out, job);
        }
        out.writeEndArray();
      });
      return;
    }
    Table table = new Table("JOB", "STATE", "TRIES", "DOCUMENT");
    for (Job job : jobs) {
      String name =
          room.library().find(job.subject()).map(DocumentInfo::name).orElse(job.subject());
      table.add(
          Long.toString(job.id()),
          job.state().name().toLowerCase(Locale.ROOT),
          Integer.toString(job.attempts()),
          name + (job.reason() == null ? "" : "  (" + job.reason() + ")"));
    }
    table.print(session.console());
  }

  private void change(AgentConfig config) {
    String verb = action.name().toLowerCase(Locale.ROOT);
    Optional<AgentClient> agent = session.findAgent(config, common);
    if (agent.isPresent()) {
      ids.forEach(id -> agent.get().post("/v1/jobs/" + id + "/" + verb).orThrow());
    } else {
      try (Workshop.Desk desk = session.workshop().openStore(config)) {
        ids.forEach(id -> change(desk, id));
      }
    }
    String done = action == Action.RETRY ? "resumed" : "cancelled";
    session.console().out().println(ids.size() + (ids.size() == 1 ? " job " : " jobs ") + done);
  }

  private void change(Workshop.Desk desk, long id) {
    Job job =
        desk.queue()
            .view()
            .find(id)
            .orElseThrow(() -> new CliException(CliException.NOT_FOUND, "no job " + id));
    JobControl control = new JobControl(desk.database(), desk.library(), desk.queue());
    boolean changed = action == Action.CANCEL ? control.cancel(job) : control.retry(job);
    if (!changed) {
      throw new CliException(
          CliException.SOME_FAILED,
          "job %d is %s and cannot be %s"
              .formatted(
                  id,
                  job.state().name().toLowerCase(Locale.ROOT),
                  action == Action.RETRY ? "retried; only parked jobs can" : "cancelled"));
    }
  }
}
