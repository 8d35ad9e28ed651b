package dev.sandpiper.edge.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ConfigFileTest {

  @TempDir Path folder;

  @Test
  void everyProblemIsReportedAtOnceWithLineAndSuggestion() {
    assertThat(
            Configs.problems(
                """
                [htp]
                port = 1
                [http]
                prot = 7437
                idle_timeout = 60
                port = 99999
                [burst.local]
                sandbox = "bwarp"
                heap = "1PB"
                workers = "many"
                """))
        .containsExactly(
            "line 2: htp.port: unknown key; did you mean http.port?",
            "line 4: http.prot: unknown key; did you mean http.port?",
            "line 5: http.idle_timeout: must be a duration such as \"30s\", not 60",
            "line 6: http.port: must be a whole number from 0 to 65535, not 99999",
            "line 8: burst.local.sandbox: must be one of auto, bwrap, unshare, none, not"
                + " \"bwarp\"; did you mean \"bwrap\"?",
            "line 9: burst.local.heap: must be a size from \"32MB\" to \"64GB\" (units B, KB, MB,"
                + " GB, TB), not \"1PB\"",
            "line 10: burst.local.workers: must be \"auto\", or it must be a whole number from 1"
                + " to 256, not \"many\"");
  }

  @Test
  void aKeyWithoutItsTableIsFound() {
    assertThat(Configs.problems("port = 1"))
        .containsExactly("line 1: port: unknown key; did you mean http.port?");
  }

  @Test
  void nothingNearMeansTheListIsNamed() {
    assertThat(Configs.problems("zzzzzzzz = 1"))
        .containsExactly("line 1: zzzzzzzz: unknown key; 'sandpiper config show' lists all keys");
  }

  @Test
  void syntaxErrorsHaveTheirLine() {
    assertThat(Configs.problems("[http]\nport = = 1\n"))
        .singleElement()
        .asString()
        .startsWith("line 2: ");
  }

  @Test
  void aSecretInTheFileIsRefusedAndNotRepeated() {
    assertThat(Configs.problems("http.token = \"hunter2\""))
        .containsExactly(
            "line 1: http.token: must name where the secret is, not be it: env:NAME,"
                + " file:/absolute/path or credential:name");
  }

  @Test
  void listeningOutsideNeedsAnExplicitToken() {
    assertThat(Configs.problems("http.bind = \"0.0.0.0\""))
        .containsExactly(
            "line 1: http.bind: listening beyond this machine needs http.token, for instance"
                + " \"env:SANDPIPER_TOKEN\"; or use \"127.0.0.1\"");
    assertThat(Configs.problems("http.bind = \"0.0.0.0\"\nhttp.token = \"env:T\"")).isEmpty();
  }

  @Test
  void aWatchedFolderMustNotHoldTheHome() {
    assertThat(Configs.problems("agent.home = \"/a/b\"\nintake.folders = [\"/a\"]"))
        .containsExactly(
            "line 2: intake.folders: /a and the agent's home /a/b must not hold each other");
  }

  @Test
  void theFileIsFoundWhereExpected() throws IOException {
    Path own = Files.createDirectories(folder.resolve("xdg/sandpiper")).resolve("sandpiper.toml");
    Environment environment =
        Configs.environment("XDG_CONFIG_HOME", folder.resolve("xdg").toString());
    assertThat(ConfigFile.find(null, environment)).isEmpty();
    Files.writeString(own, "http.port = 1");
    assertThat(ConfigFile.find(null, environment)).contains(own);
    assertThat(ConfigFile.find(null, Configs.environment("SANDPIPER_CONFIG", "/etc/other.toml")))
        .contains(Path.of("/etc/other.toml"));
    assertThat(ConfigFile.find(Path.of("/given.toml"), environment))
        .contains(Path.of("/given.toml"));
    assertThat(ConfigFile.load(null, environment).http().port()).isEqualTo(1);
  }

  @Test
  void aMissingFileThatWasNamedIsAnError() {
    Path missing = folder.resolve("none.toml");
    assertThatThrownBy(() -> ConfigFile.load(missing, Configs.environment()))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "configuration file %s does not exist; create it with 'sandpiper config init', or"
                    .formatted(missing)
                + " leave --config and SANDPIPER_CONFIG away");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "SANDPIPER_HOME=/h|/h",
        "STATE_DIRECTORY=/var/lib/sandpiper:/x|/var/lib/sandpiper",
        "XDG_STATE_HOME=/s|/s/sandpiper",
        "OTHER=1|/people/ada/.local/state/sandpiper"
      })
  void theHomeFollowsTheEnvironment(String variable, String home) {
    String[] pair = variable.split("=", 2);
    assertThat(Configs.environment(pair).defaultHome()).isEqualTo(Path.of(home));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a = {",
        "[[http]]\nport=1",
        "http = 3",
        "http.port = [1]",
        "= 1",
        "\0",
        "[http",
        "intake.folders = \"x\"",
        "intake.folders = [1]",
        "http.port = 1.5",
        "http.bind = 1979-05-27"
      })
  void brokenFilesAreProblemsAndNothingElse(String toml) {
    assertThat(Configs.problems(toml)).isNotEmpty();
  }

  @Test
  void aHugeNestedFileEndsInTime() {
    assertThat(Configs.problems("a=" + "[".repeat(5_000))).isNotEmpty();
  }

  @Test
  void theStarterFileIsValidAndChangesNothing() {
    String starter = ConfigText.starterFile();
    AgentConfig untouched = Configs.parse(starter);
    assertThat(untouched.http()).isEqualTo(Configs.parse("").http());
    // With every comment sign in front of a key taken away it says the defaults.
    String active = starter.replaceAll("(?m)^# ([a-z_]+ = )", "$1");
    AgentConfig written = Configs.parse(active);
    assertThat(written.http()).isEqualTo(untouched.http());
    assertThat(written.limits()).isEqualTo(untouched.limits());
    assertThat(written.home()).isEqualTo(untouched.home());
    assertThat(written.effective().stream().filter(value -> value.origin().startsWith("line")))
        .hasSizeGreaterThanOrEqualTo(ConfigKey.all().size() - 1);
  }

  @Test
  void theDocumentationHoldsTheTable() throws IOException {
    Path page = Path.of("..", "docs", "configuration.md");
    assertThat(Files.readString(page))
        .as("docs/configuration.md, whose table is made from ConfigKey")
        .contains(ConfigText.markdownTable());
  }
}
