package dev.sandpiper.edge.cli;

import dev.sandpiper.edge.people.Account;
import dev.sandpiper.edge.people.People;
import dev.sandpiper.edge.people.PeopleJson;
import dev.sandpiper.edge.people.Role;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `sandpiper people`.
@Command(
    name = "people",
    description = "List who may talk to the agent, change a role, or shut somebody out.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  sandpiper people",
      "  sandpiper people role Anna guest",
      "  sandpiper people remove 3"
    })
final class PeopleCommand implements Callable<Integer> {

  private final Session session;

  @Mixin final CommonOptions common = new CommonOptions();

  @Mixin private final JsonOption json = new JsonOption();

  PeopleCommand(Session session) {
    this.session = session;
  }

  /// What is done.
  enum Action {
    LIST,
    ROLE,
    REMOVE
  }

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "ACTION",
      description = "list (default), role or remove.")
  private Action action = Action.LIST;

  @Parameters(index = "1", arity = "0..1", paramLabel = "PERSON", description = "Number or name.")
  private @Nullable String key;

  @Parameters(
      index = "2",
      arity = "0..1",
      paramLabel = "ROLE",
      description = "owner, member or guest.")
  private @Nullable Role role;

  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask before somebody is removed.")
  private boolean yes;

  @Override
  public Integer call() throws IOException {
    PeopleDoor door = PeopleDoor.of(session, common);
    return switch (action) {
      case LIST -> list(door.list());
      case ROLE -> role(door);
      case REMOVE -> remove(door);
    };
  }

  private int list(List<People.Entry> everybody) {
    if (json.wanted()) {
      session.printJson(out -> {
        out.writeStartArray();
        for (People.Entry entry : everybody) {
          PeopleJson.write(out, entry);
        }
        out.writeEndArray();
      });
      return 0;
    }
    if (everybody.isEmpty()) {
      session
          .console()
          .out()
          .println("Nobody may talk to the agent yet. Let somebody in: sandpiper pair");
      return 0;
    }
    Table table = new Table("PERSON", "NAME", "ROLE", "LANGUAGE", "KNOWN AS");
    for (People.Entry entry : everybody) {
      table.add(
          Long.toString(entry.person().id()),
          Console.plain(entry.person().name()),
          PeopleDoor.lower(entry.person().role()),
          entry.person().language().toLanguageTag(),
          entry.accounts().stream()
              .map(account -> known(entry, account))
              .collect(Collectors.joining(", ")));
    }
    table.print(session.console());
    return 0;
  }

  private static String known(People.Entry entry, Account account) {
    // Whoever logs in on the page is given a number there that says nothing to anybody.
    String text = account.channel().equals("web") ? "the web page" : account.text();
    return Console.plain(text) + (entry.listed().contains(account) ? " (listed)" : "");
  }

  private int role(PeopleDoor door) {
    if (key == null || role == null) {
      throw new CliException(
          CliException.USAGE,
          "name the person and the role, as in 'sandpiper people role Anna guest'");
    }
    People.Entry entry = door.find(key);
    door.role(entry.person().id(), role);
    session
        .console()
        .out()
        .println(Console.plain(entry.person().name()) + " is " + PeopleDoor.lower(role) + " now");
    return 0;
  }

  private int remove(PeopleDoor door) throws IOException {
    if (key == null) {
      throw new CliException(
          CliException.USAGE, "name the person, as in 'sandpiper people remove Anna'");
    }
    People.Entry entry = door.find(key);
    String name = Console.plain(entry.person().name());
    if (!yes && !confirmed(name)) {
      session.console().err().println("Nobody was removed.");
      return CliException.SOME_FAILED;
    }
    door.remove(entry.person().id());
    session.console().out().println("Removed " + name);
    return 0;
  }

  private boolean confirmed(String name) throws IOException {
    Console console = session.console();
    if (!console.terminal()) {
      throw new CliException(CliException.USAGE, "removing somebody from a script needs --yes");
    }
    console.err().print("Shut out " + name + " on every channel? [y/N] ");
    console.err().flush();
    int answer = console.in().read();
    return answer == 'y' || answer == 'Y';
  }
}
