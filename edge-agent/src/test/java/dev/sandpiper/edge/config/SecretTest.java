package dev.sandpiper.edge.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretTest {

  @TempDir Path folder;

  @Test
  void aSecretCannotBePrinted() {
    assertThat(new Secret("hunter2")).hasToString("***");
    assertThat(String.valueOf(new Secret("hunter2"))).doesNotContain("hunter");
    assertThat(new Secret("hunter2").matches("hunter2")).isTrue();
    assertThat(new Secret("hunter2").matches("hunter")).isFalse();
  }

  @Test
  void referencesAreResolved() throws IOException {
    Path file = Files.writeString(folder.resolve("t"), "from file\n");
    Environment environment =
        Configs.environment("T", "from env", "CREDENTIALS_DIRECTORY", folder.toString());
    assertThat(resolve("env:T", environment)).isEqualTo("from env");
    assertThat(resolve("file:" + file, environment)).isEqualTo("from file");
    assertThat(resolve("credential:t", environment)).isEqualTo("from file");
  }

  @Test
  void aMissingSecretSaysWhere() {
    assertThatThrownBy(() -> resolve("env:NOPE", Configs.environment()))
        .hasMessage("the environment variable NOPE is not set; set it, or change the reference");
    assertThatThrownBy(() -> resolve("file:/no/such", Configs.environment()))
        .hasMessage(
            "the secret file /no/such cannot be read: /no/such does not exist; check the name");
    assertThatThrownBy(() -> resolve("credential:x", Configs.environment()))
        .hasMessage("credential:x needs systemd: add LoadCredential=x:/path to the unit");
  }

  @Test
  void referencesThatAreNoneAreNotFound() {
    assertThat(SecretRef.find("hunter2")).isEmpty();
    assertThat(SecretRef.find("file:relative")).isEmpty();
    assertThat(SecretRef.find("credential:../../etc/passwd")).isEmpty();
    assertThat(SecretRef.find("env:")).isEmpty();
  }

  @Test
  void theTokenFileIsMadeOnceForItsOwnerOnly() throws IOException {
    AgentConfig config = Configs.parse("agent.home = \"" + folder.resolve("home") + "\"");
    assertThat(TokenFile.find(config, Configs.environment())).isEmpty();
    Secret first = TokenFile.obtain(config, Configs.environment(), new SecureRandom());
    Secret second = TokenFile.obtain(config, Configs.environment(), new SecureRandom());
    assertThat(first.reveal()).hasSize(64).isEqualTo(second.reveal());
    assertThat(TokenFile.find(config, Configs.environment()).map(Secret::reveal))
        .contains(first.reveal());
    Path file = config.home().resolve("http.token");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    try (var files = Files.list(config.home())) {
      assertThat(files).containsExactly(file);
    }
  }

  private static String resolve(String reference, Environment environment) {
    return SecretRef.find(reference).orElseThrow().resolve(environment).reveal();
  }
}
