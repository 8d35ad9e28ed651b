package dev.sandpiper.edge.burst.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeftoversTest {

  /// Beyond the largest id Linux gives.
  private static final String DEAD = "999999999-x";

  @TempDir private Path parent;

  @Test
  void folderOfADeadProcessGoesWithEverythingInIt() throws Exception {
    Path left = privateFolder("api-" + DEAD);
    Files.writeString(privateFolder("api-" + DEAD + "/local-1").resolve("result.json"), "x");

    Leftovers.sweep(parent, "api-");

    assertThat(left).doesNotExist();
  }

  @Test
  void folderOfALivingProcessStays() throws Exception {
    Path own = Leftovers.create(parent, "api-");

    Leftovers.sweep(parent, "api-");

    assertThat(own).isDirectory();
  }

  @Test
  void folderOlderThanTheProcessWithItsIdGoes() throws Exception {
    Path old = Leftovers.create(parent, "api-");
    Files.setLastModifiedTime(old, FileTime.from(Instant.EPOCH));

    Leftovers.sweep(parent, "api-");

    assertThat(old).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"other-" + DEAD, "api-x-y", "api--y", "api-99999999999999999999-y", "api-"})
  void otherNamesStay(String name) throws Exception {
    Path other = privateFolder(name);

    Leftovers.sweep(parent, "api-");

    assertThat(other).isDirectory();
  }

  @Test
  void linkIsNotFollowedAndFolderOpenToOthersStays() throws Exception {
    Path target = privateFolder("target");
    Path link = Files.createSymbolicLink(parent.resolve("api-" + DEAD), target);
    Path open = privateFolder("api-" + DEAD + "-open");
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));

    Leftovers.sweep(parent, "api-");

    assertThat(link).isSymbolicLink();
    assertThat(target).isDirectory();
    assertThat(open).isDirectory();
  }

  @Test
  void missingFolderIsNothingToSweep() {
    Leftovers.sweep(parent.resolve("missing"), "");

    assertThat(parent).isEmptyDirectory();
  }

  private Path privateFolder(String name) throws Exception {
    return Folders.makePrivate(parent.resolve(name));
  }
}
