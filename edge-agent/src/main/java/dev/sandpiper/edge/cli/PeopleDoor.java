package dev.sandpiper.edge.cli;

import dev.sandpiper.edge.config.AgentConfig;
import dev.sandpiper.edge.people.Pairing;
import dev.sandpiper.edge.people.People;
import dev.sandpiper.edge.people.PeopleControl;
import dev.sandpiper.edge.people.PeopleControl.Change;
import dev.sandpiper.edge.people.Role;
import dev.sandpiper.edge.schedule.Schedules;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// People, through the running agent or straight in its store.
record PeopleDoor(Session session, AgentConfig config, Optional<AgentClient> agent) {

  static PeopleDoor of(Session session, CommonOptions common) {
    AgentConfig config = session.config(common);
    return new PeopleDoor(session, config, session.findAgent(config, common));
  }

  /// Everybody; can be asked beside an agent.
  List<People.Entry> list() {
    try (Workshop.ReadingRoom room = session.reader(config)) {
      return new People(room.database(), session.workshop().clock()).list();
    }
  }

  /// The person with this number or name.
  People.Entry find(String key) {
    List<People.Entry> found =
        list().stream()
            .filter(entry ->
                Long.toString(entry.person().id()).equals(key)
                    || entry.person().name().equalsIgnoreCase(key))
            .toList();
    if (found.size() == 1) {
      return found.getFirst();
    }
    throw new CliException(
        CliException.NOT_FOUND,
        found.isEmpty()
            ? "nobody is called \"%s\"; 'sandpiper people' lists everybody"
                .formatted(Console.plain(key))
            : "%d people are called \"%s\"; give a number of 'sandpiper people'"
                .formatted(found.size(), Console.plain(key)));
  }

  /// A code for somebody new.
  PeopleControl.Made code(@Nullable Role role, @Nullable String name) {
    if (agent.isPresent()) {
      StringBuilder path = new StringBuilder("/v1/pairing-codes?");
      path.append(role == null ? "" : "role=" + lower(role) + "&");
      path.append(name == null ? "" : "name=" + AgentClient.encode(name));
      return made(agent.get().post(path.toString()));
    }
    return inStore(control -> control.code(role, name));
  }

  /// A code for a further channel of somebody.
  PeopleControl.Made linkCode(long person) {
    return agent.isPresent()
        ? made(agent.get().post("/v1/pairing-codes?person=" + person))
        : inStore(control -> control.linkCode(person).orElseThrow());
  }

  /// Gives somebody another role.
  void role(long person, Role role) {
    if (agent.isPresent()) {
      agent.get().post("/v1/people/" + person + "/role?role=" + lower(role)).orThrow();
    } else {
      check(inStore(control -> control.role(person, role)));
    }
  }

  /// Shuts somebody out.
  void remove(long person) {
    if (agent.isPresent()) {
      agent.get().delete("/v1/people/" + person).orThrow();
    } else {
      check(inStore(control -> control.remove(person)));
    }
  }

  private static void check(Change change) {
    switch (change) {
      case Change.Done _ -> {}
      case Change.Unknown _ ->
          throw new CliException(
              CliException.NOT_FOUND, "they are gone already; 'sandpiper people' lists everybody");
      case Change.Listed listed ->
          throw new CliException(CliException.SOME_FAILED, listed.message());
    }
  }

  private <T> T inStore(Function<PeopleControl, T> step) {
    Workshop workshop = session.workshop();
    try (Workshop.Desk desk = workshop.openStore(config)) {
      People people = new People(desk.database(), workshop.clock());
      Schedules schedules = new Schedules(desk.database(), desk.queue(), workshop.clock());
      return step.apply(
          new PeopleControl(
              desk.database(),
              people,
              new Pairing(people, workshop.clock(), workshop.random()),
              schedules::removeAll));
    }
  }

  private static PeopleControl.Made made(AgentClient.Answer answer) {
    answer.orThrow();
    return new PeopleControl.Made(
        answer.field("code"), Role.valueOf(answer.field("role").toUpperCase(Locale.ROOT)));
  }

  static String lower(Role role) {
    return role.name().toLowerCase(Locale.ROOT);
  }
}
