package dev.sandpiper.edge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.edge.config.Environment;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromptsCommandTest {

  private static final String OURS =
      "This is a test of the connection. Answer with the one word \"ready\" and nothing else.";

  @TempDir Path home;
  private String out = "";
  private String err = "";

  private int run(String... arguments) {
    ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
    ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
    PrintStream outStream = new PrintStream(outBytes, true, StandardCharsets.UTF_8);
    PrintStream errStream = new PrintStream(errBytes, true, StandardCharsets.UTF_8);
    Console console =
        new Console(new ByteArrayInputStream(new byte[0]), outStream, errStream, false, false, 100);
    Environment environment =
        new Environment(
            Map.of("SANDPIPER_HOME", home.toString(), "XDG_CONFIG_HOME", home.toString()), home);
    int code = new CommandLineTool(new TestWorkshop(), environment, console).run(arguments);
    out = outBytes.toString(StandardCharsets.UTF_8);
    err = errBytes.toString(StandardCharsets.UTF_8);
    return code;
  }

  private void own(String file, String text) throws IOException {
    Files.createDirectories(home.resolve("prompts/check"));
    Files.writeString(home.resolve("prompts/check").resolve(file), text);
  }

  @Test
  void promptsAreListedWithTheirHash() throws IOException {
    own("2.md", "Say yes.");
    assertThat(run("prompts")).isZero();
    assertThat(out)
        .containsPattern("(?m)^check +1 +[0-9a-f]{16} +Sandpiper")
        .containsPattern("(?m)^check +2 +[0-9a-f]{16} +you");
    assertThat(run("prompts", "list", "--json")).isZero();
    assertThat(out).contains("\"name\":\"check\",\"version\":2,\"hash\":");
  }

  @Test
  void oneIsShown() {
    assertThat(run("prompts", "show", "check")).isZero();
    assertThat(out).isEqualTo(OURS + "\n");
  }

  @Test
  void anOwnFileIsComparedWithOurs() throws IOException {
    assertThat(run("prompts", "diff", "check")).isZero();
    assertThat(out)
        .isEqualTo("check/1 is the first version, and there is no file of your own in its place\n");
    own("1.md", "Say yes.");
    assertThat(run("prompts", "diff", "check")).isZero();
    assertThat(out)
        .matches("(?s)--- check/1  [0-9a-f]{16}\n\\+\\+\\+ check/1 \\(yours\\)  [0-9a-f]{16}\n.*");
    assertThat(out).endsWith("@@ -1 +1 @@\n-" + OURS + "\n+Say yes.\n");
  }

  @Test
  void twoVersionsAreCompared() throws IOException {
    own("2.md", "Say yes.");
    assertThat(run("prompts", "diff", "check")).isZero();
    assertThat(out).contains("--- check/1", "+++ check/2 (yours)", "+Say yes.");
    String newest = out;
    assertThat(run("prompts", "diff", "check", "1", "2")).isZero();
    assertThat(out).isEqualTo(newest);
    assertThat(run("prompts", "diff", "check", "2", "2")).isZero();
    assertThat(out).contains("say the same");
  }

  @Test
  void mistakesAreExplained() throws IOException {
    assertThat(run("prompts", "show")).isEqualTo(CliException.USAGE);
    assertThat(err).startsWith("sandpiper: name a prompt; there are: ");
    assertThat(run("prompts", "show", "chek")).isEqualTo(CliException.NOT_FOUND);
    assertThat(err).startsWith("sandpiper: no prompt \"chek\"; there are: ");
    assertThat(run("prompts", "show", "check", "7")).isEqualTo(CliException.NOT_FOUND);
    assertThat(err).isEqualTo("sandpiper: prompt \"check\" has no version 7; its newest is 1\n");
    own("1.md", "{{x}}");
    assertThat(run("prompts")).isEqualTo(CliException.SOME_FAILED);
    assertThat(err).contains("Mend it, or remove it");
  }
}
