package dev.sandpiper.edge;

import dev.sandpiper.edge.channel.Address;
import dev.sandpiper.edge.config.AgentConfig;
import dev.sandpiper.edge.config.ScheduleConfig;
import dev.sandpiper.edge.journal.Journal;
import dev.sandpiper.edge.people.Account;
import dev.sandpiper.edge.people.People;
import dev.sandpiper.edge.rhythm.Hours;
import dev.sandpiper.edge.rhythm.RhythmReader;
import dev.sandpiper.edge.rhythm.Timing;
import dev.sandpiper.edge.schedule.CatchUp;
import dev.sandpiper.edge.schedule.FileSchedules;
import dev.sandpiper.edge.schedule.FileSchedules.Wanted;
import dev.sandpiper.edge.schedule.Kind;
import dev.sandpiper.edge.schedule.Schedule;
import dev.sandpiper.edge.schedule.Schedules;
import dev.sandpiper.edge.store.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Makes the schedules of the configuration, and puts right what the clock or new rules of a zone
/// have moved since the last start.
record ScheduleWiring(
    Database database, Schedules schedules, InstantSource clock, Journal journal) {

  /// To be called at the start, before any lane runs.
  void begin(AgentConfig config, People people) {
    List<Wanted> wanted = new ArrayList<>();
    for (ScheduleConfig schedule : config.schedules()) {
      wanted(config, people, schedule).ifPresent(wanted::add);
    }
    List<FileSchedules.Changed> changed =
        database.write(tx -> new FileSchedules(schedules, clock).apply(tx, wanted));
    for (FileSchedules.Changed one : changed) {
      if (one.change() != FileSchedules.Change.SAME) {
        journal.info(
            "schedule", "name", one.name(), "change", one.change().name().toLowerCase(Locale.ROOT));
      }
    }
    int moved = schedules.settle();
    if (moved > 0) {
      journal.info("schedules-moved", "count", moved);
    }
  }

  private Optional<Wanted> wanted(AgentConfig config, People people, ScheduleConfig schedule) {
    String to = schedule.to().orElseGet(() -> config.people().owners().getFirst());
    Optional<Schedule.Owner> owner =
        Account.find(to)
            .flatMap(account ->
                people
                    .find(account)
                    .map(person ->
                        new Schedule.Owner(
                            person.id(), new Address(account.channel(), account.id()))));
    if (owner.isEmpty()) {
      journal.warn("schedule-without-owner", "name", schedule.name(), "to", to);
    }
    return owner.map(found -> wanted(config, schedule, found));
  }

  private Wanted wanted(AgentConfig config, ScheduleConfig schedule, Schedule.Owner owner) {
    ZoneId zone = schedule.zone().map(ZoneId::of).orElse(config.timeZone());
    Instant now = clock.instant();
    Timing timing =
        new Timing(
            RhythmReader.read(schedule.when(), now),
            zone,
            schedule.active().map(Hours::of).orElse(null));
    Schedule.Plan plan =
        new Schedule.Plan(
            timing,
            Kind.valueOf(schedule.kind().name()),
            schedule.text(),
            catchUp(schedule.catchUp()),
            Schedule.FILE);
    String when = schedule.when() + " " + zone + " " + schedule.active().orElse("");
    return new Wanted(schedule.name(), owner, plan, when);
  }

  private static CatchUp catchUp(ScheduleConfig.CatchUp configured) {
    CatchUp usual =
        CatchUp.of(CatchUp.Policy.valueOf(configured.policy().name())).atMost(configured.most());
    Optional<Duration> grace = configured.grace();
    return grace.isPresent() ? usual.within(grace.get()) : usual;
  }
}
