package dev.sandpiper.edge.cli;

import dev.sandpiper.edge.config.AgentConfig;
import dev.sandpiper.edge.schedule.Firing;
import dev.sandpiper.edge.schedule.Schedule;
import dev.sandpiper.edge.schedule.ScheduleView;
import dev.sandpiper.edge.schedule.Schedules;
import dev.sandpiper.edge.store.Tx;
import java.util.List;
import java.util.Optional;

/// Schedules, through the running agent or straight in its store.
record ScheduleDoor(Session session, AgentConfig config, CommonOptions common) {
  private static final int SHOWN = 20;

  /// One, and what became of its times, the newest first.
  record Known(Schedule schedule, List<Firing> firings) {}

  /// A change.
  interface Step {
    /// @return whether it was one
    boolean make(Schedules schedules, Tx tx, long id);
  }

  /// Everything that is planned; can be asked beside an agent.
  List<Known> all() {
    try (Workshop.ReadingRoom room = session.reader(config)) {
      ScheduleView view = new ScheduleView(room.database());
      return view.all().stream()
          .map(schedule -> new Known(schedule, view.history(schedule.name(), SHOWN)))
          .toList();
    } catch (CliException e) {
      if (e.code() == CliException.NOT_FOUND) {
        return List.of(); // there is no home yet
      }
      throw e;
    }
  }

  /// The one with this name or number.
  Known find(String name) {
    return all().stream()
        .filter(known -> known.schedule().name().equals(name))
        .findFirst()
        .orElseThrow(() -> unknown(name));
  }

  private static CliException unknown(String name) {
    return new CliException(
        CliException.NOT_FOUND,
        "there is no schedule \"%s\"; 'sandpiper schedules' lists what is planned".formatted(name));
  }

  /// Changes one.
  ///
  /// @param verb of the agent's own door
  void act(String verb, String name, Step step) {
    Schedule schedule = find(name).schedule();
    Optional<AgentClient> agent = session.findAgent(config, common);
    boolean changed;
    if (agent.isPresent()) {
      AgentClient.Answer answer =
          agent.get().post("/v1/schedules/" + AgentClient.encode(name) + "/" + verb);
      answer.orThrow();
      changed = answer.field("changed").equals("true");
    } else {
      try (Workshop.Desk desk = session.workshop().openStore(config)) {
        Schedules schedules =
            new Schedules(desk.database(), desk.queue(), session.workshop().clock());
        changed = desk.database().write(tx -> step.make(schedules, tx, schedule.id()));
      }
    }
    if (!changed) {
      throw new CliException(
          CliException.SOME_FAILED,
          "%s is %s already; 'sandpiper schedules show %s' tells how it stands"
              .formatted(name, verb.equals("pause") ? "paused" : "going on", name));
    }
  }
}
