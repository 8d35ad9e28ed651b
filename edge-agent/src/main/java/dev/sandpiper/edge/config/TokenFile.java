package dev.sandpiper.edge.config;

import dev.sandpiper.edge.health.DiskFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/// The HTTP token that is made at first start: `<home>/http.token`, readable by its owner only.
public final class TokenFile {

  private static final Set<PosixFilePermission> OWNER_ONLY =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private TokenFile() {}

  /// The configured token, or the generated one, which is made when it is missing.
  ///
  /// @param random a cryptographic source
  public static Secret obtain(AgentConfig config, Environment environment, RandomGenerator random) {
    Optional<SecretRef> configured = config.http().token();
    if (configured.isPresent()) {
      return configured.get().resolve(environment);
    }
    Path file = path(config.home());
    if (!Files.exists(file)) {
      create(file, random);
    }
    return new SecretRef.InFile(file).resolve(environment);
  }

  /// The token that a client on this machine uses; empty when there is none it can read.
  public static Optional<Secret> find(AgentConfig config, Environment environment) {
    try {
      return config
          .http()
          .token()
          .or(() -> Optional.of(new SecretRef.InFile(path(config.home()))))
          .map(reference -> reference.resolve(environment));
    } catch (ConfigException _) {
      return Optional.empty();
    }
  }

  private static Path path(Path home) {
    return home.resolve("http.token");
  }

  private static void create(Path file, RandomGenerator random) {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    try {
      Files.createDirectories(home(file));
      // Written beside and linked into place: a token file is complete or absent.
      Path draft = Files.createTempFile(home(file), "http.token", ".part");
      try {
        Files.setAttribute(draft, "posix:permissions", OWNER_ONLY);
        Files.writeString(
            draft, HexFormat.of().formatHex(bytes) + "\n", StandardOpenOption.TRUNCATE_EXISTING);
        Files.createLink(file, draft);
      } catch (FileAlreadyExistsException _) {
        // another process was first; its token is as good
      } finally {
        Files.deleteIfExists(draft);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the HTTP token %s cannot be written with permissions %s: %s"
              .formatted(file, PosixFilePermissions.toString(OWNER_ONLY), DiskFailure.words(e)),
          e);
    }
  }

  private static Path home(Path file) {
    Path parent = file.getParent();
    return parent == null ? Path.of("") : parent;
  }
}
