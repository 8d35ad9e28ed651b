package dev.sandpiper.edge.schedule;

import dev.sandpiper.edge.rhythm.Timing;
import dev.sandpiper.edge.schedule.Schedule.Owner;
import dev.sandpiper.edge.schedule.Schedule.Plan;
import dev.sandpiper.edge.store.Tx;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Makes the schedules those of the configuration: what is new is planned from now on, what is gone
/// is called off, what is the same is left alone. Nothing of the past comes again.
public final class FileSchedules {
  private final Schedules schedules;
  private final InstantSource clock;

  public FileSchedules(Schedules schedules, InstantSource clock) {
    this.schedules = schedules;
    this.clock = clock;
  }

  /// What the configuration says of one.
  ///
  /// @param when all that says when, as it is written
  public record Wanted(String name, Owner owner, Plan plan, String when) {

    /// Tells this from every other content.
    String spec() {
      return when
          + "\n"
          + String.join(
              "\n", plan.kind().name(), plan.catchUp().text(), plan.text(), owner.address().text());
    }
  }

  /// What became of one.
  public enum Change {
    ADDED,
    CHANGED,
    REMOVED,
    /// Its only time is over.
    OVER,
    SAME
  }

  /// One and what became of it.
  public record Changed(String name, Change change) {}

  /// Makes them so.
  public List<Changed> apply(Tx tx, List<Wanted> wanted) {
    Set<String> names = wanted.stream().map(Wanted::name).collect(Collectors.toSet());
    List<Changed> gone =
        ScheduleRows.all(tx).stream()
            .filter(Schedule::isFile)
            .filter(schedule -> !names.contains(schedule.name()))
            .map(schedule -> {
              schedules.cancel(tx, schedule.id());
              return new Changed(schedule.name(), Change.REMOVED);
            })
            .toList();
    List<Changed> changed = new java.util.ArrayList<>(gone);
    wanted.forEach(one -> changed.add(new Changed(one.name(), apply(tx, one))));
    return changed;
  }

  private Change apply(Tx tx, Wanted wanted) {
    Optional<Schedule> found = ScheduleRows.find(tx, wanted.name());
    Instant now = clock.instant();
    if (found.isEmpty()) {
      if (wanted.plan().timing().first(now).isEmpty()) {
        return Change.OVER;
      }
      schedules.add(tx, row(wanted, wanted.plan()));
      return Change.ADDED;
    }
    Schedule schedule = found.get();
    String before = String.valueOf(schedule.spec());
    if (before.equals(wanted.spec()) && schedule.owner().equals(wanted.owner())) {
      return Change.SAME;
    }
    if (before.lines().findFirst().orElse("").equals(wanted.when())) {
      // What counts from its beginning goes on counting from there.
      ScheduleRows.change(tx, schedule.id(), row(wanted, with(wanted, schedule.plan().timing())));
      return Change.CHANGED;
    }
    ScheduleRows.change(tx, schedule.id(), row(wanted, wanted.plan()));
    schedules.planAnew(tx, schedule.id());
    return wanted.plan().timing().first(now).isEmpty() ? Change.OVER : Change.CHANGED;
  }

  private static Plan with(Wanted wanted, Timing timing) {
    Plan plan = wanted.plan();
    return new Plan(timing, plan.kind(), plan.text(), plan.catchUp(), plan.madeBy());
  }

  private static ScheduleRows.New row(Wanted wanted, Plan plan) {
    return new ScheduleRows.New(wanted.name(), wanted.owner(), plan, wanted.spec());
  }
}
