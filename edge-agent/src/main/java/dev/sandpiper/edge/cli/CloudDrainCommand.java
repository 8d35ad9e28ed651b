package dev.sandpiper.edge.cli;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `sandpiper cloud drain`.
@Command(
    name = "drain",
    description = "Send nothing more to the cloud and wait for what is there.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  sandpiper cloud drain",
      "  sandpiper cloud drain --no-wait",
      "",
      "The local workers go on. It stays so over restarts, until 'sandpiper cloud",
      "resume'. Ctrl-C ends the waiting, not the draining."
    })
final class CloudDrainCommand implements Callable<Integer> {

  private static final long FIRST_POLL_MILLIS = 50;
  private static final long LAST_POLL_MILLIS = 1_000;

  /// A task is given up at the deadline; its end is written down soon after.
  private static final Duration GRACE = Duration.ofMinutes(2);

  private final Session session;

  @Mixin final CommonOptions common = new CommonOptions();

  @Mixin private final JsonOption json = new JsonOption();

  @Option(names = "--no-wait", description = "Do not wait until nothing is left there.")
  private boolean noWait;

  CloudDrainCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws InterruptedException {
    CloudSwitch cloud = CloudSwitch.of(session, common);
    AgentClient.Answer answer = cloud.drain();
    if (!noWait) {
      answer = await(cloud, answer);
    }
    long left = CloudSwitch.inFlight(answer);
    if (json.wanted()) {
      cloud.printJson(answer);
    } else {
      session.console().out().println(words(left));
    }
    return left == 0 || noWait ? 0 : CliException.SOME_FAILED;
  }

  private String words(long left) {
    if (left == 0) {
      return "Nothing is left in the cloud; everything is parsed here until 'sandpiper cloud resume'";
    }
    String tasks = left == 1 ? "1 task is" : left + " tasks are";
    return noWait
        ? tasks
            + " still in the cloud; nothing more goes there. 'sandpiper cloud drain' waits for them"
        : tasks
            + " still in the cloud, longer than burst.aws.deadline allows; 'sandpiper doctor' looks closer";
  }

  private AgentClient.Answer await(CloudSwitch cloud, AgentClient.Answer first)
      throws InterruptedException {
    long most = cloud.config().burstAws().bounds().deadline().plus(GRACE).toMillis();
    long start = System.nanoTime();
    AgentClient.Answer answer = first;
    long pause = FIRST_POLL_MILLIS;
    while (CloudSwitch.inFlight(answer) > 0
        && TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start) < most) {
      live("in the cloud: " + CloudSwitch.inFlight(answer));
      TimeUnit.MILLISECONDS.sleep(pause);
      pause = Math.min(LAST_POLL_MILLIS, pause + pause / 4);
      answer = cloud.status();
    }
    live("");
    return answer;
  }

  private void live(String text) {
    if (session.console().terminal()) {
      session.console().err().print("\r\u001b[K" + text);
      session.console().err().flush();
    }
  }
}
