package dev.sandpiper.edge.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `sandpiper cloud resume`.
@Command(
    name = "resume",
    description = "Let work go to the cloud again, after a drain or a failure.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  sandpiper cloud resume",
      "",
      "After a failure the agent tries again by itself; this makes it try now."
    })
final class CloudResumeCommand implements Callable<Integer> {

  private final Session session;

  @Mixin final CommonOptions common = new CommonOptions();

  @Mixin private final JsonOption json = new JsonOption();

  CloudResumeCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    CloudSwitch cloud = CloudSwitch.of(session, common);
    AgentClient.Answer answer = cloud.resume();
    if (json.wanted()) {
      cloud.printJson(answer);
    } else {
      session
          .console()
          .out()
          .println(
              answer.field("mode").equals("first")
                  ? "Work goes to the cloud first"
                  : "Work goes to the cloud when the local workers have no room for it");
    }
    return 0;
  }
}
