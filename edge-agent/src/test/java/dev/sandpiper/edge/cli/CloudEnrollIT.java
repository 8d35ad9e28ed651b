package dev.sandpiper.edge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.edge.Needed;
import dev.sandpiper.edge.config.Environment;
import dev.sandpiper.edge.health.CheckResult;
import dev.sandpiper.edge.identity.IdentityCheck;
import dev.sandpiper.edge.identity.IdentityFiles;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The commands that enrolment prints, typed as they are.
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class CloudEnrollIT {

  @TempDir Path folder;

  private String run(Path home, String... arguments) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Environment environment =
        new Environment(
            Map.of("SANDPIPER_HOME", home.toString(), "XDG_CONFIG_HOME", folder + "/none"), folder);
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    Console console = new Console(InputStream.nullInputStream(), out, out, false, false, 80);
    assertThat(new CommandLineTool(new TestWorkshop(), environment, console).run(arguments))
        .as(bytes.toString(StandardCharsets.UTF_8))
        .isZero();
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private void shell(String line) throws Exception {
    Path output = Files.createTempFile(folder, "shell", ".txt");
    Process process =
        new ProcessBuilder("sh", "-c", line)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor(100, TimeUnit.SECONDS)).as(line).isTrue();
    assertThat(process.exitValue()).as(line + "\n" + Files.readString(output)).isZero();
  }

  @Test
  void theOpensslLinesMakeACertificateThatFits() throws Exception {
    Needed.command("OpenSSL: apt install openssl", "openssl", "version");
    Path home = folder.resolve("it's a home");
    List<String> lines =
        run(home, "cloud", "enroll", "--device", "pi").lines().map(String::strip).toList();
    shell(
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=Mine"
            + " -addext keyUsage=critical,keyCertSign -days 3650 -keyout ca.key -out ca.pem");
    List<String> typed =
        lines.stream()
            .filter(line -> line.startsWith("printf ") || line.startsWith("openssl "))
            .toList();
    assertThat(typed).hasSize(2);
    for (String line : typed) {
      shell(line);
    }
    IdentityFiles files =
        new IdentityFiles(
            home.resolve("identity/pi.pem"), home.resolve("identity/pi.key"), Optional.empty());
    assertThat(IdentityCheck.rows(files, Instant.now()))
        .hasSize(2)
        .allSatisfy(row -> assertThat(row.status()).isEqualTo(CheckResult.Status.OK))
        .first()
        .satisfies(row -> assertThat(row.detail()).contains("CN=pi, issued by CN=Mine"));
    shell(
        "openssl verify -x509_strict -purpose sslclient -CAfile ca.pem \""
            + files.certificate()
            + "\"");
  }

  @Test
  void theLinesForTheConfigurationAreTaken() throws Exception {
    Path home = folder.resolve("a \"home\"");
    String text = run(home, "cloud", "enroll", "--device", "pi");
    int from = text.indexOf("[burst.aws]");
    String lines =
        text.substring(from, text.indexOf("5. See", from))
            .replace("…:trust-anchor/…", "eu-central-1:123456789012:trust-anchor/x");
    Path file = Files.writeString(folder.resolve("sandpiper.toml"), lines);
    assertThat(run(home, "config", "check", "--config", file.toString())).contains("is valid");
    assertThat(run(home, "config", "show", "--config", file.toString()))
        .contains("burst.aws.credentials = \"roles-anywhere\"", "burst.aws.private_key = ");
  }
}
