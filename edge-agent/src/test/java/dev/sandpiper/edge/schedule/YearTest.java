package dev.sandpiper.edge.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.edge.rhythm.RhythmReader;
import dev.sandpiper.edge.rhythm.Timing;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.Year;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A year in a zone, with restarts and a clock that jumps. When something ought to come is found
/// out by walking through the year minute by minute. Property `sandpiper.proof` sleeps less and so
/// fires about ten times as often.
@Timeout(1200)
class YearTest {
  private static final boolean PROOF = Boolean.getBoolean("sandpiper.proof");

  /// One step in so many is an accident.
  private static final int ACCIDENTS = PROOF ? 60 : 6;

  private static final Duration PUNCTUAL = Duration.ofMinutes(2);
  private static final Duration GRACE = Duration.ofMinutes(5);

  @TempDir Path folder;

  /// A schedule, and what it means.
  ///
  /// @param passes whether it goes by the time that passes
  private record Line(
      String cron, CatchUp.Policy policy, boolean passes, Predicate<LocalDateTime> comes) {}

  private static boolean at(LocalDateTime time, int hour, int minute) {
    return time.getHour() == hour && time.getMinute() == minute;
  }

  private static final List<Line> LINES =
      List.of(
          new Line("0 8 * * *", CatchUp.Policy.ALL, false, t -> at(t, 8, 0)),
          new Line("30 2 * * *", CatchUp.Policy.ALL, false, t -> at(t, 2, 30)),
          new Line("10 0 * * *", CatchUp.Policy.ONCE, false, t -> at(t, 0, 10)),
          new Line(
              "0,45 1-3 * * *",
              CatchUp.Policy.ALL,
              false,
              t -> t.getHour() >= 1 && t.getHour() <= 3 && t.getMinute() % 45 == 0),
          new Line(
              "15 6 * * 1-5",
              CatchUp.Policy.SKIP,
              false,
              t -> at(t, 6, 15) && t.getDayOfWeek().getValue() < 6),
          new Line(
              "0 12 29 2 *",
              CatchUp.Policy.ALL,
              false,
              t -> at(t, 12, 0) && t.getMonthValue() == 2 && t.getDayOfMonth() == 29),
          new Line(
              "5 9 1,15 * fri",
              CatchUp.Policy.ALL,
              false,
              t ->
                  at(t, 9, 5)
                      && (t.getDayOfMonth() == 1
                          || t.getDayOfMonth() == 15
                          || t.getDayOfWeek() == DayOfWeek.FRIDAY)),
          new Line("20 * * * *", CatchUp.Policy.ONCE, true, t -> t.getMinute() == 20),
          new Line(
              "*/20 2 * * *",
              CatchUp.Policy.ALL,
              true,
              t -> t.getHour() == 2 && t.getMinute() % 20 == 0));

  /// Every planned time of a year, by walking through it.
  private static NavigableSet<Instant> walk(Line line, ZoneId zone, Instant from, Instant to) {
    NavigableSet<Instant> planned = new TreeSet<>();
    Set<LocalDateTime> seen = new HashSet<>();
    LocalDateTime before = from.atZone(zone).toLocalDateTime();
    for (Instant at = from.plusSeconds(60); !at.isAfter(to); at = at.plusSeconds(60)) {
      LocalDateTime wall = at.atZone(zone).toLocalDateTime();
      if (line.passes()) {
        if (line.comes().test(wall)) {
          planned.add(at);
        }
      } else {
        // One step, or all that the clocks leave out; what they show again is not counted again.
        for (LocalDateTime time = before.plusMinutes(1);
            !time.isAfter(wall);
            time = time.plusMinutes(1)) {
          if (line.comes().test(time) && seen.add(time)) {
            planned.add(at);
          }
        }
        before = wall.isAfter(before) ? wall : before;
      }
    }
    return planned;
  }

  @ParameterizedTest
  @CsvSource({
    "Europe/Berlin, 2028, 1",
    "America/New_York, 2027, 2",
    "Australia/Lord_Howe, 2027, 3",
    "Africa/Casablanca, 2027, 4",
    "Asia/Kolkata, 2028, 5",
    "Pacific/Kiritimati, 2027, 6",
  })
  void everyPlannedTimeComesOnceOrIsMadeUpFor(String name, int year, long seed) {
    ZoneId zone = ZoneId.of(name);
    Instant start = Year.of(year).atDay(1).atStartOfDay(zone).toInstant();
    Instant end = Year.of(year + 1).atDay(1).atStartOfDay(zone).toInstant();
    RandomGenerator random = new java.util.Random(seed);
    List<Instant> moments = new ArrayList<>(List.of(start));
    List<Long> ids = new ArrayList<>();
    try (ScheduleHome home = new ScheduleHome(folder, start)) {
      LINES.forEach(line -> ids.add(home.add(plan(line, zone, start))));
      while (home.instant().isBefore(end)) {
        step(home, random, start);
        moments.add(home.instant());
        home.run();
      }
      for (int i = 0; i < LINES.size(); i++) {
        Line line = LINES.get(i);
        NavigableSet<Instant> planned = walk(line, zone, start, home.instant());
        check(
            "seed " + seed + " " + name + " " + line.cron(),
            line,
            planned,
            new TreeSet<>(home.fired(ids.get(i))),
            moments);
      }
    }
  }

  private static Schedule.Plan plan(Line line, ZoneId zone, Instant start) {
    Timing timing = new Timing(RhythmReader.read(line.cron(), start), zone);
    return new Schedule.Plan(
        timing, Kind.SAY, "x", CatchUp.of(line.policy()).atMost(100), Schedule.CHAT);
  }

  /// The next time that is due, a little late; or an accident.
  private static void step(ScheduleHome home, RandomGenerator random, Instant start) {
    Instant due = home.nextDue();
    Instant soon = due.isAfter(home.instant()) ? due : home.instant();
    switch (random.nextInt(ACCIDENTS)) {
      case 0 -> { // it sleeps
        home.at(home.instant().plusSeconds(random.nextLong(6 * 86_400)));
        begin(home, random);
      }
      case 1 -> // the clock is put forward, or back
          jump(home, random, start);
      case 2 -> { // it is killed and starts at once
        home.at(soon.plusMillis(random.nextLong(50_000)));
        begin(home, random);
      }
      default -> home.at(soon.plusMillis(random.nextLong(50_000)));
    }
  }

  /// Mostly the process itself has slept, and nothing needs to be opened.
  private static void begin(ScheduleHome home, RandomGenerator random) {
    if (PROOF || random.nextInt(10) == 0) {
      home.restart();
    }
  }

  private static void jump(ScheduleHome home, RandomGenerator random, Instant start) {
    long seconds = random.nextBoolean() ? random.nextLong(86_400) : -random.nextLong(86_400);
    Instant to = home.instant().plusSeconds(seconds);
    home.at(to.isBefore(start) ? start : to);
    home.schedules.settle();
  }

  /// What ought to have fired: whenever the clock passes planned times, those that are on time,
  /// else the latest, as the policy says.
  private static void check(
      String what,
      Line line,
      NavigableSet<Instant> planned,
      Set<Instant> fired,
      List<Instant> moments) {
    if (line.policy() == CatchUp.Policy.ALL) {
      assertThat(fired).as(what).isEqualTo(planned);
      return;
    }
    Set<Instant> expected = new TreeSet<>();
    for (int i = 1; i < moments.size(); i++) {
      Instant before = moments.get(i - 1);
      Instant now = moments.get(i);
      if (now.isAfter(before)) {
        TreeSet<Instant> passed = new TreeSet<>(planned.subSet(before, false, now, true));
        Set<Instant> onTime = passed.tailSet(now.minus(PUNCTUAL), true);
        expected.addAll(onTime);
        boolean latest =
            !passed.isEmpty()
                && (line.policy() == CatchUp.Policy.ONCE
                    || !passed.last().isBefore(now.minus(GRACE)));
        if (onTime.isEmpty() && latest) {
          expected.add(passed.last());
        }
      }
    }
    assertThat(fired).as(what).isEqualTo(expected);
  }
}
