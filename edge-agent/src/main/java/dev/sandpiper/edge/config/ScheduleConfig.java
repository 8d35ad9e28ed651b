package dev.sandpiper.edge.config;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Something that is done by the clock: a `[schedules.NAME]` section.
///
/// @param when as it is written; it was checked
/// @param text empty for a digest
/// @param to an account; empty: the first owner
/// @param zone empty: the agent's
/// @param active part of the day; empty: all of it
public record ScheduleConfig(
    String name,
    String when,
    Kind kind,
    String text,
    Optional<String> to,
    Optional<String> zone,
    Optional<String> active,
    CatchUp catchUp) {

  /// What it does.
  public enum Kind {
    SAY,
    ASK,
    HEARTBEAT,
    DIGEST
  }

  /// Which missed times are made up for.
  public enum Policy {
    SKIP,
    ONCE,
    ALL
  }

  /// What is done about times that were missed.
  ///
  /// @param grace empty: as the policy does
  public record CatchUp(Policy policy, Optional<Duration> grace, int most) {}

  static List<ScheduleConfig> from(List<SectionValues> sections) {
    return sections.stream()
        .filter(section -> section.section() == Section.SCHEDULES)
        .map(ScheduleConfig::from)
        .toList();
  }

  static ScheduleConfig from(SectionValues section) {
    Values values = section.values();
    String grace = values.text(ScheduleKey.GRACE);
    return new ScheduleConfig(
        section.name(),
        values.text(ScheduleKey.WHEN).strip(),
        Kind.valueOf(values.text(ScheduleKey.KIND).toUpperCase(Locale.ROOT)),
        values.text(ScheduleKey.TEXT).strip(),
        values.findText(ScheduleKey.TO),
        values.findText(ScheduleKey.ZONE),
        values.findText(ScheduleKey.ACTIVE),
        new CatchUp(
            Policy.valueOf(values.text(ScheduleKey.CATCH_UP).toUpperCase(Locale.ROOT)),
            grace.equals("auto") ? Optional.empty() : Optional.of(Units.duration(grace)),
            values.integer(ScheduleKey.MOST)));
  }
}
