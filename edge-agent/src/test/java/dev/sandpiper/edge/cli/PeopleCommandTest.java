package dev.sandpiper.edge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.edge.channel.Sender;
import dev.sandpiper.edge.config.AgentConfig;
import dev.sandpiper.edge.config.ConfigFile;
import dev.sandpiper.edge.config.Environment;
import dev.sandpiper.edge.config.Secret;
import dev.sandpiper.edge.config.TokenFile;
import dev.sandpiper.edge.health.CheckResult;
import dev.sandpiper.edge.http.AgentFile;
import dev.sandpiper.edge.http.ApiParts;
import dev.sandpiper.edge.http.HttpApi;
import dev.sandpiper.edge.http.HttpServer;
import dev.sandpiper.edge.intake.Rig;
import dev.sandpiper.edge.journal.Journal;
import dev.sandpiper.edge.people.Account;
import dev.sandpiper.edge.people.Guard;
import dev.sandpiper.edge.people.Pairing;
import dev.sandpiper.edge.people.People;
import dev.sandpiper.edge.people.PeopleControl;
import dev.sandpiper.edge.people.Role;
import dev.sandpiper.edge.store.Database;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class PeopleCommandTest {
  @TempDir Path folder;
  private Path home;
  private Environment environment;
  private final TestWorkshop workshop = new TestWorkshop();
  private String out = "";
  private String err = "";

  @BeforeEach
  void setUp() {
    home = folder.resolve("home");
    environment =
        new Environment(
            Map.of(
                "SANDPIPER_HOME",
                home.toString(),
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

  /// Somebody uses the code that was just shown.
  private void use(Database database, InstantSource clock, String id, String name) {
    People people = new People(database, clock);
    Pairing pairing = new Pairing(people, clock, new SecureRandom());
    Guard guard =
        new Guard(database, people, pairing, new Guard.Options(60, Locale.ENGLISH), clock);
    String code = out.lines().findFirst().orElseThrow();
    database.write(tx -> guard.pair(tx, new Sender("telegram", id, name, "de"), code));
  }

  private void useInStore(String id, String name) throws IOException {
    try (Rig rig = new Rig(home, 1_000)) {
      use(rig.database, workshop.clock(), id, name);
    }
  }

  @Test
  void peopleAreLetInAndShutOutWhileNoAgentRuns() throws IOException {
    assertThat(run("pair")).isZero();
    assertThat(out)
        .matches(
            """
            (\\S{4}-\\S{4})

            Send this to the agent, in any of its channels, within 10 minutes:
              /pair \\1
            It lets in one person, as an owner\\.
            """);
    assertThat(err)
        .isEqualTo("No agent runs: start it before the code is too old (sandpiper run).\n");
    assertThat(run("people")).isZero();
    assertThat(out)
        .isEqualTo("Nobody may talk to the agent yet. Let somebody in: sandpiper pair\n");
    run("pair");
    useInStore("11", "Ada");
    assertThat(run("pair", "--name", "Anna")).isZero();
    assertThat(out).endsWith("It lets in one person, as a member.\n");
    useInStore("12", "anybody");
    assertThat(run("pair", "--person", "anna")).isZero();
    assertThat(out).endsWith("It lets in one person, as Anna.\n");
    useInStore("13", "Anna’s tablet");
    assertThat(run("people")).isZero();
    assertThat(out)
        .isEqualTo(
            """
            PERSON  NAME  ROLE    LANGUAGE  KNOWN AS
            1       Ada   owner   de        telegram:11
            2       Anna  member  de        telegram:12, telegram:13
            """);
    assertThat(run("people", "role", "Anna", "guest")).isZero();
    assertThat(out).isEqualTo("Anna is guest now\n");
    assertThat(run("people", "list", "--json")).isZero();
    assertThat(out)
        .isEqualTo(
            "[{\"id\":1,\"name\":\"Ada\",\"role\":\"owner\",\"language\":\"de\",\"accounts\":"
                + "[{\"account\":\"telegram:11\",\"listed\":false}],"
                + "\"since\":\"2026-11-27T12:00:00Z\"},"
                + "{\"id\":2,\"name\":\"Anna\",\"role\":\"guest\",\"language\":\"de\",\"accounts\":"
                + "[{\"account\":\"telegram:12\",\"listed\":false},"
                + "{\"account\":\"telegram:13\",\"listed\":false}],"
                + "\"since\":\"2026-11-27T12:00:00Z\"}]\n");
    assertThat(run("people", "remove", "2")).isEqualTo(2);
    assertThat(err).isEqualTo("sandpiper: removing somebody from a script needs --yes\n");
    assertThat(run("people", "remove", "2", "-y")).isZero();
    assertThat(out).isEqualTo("Removed Anna\n");
    assertThat(run("people", "remove", "2", "-y")).isEqualTo(4);
    assertThat(err)
        .isEqualTo("sandpiper: nobody is called \"2\"; 'sandpiper people' lists everybody\n");
    assertThat(run("people", "role", "Ada")).isEqualTo(2);
    assertThat(err)
        .isEqualTo(
            "sandpiper: name the person and the role, as in 'sandpiper people role Anna guest'\n");
    assertThat(run("pair", "--person", "Ada", "--role", "guest")).isEqualTo(2);
  }

  @Test
  void withAnAgentEverythingGoesThroughIt() throws Exception {
    Files.createDirectories(home);
    AgentConfig config = ConfigFile.parse("http.port = 0", Optional.empty(), environment);
    Secret token = TokenFile.obtain(config, environment, new SecureRandom());
    Journal journal =
        new Journal(new PrintStream(OutputStream.nullOutputStream()), InstantSource.system());
    try (Rig rig = new Rig(home, 1_000)) {
      People people = new People(rig.database, InstantSource.system());
      PeopleControl control =
          new PeopleControl(
              rig.database,
              people,
              new Pairing(people, InstantSource.system(), new SecureRandom()),
              (_, _) -> {});
      HttpApi api =
          new HttpApi(
                  new ApiParts(
                      rig.database,
                      rig.blobs,
                      rig.library,
                      rig.queue,
                      rig.intake,
                      Optional.empty(),
                      () -> List.<CheckResult>of()))
              .withPeople(control);
      try (HttpServer server =
          new HttpServer(
              config.http(),
              token,
              api,
              new HttpServer.Surroundings(rig.events, InstantSource.system(), journal))) {
        new AgentFile(ProcessHandle.current().pid(), server.start()).write(home);
        through(rig, people);
      }
    }
  }

  private void through(Rig rig, People people) {
    assertThat(run("pair", "--role", "guest", "--name", "Anna & Co")).isZero();
    assertThat(out).endsWith("It lets in one person, as a guest.\n");
    assertThat(err).isEmpty();
    use(rig.database, InstantSource.system(), "11", "x");
    assertThat(run("people", "role", "Anna & Co", "member")).isZero();
    assertThat(people.find(new Account("telegram", "11")).orElseThrow())
        .satisfies(anna -> {
          assertThat(anna.name()).isEqualTo("Anna & Co");
          assertThat(anna.role()).isEqualTo(Role.MEMBER);
        });
    assertThat(run("pair", "--person", "1")).isZero();
    assertThat(out).endsWith("It lets in one person, as Anna & Co.\n");
    rig.database.write(tx -> {
      people.list(tx, Map.of(new Account("discord", "5"), Role.OWNER), Locale.ENGLISH);
      return 0;
    });
    assertThat(run("people", "role", "discord:5", "guest")).isEqualTo(1);
    assertThat(err)
        .isEqualTo(
            "sandpiper: discord:5 (discord:5) stands in people.owners of the configuration: change"
                + " it there, then restart the agent.\n");
    rig.database.write(
        tx -> people.admit(tx, new Account("web", "0f3c9a"), Role.OWNER, "", Locale.ENGLISH));
    assertThat(run("people")).isZero();
    assertThat(out).contains("the web page").doesNotContain("0f3c9a");
    assertThat(run("people", "remove", "1", "--yes")).isZero();
    assertThat(people.find(new Account("telegram", "11"))).isEmpty();
  }
}
