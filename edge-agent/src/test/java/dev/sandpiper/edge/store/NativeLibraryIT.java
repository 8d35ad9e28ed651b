package dev.sandpiper.edge.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/// SQLite's native library on real file systems that refuse it, and after somebody damaged it.
@Timeout(120)
class NativeLibraryIT {

  @TempDir Path folder;
  private Path home;
  private Path library;
  private @Nullable Tmpfs mounted;

  @BeforeEach
  void nameLibrary() {
    home = folder.resolve("native/sqlite-" + SQLiteJDBCLoader.getVersion());
    library = home.resolve(LibraryLoaderUtil.getNativeLibName());
  }

  @AfterEach
  void unmount() throws Exception {
    if (mounted != null) {
      mounted.close();
    }
  }

  @Test
  void isUnpackedOnceAndLeavesNothingBeside() throws Exception {
    open();
    Object first = Files.readAttributes(library, "unix:ino,lastModifiedTime");
    assertThat(names())
        .containsExactlyInAnyOrder(
            "lock", library.getFileName().toString(), library.getFileName() + ".crc32");
    open();
    assertThat(Files.readAttributes(library, "unix:ino,lastModifiedTime")).isEqualTo(first);
  }

  @Test
  void cutDamagedOrHalfMadeIsReplaced() throws Exception {
    open();
    byte[] whole = Files.readAllBytes(library);

    // Replaced, not written over: a running agent has the old one loaded.
    replace(new byte[0]);
    open();
    assertThat(library).hasBinaryContent(whole);

    byte[] damaged = whole.clone();
    damaged[damaged.length / 2] ^= 1;
    replace(damaged);
    Files.write(home.resolve(library.getFileName() + ".part"), new byte[3]);
    open();
    assertThat(library).hasBinaryContent(whole);
    assertThat(names())
        .containsExactlyInAnyOrder(
            "lock", library.getFileName().toString(), library.getFileName() + ".crc32");
  }

  @Test
  void fileInTheWayIsNamed() throws Exception {
    Files.writeString(folder.resolve("native"), "not a folder");
    assertThatThrownBy(this::open)
        .isInstanceOf(StoreException.class)
        .hasMessage(
            "Cannot put SQLite's native library into %s: %s: a part of its path is a file; check"
                + " the path. It needs 2 MB there.",
            home, home);
  }

  @Test
  void folderThatTakesNoWritesIsNamed() throws Exception {
    mount("ro");
    assertThatThrownBy(this::open)
        .isInstanceOf(StoreException.class)
        .hasMessage(
            "Cannot put SQLite's native library into %s: %s: the file system takes no writes;"
                + " choose another folder, or mount it for writing. It needs 2 MB there.",
            home, folder.resolve("native"));
  }

  @Test
  void fullDiskIsNamedAndKeepsNoPart() throws Exception {
    mount("size=256k");
    assertThatThrownBy(this::open)
        .isInstanceOf(StoreException.class)
        .hasMessageStartingWith("Cannot put SQLite's native library into " + home + ": ")
        .hasMessageEndingWith("the disk is full; free some space. It needs 2 MB there.");
    assertThat(names()).containsExactly("lock");
  }

  @Test
  void folderWithoutTheRightToRunIsNamed() throws Exception {
    mount("noexec");
    assertThatThrownBy(this::open)
        .isInstanceOf(StoreException.class)
        .hasMessage(
            "Cannot load SQLite's native library %s: failed to map segment from shared object. Is"
                + " its file system mounted noexec? Then mount it without, or choose a folder on"
                + " another one.",
            library);
  }

  /// In a process of its own: one that loads the library from two places crashes sooner or later.
  private void open() throws Exception {
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Opening.class.getName(),
                folder.resolve("native").toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new StoreException(StoreException.Code.IO, said, new IOException(said));
    }
    assertThat(said).isEmpty();
  }

  /// Opens a database in a folder of its own with the library in the folder it is given; prints
  /// what the store says when it cannot.
  static final class Opening {
    public static void main(String[] args) throws IOException {
      if (!opens(Path.of(args[0]))) {
        System.exit(3);
      }
    }

    private static boolean opens(Path library) throws IOException {
      Path state = Files.createTempDirectory("native-library");
      DatabaseOptions options = DatabaseOptions.defaults().withNativeDir(library);
      try (Database database = Database.open(state.resolve("edge.db"), options)) {
        assertThat(database.failure()).isEmpty();
        return true;
      } catch (StoreException e) {
        System.out.print(e.getMessage());
        return false;
      } finally {
        for (Path left : list(state)) {
          Files.delete(left);
        }
        Files.delete(state);
      }
    }
  }

  private void replace(byte[] bytes) throws IOException {
    Files.delete(library);
    Files.write(library, bytes, StandardOpenOption.CREATE_NEW);
  }

  private List<String> names() throws IOException {
    return list(home).stream().map(file -> file.getFileName().toString()).toList();
  }

  private static List<Path> list(Path directory) throws IOException {
    try (var files = Files.list(directory)) {
      return files.toList();
    }
  }

  private void mount(String options) throws Exception {
    mounted = Tmpfs.over(folder, options);
  }
}
