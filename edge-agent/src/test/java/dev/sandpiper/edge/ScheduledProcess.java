package dev.sandpiper.edge;

import dev.sandpiper.edge.channel.Address;
import dev.sandpiper.edge.people.Account;
import dev.sandpiper.edge.rhythm.RhythmReader;
import dev.sandpiper.edge.rhythm.Timing;
import dev.sandpiper.edge.schedule.CatchUp;
import dev.sandpiper.edge.schedule.Firing;
import dev.sandpiper.edge.schedule.Kind;
import dev.sandpiper.edge.schedule.Schedule;
import dev.sandpiper.edge.schedule.Schedules;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A process to kill: schedules come every five minutes, which pass as fast as they can. A full
/// stop ends a line, so that one cut short is seen to be.
final class ScheduledProcess {
  static final int SCHEDULES = 4;
  static final Duration BEAT = Duration.ofMinutes(5);

  private static final Instant START = Instant.parse("2026-11-24T12:00:00Z");

  private ScheduledProcess() {}

  /// Arguments: home, and how many beats.
  public static void main(String[] args) throws InterruptedException {
    PrintStream said = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    TalkRig.Clock clock = new TalkRig.Clock(START.toString());
    TalkRig rig = new TalkRig(Path.of(args[0]), new Phone(), clock);
    Schedules schedules = rig.desk.schedules();
    if (schedules.count() == 0) {
      plan(rig, schedules);
    }
    Instant now = earliest(schedules).minus(BEAT);
    said.println("ready .");
    for (int beat = 0; beat < Integer.parseInt(args[1]); beat++) {
      now = now.plus(BEAT);
      rig.at(now.toString());
      while (!earliest(schedules).isAfter(now)) {
        Thread.sleep(1);
      }
      said.println("beat " + now + " .");
    }
    while (rig.desk.view().counts().open() > 0 || rig.desk.view().counts().toSend() > 0) {
      Thread.sleep(1);
    }
    for (Schedule schedule : schedules.all()) {
      said.println("calm " + line(rig, schedule) + " .");
    }
    rig.close();
  }

  private static void plan(TalkRig rig, Schedules schedules) {
    long anna = rig.desk.base().door().people().find(new Account("phone", "1")).orElseThrow().id();
    Timing timing = new Timing(RhythmReader.read("*/5 * * * *", START), ZoneOffset.UTC);
    // All or none: the next run of the process must not find half of them.
    rig.shelves
        .database()
        .<@Nullable Void>write(tx -> {
          for (int i = 0; i < SCHEDULES; i++) {
            Kind kind = i % 2 == 0 ? Kind.SAY : Kind.ASK;
            schedules.add(
                tx,
                anna,
                new Address("phone", "1"),
                new Schedule.Plan(
                    timing,
                    kind,
                    "tick" + i + "x",
                    CatchUp.of(CatchUp.Policy.ALL).atMost(100),
                    Schedule.CHAT));
          }
          return null;
        });
  }

  private static Instant earliest(Schedules schedules) {
    return schedules.all().stream().map(Schedule::next).min(Instant::compareTo).orElseThrow();
  }

  /// Name, how many times were begun and skipped, whether each came at its beat, and how many
  /// answers there are.
  private static String line(TalkRig rig, Schedule schedule) {
    List<Firing> firings = rig.desk.schedules().history(schedule.name(), 1_000).reversed();
    boolean even = true;
    for (int i = 1; i < firings.size(); i++) {
      Duration gap = Duration.between(firings.get(i - 1).slot().at(), firings.get(i).slot().at());
      even &= gap.equals(BEAT);
    }
    long skipped = firings.stream().filter(f -> f.outcome() == Firing.Outcome.SKIPPED).count();
    long out =
        rig.shelves
            .database()
            .read(tx ->
                tx.queryOne(
                        "SELECT count(*) FROM outbox WHERE instr(content, ?)",
                        row -> row.number(1),
                        schedule.plan().text())
                    .orElse(0L));
    return "%s decided=%d begun=%d even=%s out=%d"
        .formatted(schedule.name(), firings.size(), firings.size() - skipped, even, out);
  }
}
