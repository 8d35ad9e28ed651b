package dev.sandpiper.edge.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import org.junit.jupiter.api.Test;

class DiskFailureTest {

  @Test
  void eachFailureSaysOnWhatAndWhatToDo() {
    assertThat(DiskFailure.words(new AccessDeniedException("/x")))
        .isEqualTo("/x: access denied; check its owner and permissions, and those of its folder");
    assertThat(DiskFailure.words(new NoSuchFileException("/x")))
        .isEqualTo("/x does not exist; check the name");
    assertThat(DiskFailure.words(new NotDirectoryException("/x")))
        .isEqualTo("/x is not a folder; name one that is");
    assertThat(DiskFailure.words(new FileSystemException("/x", null, "No space left on device")))
        .isEqualTo("/x: the disk is full; free some space");
    assertThat(DiskFailure.words(new FileSystemException("/x", null, "File name too long")))
        .isEqualTo("/x: the name is too long for this file system; shorten it");
    assertThat(DiskFailure.words(new FileSystemException("/x", null, "Something new")))
        .isEqualTo("/x: Something new");
  }

  @Test
  void noClassNameIsShown() {
    assertThat(DiskFailure.words(new IOException("Input/output error")))
        .isEqualTo("the disk reports an error; check it (dmesg says more)");
    assertThat(DiskFailure.words(new EOFException()))
        .isEqualTo("reading or writing broke off; try again");
  }
}
