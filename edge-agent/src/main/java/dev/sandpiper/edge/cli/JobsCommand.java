package dev.sandpiper.edge.cli;

import dev.sandpiper.edge.config.AgentConfig;
import dev.sandpiper.edge.intake.JobControl;
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
    footer = {
      "  sandpiper jobs --state parked",
      "  sandpiper jobs show 12",
      "  sandpiper jobs retry 12"
    })
final class JobsCommand implements Callable<Integer> {

  private final Session session;

  @Mixin final CommonOptions common = new CommonOptions();

  @Mixin private final JsonOption json = new JsonOption();

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
  private List<String> numbers = List.of();

  @Option(
      names = "--state",
      description = "Only ready, running, waiting, done, parked or cancelled ones.")
  private @Nullable JobState state;

  @Option(names = "--limit", defaultValue = "50", description = "Most jobs (1 to 1000).")
  private int limit;

  @Override
  public Integer call() {
    List<Long> ids = numbers.stream().map(JobsCommand::number).toList();
    if (action != Action.LIST && ids.isEmpty()) {
      throw new CliException(
          CliException.USAGE,
          "name the job, as in 'sandpiper jobs %s 12'; 'sandpiper jobs' lists them"
              .formatted(action.name().toLowerCase(Locale.ROOT)));
    }
    AgentConfig config = session.config(common);
    switch (action) {
      case LIST -> list(config);
      case SHOW -> show(config, ids);
      case RETRY, CANCEL -> change(config, ids);
    }
    return 0;
  }

  private static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException _) {
      throw new CliException(
          CliException.USAGE,
          "'%s' is not the number of a job; 'sandpiper jobs' lists them, 'sandpiper show' takes documents"
              .formatted(Console.plain(text)));
    }
  }

  private void list(AgentConfig config) {
    try (Workshop.ReadingRoom room = session.reader(config)) {
      JobFilter filter = new JobFilter(state, null, Long.MAX_VALUE, Math.clamp(limit, 1, 1_000));
      List<Job> jobs = room.jobs().list(filter);
      if (json.wanted()) {
        printJson(jobs);
        return;
      }
      Table table = new Table("JOB", "STATE", "OUTCOME", "TRIES", "DOCUMENT");
      for (Job job : jobs) {
        JobSheet sheet = JobSheet.of(room, job);
        table.addNoted(
            sheet.reason(),
            Long.toString(job.id()),
            sheet.state(),
            sheet.outcome(),
            Integer.toString(job.attempts()),
            sheet.name());
      }
      table.print(session.console());
    }
  }

  private void show(AgentConfig config, List<Long> ids) {
    try (Workshop.ReadingRoom room = session.reader(config)) {
      List<Job> jobs = ids.stream().map(id -> job(room, id)).toList();
      if (json.wanted()) {
        printJson(jobs);
      } else {
        jobs.forEach(job -> JobSheet.of(room, job).print(session.console()));
      }
    }
  }

  private void printJson(List<Job> jobs) {
    session.printJson(out -> {
      out.writeStartArray();
      for (Job job : jobs) {
        Views.job(out, job);
      }
      out.writeEndArray();
    });
  }

  private static Job job(Workshop.ReadingRoom room, long id) {
    return room.jobs()
        .find(id)
        .orElseThrow(() ->
            new CliException(
                CliException.NOT_FOUND, "no job " + id + "; 'sandpiper jobs' lists them"));
  }

  private void change(AgentConfig config, List<Long> ids) {
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
            .orElseThrow(() ->
                new CliException(
                    CliException.NOT_FOUND, "no job " + id + "; 'sandpiper jobs' lists them"));
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
