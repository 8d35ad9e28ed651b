package dev.sandpiper.edge.config;

import dev.sandpiper.edge.health.DiskFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where a secret is.
public sealed interface SecretRef {

  /// In an environment variable.
  record Env(String name) implements SecretRef {}

  /// In a file; a line break at its end is not part of it.
  record InFile(Path path) implements SecretRef {}

  /// A systemd credential (`LoadCredential=`).
  record Credential(String name) implements SecretRef {}

  /// Reads `env:NAME`, `file:/absolute/path` or `credential:name`; empty when it is none of these.
  static Optional<SecretRef> find(String text) {
    int colon = text.indexOf(':');
    String rest = text.substring(colon + 1);
    if (colon < 0 || rest.isEmpty()) {
      return Optional.empty();
    }
    return switch (text.substring(0, colon)) {
      case "env" -> isName(rest) ? Optional.of(new Env(rest)) : Optional.empty();
      case "file" ->
          rest.startsWith("/") ? Optional.of(new InFile(Path.of(rest))) : Optional.empty();
      case "credential" -> isName(rest) ? Optional.of(new Credential(rest)) : Optional.empty();
      default -> Optional.empty();
    };
  }

  /// Fetches the secret.
  ///
  /// @throws ConfigException when it is not there; the message names the place, never the content
  default Secret resolve(Environment environment) {
    return switch (this) {
      case Env(String name) -> {
        String value = environment.variable(name);
        if (value == null) {
          throw new ConfigException(
              "the environment variable " + name + " is not set; set it, or change the reference");
        }
        yield new Secret(value);
      }
      case InFile(Path path) -> read(path, "the secret file " + path);
      case Credential(String name) -> {
        @Nullable String folder = environment.variable("CREDENTIALS_DIRECTORY");
        if (folder == null) {
          throw new ConfigException(
              "credential:%s needs systemd: add LoadCredential=%s:/path to the unit"
                  .formatted(name, name));
        }
        yield read(Path.of(folder, name), "the credential " + name);
      }
    };
  }

  private static Secret read(Path path, String what) {
    try {
      if (Files.size(path) > Secret.LONGEST) {
        throw new ConfigException(what + " is longer than " + Secret.LONGEST + " bytes");
      }
      return new Secret(Files.readString(path).strip());
    } catch (IOException e) {
      throw new ConfigException(what + " cannot be read: " + DiskFailure.words(e), e);
    }
  }

  private static boolean isName(String text) {
    return text.chars().allMatch(c -> c == '_' || c == '-' || Character.isLetterOrDigit(c));
  }
}
