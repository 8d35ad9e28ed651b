package dev.sandpiper.edge.cli;

import dev.sandpiper.edge.people.Pairing;
import dev.sandpiper.edge.people.People;
import dev.sandpiper.edge.people.PeopleControl;
import dev.sandpiper.edge.people.Role;
import dev.sandpiper.edge.view.Json;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `sandpiper pair`.
@Command(
    name = "pair",
    description = "Make a code that lets somebody talk to the agent.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  sandpiper pair",
      "  sandpiper pair --role guest --name Anna",
      "  sandpiper pair --person Anna      # a further channel of somebody who is known"
    })
final class PairCommand implements Callable<Integer> {

  private final Session session;

  @Mixin final CommonOptions common = new CommonOptions();

  @Mixin private final JsonOption json = new JsonOption();

  PairCommand(Session session) {
    this.session = session;
  }

  @Option(
      names = "--role",
      description = "owner, member or guest. Without it: owner for the first one, then member.")
  private @Nullable Role role;

  @Option(names = "--name", description = "What they are called; else what they call themselves.")
  private @Nullable String name;

  @Option(
      names = "--person",
      description = "Number or name of somebody who is known, for a further channel.")
  private @Nullable String person;

  @Override
  public Integer call() {
    if (person != null && (role != null || name != null)) {
      throw new CliException(
          CliException.USAGE,
          "--person is somebody who has a role and a name; leave --role and --name away, or see 'sandpiper people role'");
    }
    PeopleDoor door = PeopleDoor.of(session, common);
    People.Entry known = person == null ? null : door.find(person);
    PeopleControl.Made made =
        known == null ? door.code(role, name) : door.linkCode(known.person().id());
    if (json.wanted()) {
      session.printJson(out -> {
        out.writeStartObject();
        out.writeStringField("code", made.code());
        out.writeStringField("role", PeopleDoor.lower(made.role()));
        Json.text(out, "person", known == null ? null : known.person().name());
        out.writeEndObject();
      });
      return 0;
    }
    String who =
        known == null
            ? (made.role() == Role.OWNER ? "an " : "a ") + PeopleDoor.lower(made.role())
            : Console.plain(known.person().name());
    session
        .console()
        .out()
        .printf(
            "%s%n%nSend this to the agent, in any of its channels, within %d minutes:%n  /pair %s%nIt lets in one person, as %s.%n",
            made.code(), Pairing.VALID.toMinutes(), made.code(), who);
    if (door.agent().isEmpty()) {
      session
          .console()
          .err()
          .println("No agent runs: start it before the code is too old (sandpiper run).");
    }
    return 0;
  }
}
