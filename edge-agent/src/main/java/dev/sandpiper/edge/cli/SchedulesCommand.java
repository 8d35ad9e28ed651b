package dev.sandpiper.edge.cli;

import dev.sandpiper.edge.config.AgentConfig;
import dev.sandpiper.edge.config.ScheduleConfig;
import dev.sandpiper.edge.rhythm.Hours;
import dev.sandpiper.edge.rhythm.RhythmException;
import dev.sandpiper.edge.rhythm.RhythmReader;
import dev.sandpiper.edge.rhythm.Slot;
import dev.sandpiper.edge.rhythm.Timing;
import dev.sandpiper.edge.schedule.Firing;
import dev.sandpiper.edge.schedule.Kind;
import dev.sandpiper.edge.schedule.Schedule;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `sandpiper schedules`.
@Command(
    name = "schedules",
    description = "Show what is planned, let it rest, do it now, or see when a line means.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  sandpiper schedules",
      "  sandpiper schedules show morning",
      "  sandpiper schedules pause morning",
      "  sandpiper schedules next morning",
      "  sandpiper schedules next \"30 2 * * 1-5\" -n 10 --zone Europe/Berlin"
    })
final class SchedulesCommand implements Callable<Integer> {
  private static final int MOST_TIMES = 1_000;
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm xxx");

  private final Session session;

  @Mixin final CommonOptions common = new CommonOptions();

  @Mixin private final JsonOption json = new JsonOption();

  SchedulesCommand(Session session) {
    this.session = session;
  }

  /// What is done.
  enum Action {
    LIST,
    SHOW,
    PAUSE,
    RESUME,
    RUN,
    NEXT
  }

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "ACTION",
      description = "list (default), show, pause, resume, run or next.")
  private Action action = Action.LIST;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "NAME",
      description = "Name or number; for next also a line such as \"0 8 * * 1-5\".")
  private @Nullable String name;

  @Option(
      names = {"-n", "--times"},
      paramLabel = "N",
      description = "How many coming times next shows. Default: 5.")
  private int times = 5;

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      description = "Time zone of a line. Default: agent.time_zone.")
  private @Nullable String zone;

  @Override
  public Integer call() {
    AgentConfig config = session.config(common);
    ScheduleDoor door = new ScheduleDoor(session, config, common);
    switch (action) {
      case LIST -> {
        list(door.all());
        notPlanned(door, config);
      }
      case SHOW -> show(door);
      case NEXT -> next(door, config);
      case PAUSE -> {
        door.act("pause", needed(), (schedules, tx, id) -> schedules.pause(tx, id));
        session.console().out().println(needed() + " is paused");
      }
      case RESUME -> {
        door.act("resume", needed(), (schedules, tx, id) -> schedules.resume(tx, id));
        session.console().out().println(needed() + " goes on");
      }
      case RUN -> {
        door.act("run", needed(), (schedules, tx, id) -> schedules.runNow(tx, id));
        session.console().out().println(needed() + " is done as soon as an agent runs");
      }
    }
    return 0;
  }

  private String needed() {
    if (name == null) {
      throw new CliException(
          CliException.USAGE,
          "name a schedule, as in 'sandpiper schedules %s morning'"
              .formatted(action.name().toLowerCase(Locale.ROOT)));
    }
    return Console.plain(name);
  }

  private void list(List<ScheduleDoor.Known> all) {
    if (json.wanted()) {
      session.printJson(out -> {
        out.writeStartArray();
        for (ScheduleDoor.Known known : all) {
          ScheduleJson.write(out, known);
        }
        out.writeEndArray();
      });
      return;
    }
    if (all.isEmpty() && !session.config(common).schedules().isEmpty()) {
      return;
    }
    if (all.isEmpty()) {
      session
          .console()
          .out()
          .println(
              "Nothing is planned. Plan with /schedule in a chat, or [schedules.NAME] in the"
                  + " configuration.");
      return;
    }
    Table table = new Table("NAME", "NEXT", "WHEN", "DOES", "LAST");
    for (ScheduleDoor.Known known : all) {
      Schedule schedule = known.schedule();
      table.add(
          schedule.name(),
          schedule.standing().paused()
              ? "paused"
              : time(schedule.next(), schedule.plan().timing().zone()),
          schedule.plan().timing().rhythm().text(),
          does(schedule),
          known.firings().isEmpty() ? "" : outcome(known.firings().getFirst()));
    }
    table.print(session.console());
  }

  /// What stands in the configuration and is planned when an agent starts with it.
  private void notPlanned(ScheduleDoor door, AgentConfig config) {
    Set<String> planned =
        door.all().stream().map(known -> known.schedule().name()).collect(Collectors.toSet());
    List<String> waiting =
        config.schedules().stream()
            .map(ScheduleConfig::name)
            .filter(one -> !planned.contains(one))
            .toList();
    if (!waiting.isEmpty() && !json.wanted()) {
      session
          .console()
          .out()
          .println(
              "Planned when an agent starts with this configuration: %s"
                  .formatted(String.join(", ", waiting)));
    }
  }

  private static String does(Schedule schedule) {
    String kind = schedule.plan().kind().name().toLowerCase(Locale.ROOT);
    return schedule.plan().kind() == Kind.DIGEST ? kind : kind + ": " + schedule.plan().text();
  }

  private static String outcome(Firing firing) {
    return firing.outcome().name().toLowerCase(Locale.ROOT).replace('_', ' ')
        + (firing.reason() == null ? "" : " (" + firing.reason() + ")");
  }

  private void show(ScheduleDoor door) {
    ScheduleDoor.Known known = door.find(needed());
    Schedule schedule = known.schedule();
    if (json.wanted()) {
      session.printJson(out -> ScheduleJson.write(out, known));
      return;
    }
    ZoneId where = schedule.plan().timing().zone();
    new Sheet(schedule.name() + "  " + schedule.plan().timing().rhythm().text())
        .line("does", does(schedule))
        .line("speaks to", schedule.owner().address().text())
        .line("zone", where.getId())
        .line("active", schedule.plan().timing().hours())
        .line("catches up", schedule.plan().catchUp().policy().name().toLowerCase(Locale.ROOT))
        .line("made by", schedule.plan().madeBy())
        .line("next", schedule.standing().paused() ? "paused" : time(schedule.next(), where))
        .print(session.console());
    Table table = new Table("PLANNED", "OUTCOME", "TIMES", "WHY");
    for (Firing firing : known.firings()) {
      table.add(
          time(firing.slot().at(), where),
          firing.outcome().name().toLowerCase(Locale.ROOT).replace('_', ' '),
          Long.toString(firing.times()),
          firing.reason() == null ? "" : firing.reason());
    }
    if (!known.firings().isEmpty()) {
      table.print(session.console());
    }
  }

  private void next(ScheduleDoor door, AgentConfig config) {
    Timing timing = timing(door, config);
    List<Slot> coming =
        timing.coming(session.workshop().clock().instant(), Math.clamp(times, 1, MOST_TIMES));
    if (json.wanted()) {
      session.printJson(out -> {
        out.writeStartArray();
        for (Slot slot : coming) {
          out.writeString(slot.at().atZone(timing.zone()).toOffsetDateTime().toString());
        }
        out.writeEndArray();
      });
      return;
    }
    for (Slot slot : coming) {
      String day =
          slot.at()
              .atZone(timing.zone())
              .getDayOfWeek()
              .getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
      session
          .console()
          .out()
          .println(day + " " + time(slot.at(), timing.zone()) + " " + timing.zone().getId());
    }
  }

  private Timing timing(ScheduleDoor door, AgentConfig config) {
    String line = needed();
    Optional<ScheduleConfig> configured =
        config.schedules().stream().filter(one -> one.name().equals(line)).findFirst();
    if (configured.isPresent()) {
      return timing(configured.get(), config);
    }
    if (line.matches("[a-z0-9_-]+") && !line.startsWith("@")) {
      return door.find(line).schedule().plan().timing();
    }
    try {
      return new Timing(
          RhythmReader.read(line, session.workshop().clock().instant()),
          zone == null ? config.timeZone() : ZoneId.of(zone));
    } catch (RhythmException e) {
      throw new CliException(CliException.USAGE, String.valueOf(e.getMessage()));
    } catch (DateTimeException _) {
      throw new CliException(
          CliException.USAGE,
          "\"%s\" is not a time zone; name one as in Europe/Berlin"
              .formatted(Console.plain(String.valueOf(zone))));
    }
  }

  /// What the configuration says now, whether or not an agent has begun with it.
  private Timing timing(ScheduleConfig schedule, AgentConfig config) {
    return new Timing(
        RhythmReader.read(schedule.when(), session.workshop().clock().instant()),
        schedule.zone().map(ZoneId::of).orElse(config.timeZone()),
        schedule.active().map(Hours::of).orElse(null));
  }

  private static String time(Instant at, ZoneId where) {
    return TIME.format(at.atZone(where));
  }
}
