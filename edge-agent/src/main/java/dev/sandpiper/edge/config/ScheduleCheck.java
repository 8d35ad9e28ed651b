package dev.sandpiper.edge.config;

import dev.sandpiper.edge.rhythm.Hours;
import dev.sandpiper.edge.rhythm.Rhythm;
import dev.sandpiper.edge.rhythm.RhythmException;
import dev.sandpiper.edge.rhythm.RhythmReader;
import dev.sandpiper.edge.rhythm.Timing;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What must be right about schedules.
final class ScheduleCheck {
  private static final int LONGEST = 4_000;

  private ScheduleCheck() {}

  static List<ConfigProblem> problems(Values values, List<SectionValues> sections) {
    List<ConfigProblem> problems = new ArrayList<>();
    for (SectionValues section : sections) {
      if (section.section() == Section.SCHEDULES) {
        ScheduleConfig schedule = ScheduleConfig.from(section);
        text(section, schedule, problems);
        zone(section, schedule, problems);
        timing(section, schedule, problems);
        owner(values, section, schedule, problems);
      }
    }
    return problems;
  }

  private static void text(
      SectionValues section, ScheduleConfig schedule, List<ConfigProblem> problems) {
    if (schedule.text().isEmpty() && schedule.kind() != ScheduleConfig.Kind.DIGEST) {
      problems.add(section.problem(ScheduleKey.TEXT, "is needed: what is said or asked"));
    }
    if (schedule.text().length() > LONGEST) {
      problems.add(section.problem(ScheduleKey.TEXT, "has at most " + LONGEST + " characters"));
    }
  }

  private static void zone(
      SectionValues section, ScheduleConfig schedule, List<ConfigProblem> problems) {
    schedule
        .zone()
        .filter(zone -> findZone(zone).isEmpty())
        .ifPresent(zone ->
            problems.add(
                section.problem(
                    ScheduleKey.ZONE,
                    "\"" + zone + "\" is not a time zone; name one as in \"Europe/Berlin\"")));
  }

  private static Optional<ZoneId> findZone(String zone) {
    try {
      return Optional.of(ZoneId.of(zone));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  private static void timing(
      SectionValues section, ScheduleConfig schedule, List<ConfigProblem> problems) {
    @Nullable Hours hours = null;
    try {
      hours = schedule.active().map(Hours::of).orElse(null);
    } catch (RhythmException e) {
      problems.add(section.problem(ScheduleKey.ACTIVE, String.valueOf(e.getMessage())));
    }
    try {
      Rhythm rhythm = RhythmReader.read(schedule.when(), Instant.EPOCH);
      ZoneId zone = schedule.zone().flatMap(ScheduleCheck::findZone).orElse(ZoneOffset.UTC);
      if (new Timing(rhythm, zone, hours).first(Instant.EPOCH).isEmpty()) {
        problems.add(
            section.problem(
                ScheduleKey.ACTIVE,
                "%s never comes within %s"
                    .formatted(schedule.when(), schedule.active().orElse(""))));
      }
    } catch (RhythmException e) {
      problems.add(section.problem(ScheduleKey.WHEN, String.valueOf(e.getMessage())));
    }
  }

  private static void owner(
      Values values, SectionValues section, ScheduleConfig schedule, List<ConfigProblem> problems) {
    List<String> owners = values.list(ConfigKey.PEOPLE_OWNERS);
    List<String> members = values.list(ConfigKey.PEOPLE_MEMBERS);
    if (schedule.to().isEmpty() && owners.isEmpty()) {
      problems.add(
          section.problem(
              ScheduleKey.TO,
              "is needed, as people.owners lists nobody: an account such as \"telegram:12345678\""));
    }
    schedule
        .to()
        .filter(to -> !owners.contains(to) && !members.contains(to))
        .ifPresent(to ->
            problems.add(
                section.problem(
                    ScheduleKey.TO,
                    "\"%s\" stands neither in people.owners nor in people.members; list it there"
                        .formatted(to))));
  }
}
