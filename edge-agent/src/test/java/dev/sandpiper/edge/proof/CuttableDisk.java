package dev.sandpiper.edge.proof;

import dev.sandpiper.edge.Needed;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// An ext4 file system of its own whose power can be cut: what nobody has synced is gone then, as
/// it is when a machine loses its power.
///
/// The kernel does the cutting (`EXT4_IOC_SHUTDOWN` without a flush of the journal, which its own
/// file system tests use). Nothing is written behind the agent's back before: the periodic commit
/// is set to an hour.
final class CuttableDisk implements AutoCloseable {

  private static final long BYTES = 512L << 20;
  private static final int READ_ONLY = 0;
  private static final long SHUTDOWN = 0x8004_587dL;
  private static final int WITHOUT_FLUSH = 2;
  private static final int MOST_UNMOUNTS = 200;

  private final Path image;
  private final Path root;

  private CuttableDisk(Path image, Path root) {
    this.image = image;
    this.root = root;
  }

  /// Makes one in `folder`; ends the test where that is not allowed.
  static CuttableDisk make(Path folder) throws IOException, InterruptedException {
    CuttableDisk disk =
        new CuttableDisk(
            folder.resolve("disk.img"), Files.createDirectories(folder.resolve("disk")));
    try (RandomAccessFile file = new RandomAccessFile(disk.image.toFile(), "rw")) {
      file.setLength(BYTES);
    }
    Needed.command("mkfs.ext4; install e2fsprogs", "mkfs.ext4", "-q", "-F", disk.image.toString());
    Needed.command("the right to mount a file system", disk.mountCommand());
    return disk;
  }

  /// Its folder.
  Path root() {
    return root;
  }

  /// From now on nothing is written, and what was not synced will not be there.
  // The JDK has no ioctl.
  @SuppressWarnings("restricted")
  void cutPower() throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      Linker linker = Linker.nativeLinker();
      MethodHandle open =
          linker.downcallHandle(
              linker.defaultLookup().findOrThrow("open"),
              FunctionDescriptor.of(
                  ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT),
              Linker.Option.firstVariadicArg(2));
      MethodHandle control =
          linker.downcallHandle(
              linker.defaultLookup().findOrThrow("ioctl"),
              FunctionDescriptor.of(
                  ValueLayout.JAVA_INT,
                  ValueLayout.JAVA_INT,
                  ValueLayout.JAVA_LONG,
                  ValueLayout.ADDRESS),
              Linker.Option.firstVariadicArg(2));
      MethodHandle close =
          linker.downcallHandle(
              linker.defaultLookup().findOrThrow("close"),
              FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
      MemorySegment how = arena.allocateFrom(ValueLayout.JAVA_INT, WITHOUT_FLUSH);
      int folder = (int) open.invokeExact(arena.allocateFrom(root.toString()), READ_ONLY);
      int failed = (int) control.invokeExact(folder, SHUTDOWN, how);
      int _ = (int) close.invokeExact(folder);
      if (failed != 0) {
        throw new IOException("the kernel did not shut down the file system at " + root);
      }
    } catch (IOException e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /// Power is back: the disk as it is after the journal's recovery, nothing remembered in memory.
  void restore() throws IOException, InterruptedException {
    for (int i = 0; i < MOST_UNMOUNTS; i++) {
      unmount();
      if (run(mountCommand()) != 0) {
        throw new IOException("cannot mount " + image + " again: it may be damaged");
      }
      if (takesWrites()) {
        return;
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    throw new IOException(root + " stays without power");
  }

  /// Not while the sandbox of a killed agent's worker, which has mounts of its own, still holds the
  /// file system that was cut: mounting then gives the same one again.
  private boolean takesWrites() {
    try {
      Files.delete(Files.createTempFile(root, "power", null));
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    try {
      unmount();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(root + " may still be mounted", e);
    }
  }

  private String[] mountCommand() {
    return new String[] {
      "mount", "-o", "loop,commit=3600", image.toString(), root.toString(),
    };
  }

  /// Workers of a killed agent may take a moment to go.
  private void unmount() throws IOException, InterruptedException {
    for (int i = 0; run("umount", root.toString()) != 0; i++) {
      if (i == MOST_UNMOUNTS) {
        throw new IOException(root + " stays busy");
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private static int run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }
}
