package dev.sandpiper.edge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.edge.channel.Address;
import dev.sandpiper.edge.config.ConfigFile;
import dev.sandpiper.edge.config.Environment;
import dev.sandpiper.edge.rhythm.RhythmReader;
import dev.sandpiper.edge.schedule.Kind;
import dev.sandpiper.edge.schedule.Schedule;
import dev.sandpiper.edge.schedule.Schedules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SchedulesCommandTest {
  @TempDir Path folder;
  private final TestWorkshop workshop = new TestWorkshop();
  private Environment environment = new Environment(Map.of(), Path.of("."));
  private String out = "";
  private String err = "";

  @BeforeEach
  void setUp() {
    environment =
        new Environment(
            Map.of(
                "SANDPIPER_HOME",
                folder.resolve("home").toString(),
                "XDG_CONFIG_HOME",
                folder.resolve("xdg").toString()),
            folder);
  }

  private int run(String... arguments) {
    Ran ran = Ran.of(workshop, environment, 100, arguments);
    out = ran.out();
    err = ran.err();
    return ran.code();
  }

  private void plan() {
    try (Workshop.Desk desk =
        workshop.openStore(ConfigFile.parse("", Optional.empty(), environment))) {
      Schedules schedules = new Schedules(desk.database(), desk.queue(), workshop.clock());
      desk.database()
          .write(tx ->
              schedules.add(
                  tx,
                  1,
                  new Address("phone", "1"),
                  new Schedule.Plan(
                      RhythmReader.read("30 2 * * *", workshop.clock().instant()),
                      ZoneId.of("Europe/Berlin"),
                      Kind.SAY,
                      "water")));
    }
  }

  @Test
  void whatIsConfiguredIsKnownBeforeAnAgentStarts() throws IOException {
    Path file = folder.resolve("c.toml");
    Files.writeString(
        file,
        """
        [people]
        owners = ["telegram:1"]
        [schedules.morning]
        when = "0 8 * * 1-5"
        text = "tea"
        zone = "Europe/Berlin"
        """);
    assertThat(run("schedules", "--config", file.toString())).isZero();
    assertThat(out).isEqualTo("Planned when an agent starts with this configuration: morning\n");
    assertThat(run("schedules", "next", "morning", "-n", "1", "--config", file.toString()))
        .isZero();
    assertThat(out).endsWith(" 08:00 +01:00 Europe/Berlin\n");
    assertThat(run("schedules", "show", "evening", "--config", file.toString())).isNotZero();
    assertThat(err)
        .isEqualTo(
            "sandpiper: there is no schedule \"evening\"; 'sandpiper schedules' lists what is"
                + " planned\n");
  }

  @Test
  void aLineIsShownWithZoneAndOffset() {
    assertThat(run("schedules", "next", "30 2 * * sun", "-n", "2", "--zone", "Europe/Berlin"))
        .isZero();
    assertThat(out)
        .isEqualTo(
            "Sun 2026-11-29 02:30 +01:00 Europe/Berlin\n"
                + "Sun 2026-12-06 02:30 +01:00 Europe/Berlin\n");
    assertThat(run("schedules", "next", "30 24 * * *")).isEqualTo(CliException.USAGE);
    assertThat(err)
        .contains(
            "field 2 (hour) has \"24\"; allowed are 0 to 23, *, lists 1,5, ranges 1-5, steps */2 and"
                + " 1-5/2");
    assertThat(run("schedules", "next", "daily 08:00", "--zone", "Mars/Base"))
        .isEqualTo(CliException.USAGE);
    assertThat(err).contains("\"Mars/Base\" is not a time zone; name one as in Europe/Berlin");
  }

  @Test
  void oneIsListedPausedAndShown() {
    plan();
    assertThat(run("schedules")).isZero();
    assertThat(out)
        .isEqualTo(
            """
            NAME  NEXT                     WHEN             DOES        LAST
            1     2026-11-28 02:30 +01:00  cron 30 2 * * *  say: water
            """);
    assertThat(run("schedules", "pause", "1")).isZero();
    assertThat(run("schedules", "pause", "1")).isEqualTo(CliException.SOME_FAILED);
    assertThat(err)
        .contains("1 is paused already; 'sandpiper schedules show 1' tells how it stands");
    assertThat(run("schedules", "--json")).isZero();
    assertThat(out).contains("\"paused\":true");
    assertThat(run("schedules", "show", "1")).isZero();
    assertThat(out).contains("say: water").contains("paused");
    assertThat(run("schedules", "show", "morning")).isEqualTo(CliException.NOT_FOUND);
    assertThat(err)
        .contains("there is no schedule \"morning\"; 'sandpiper schedules' lists what is planned");
  }
}
