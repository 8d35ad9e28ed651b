package dev.sandpiper.edge.burst.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// A worker's private folders: `in` it reads, `out` it writes, `tmp` for its scratch files.
///
/// @param root the folder they are in
/// @param links whether documents may be linked into `in`: only where the worker cannot write there
record Exchange(Path root, boolean links) {

  static final String RESULT = "result.json";

  static Exchange create(Path root, boolean links) throws IOException {
    Folders.makePrivate(root);
    Exchange exchange = new Exchange(root, links);
    Folders.makePrivate(exchange.in());
    Folders.makePrivate(exchange.out());
    Folders.makePrivate(exchange.tmp());
    return exchange;
  }

  Path in() {
    return root.resolve("in");
  }

  Path out() {
    return root.resolve("out");
  }

  Path tmp() {
    return root.resolve("tmp");
  }

  /// Shows the worker a file under `name`: linked where that is safe and the file system allows it,
  /// else copied.
  void share(Path file, String name) throws IOException {
    Path shared = in().resolve(name);
    if (!links) {
      Files.copy(file, shared);
      return;
    }
    try {
      Files.createLink(shared, file);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (IOException | UnsupportedOperationException e) {
      Files.copy(file, shared);
    }
  }

  /// Takes the result away from the worker.
  ///
  /// What is taken is a copy: the worker may hold the file it wrote open, and go on writing.
  ///
  /// @throws IOException when there is none, or it is no plain file of `size` bytes
  Path takeResult(Path target, long size) throws IOException {
    // Moved first and looked at then: out of the worker's reach it cannot be swapped any more.
    Path written = target.resolveSibling(target.getFileName() + ".written");
    Files.move(out().resolve(RESULT), written, StandardCopyOption.ATOMIC_MOVE);
    try {
      if (!Files.isRegularFile(written, LinkOption.NOFOLLOW_LINKS)
          || Files.size(written) != size
          || copy(written, target, size) != size) {
        throw new IOException("the stored result is not the announced file");
      }
      return target;
    } catch (IOException e) {
      // On a full disk every attempt would leave the beginning of a copy.
      Files.deleteIfExists(target);
      throw e;
    } finally {
      Folders.delete(written);
    }
  }

  /// Copies at most `most` bytes, whatever the file grows to, and returns how many there were.
  private static long copy(Path from, Path to, long most) throws IOException {
    try (FileChannel in = FileChannel.open(from, StandardOpenOption.READ);
        FileChannel out =
            FileChannel.open(to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      long copied = 0;
      long more = in.transferTo(0, most, out);
      while (more > 0) {
        copied += more;
        more = in.transferTo(copied, most - copied, out);
      }
      return copied;
    }
  }

  /// Bytes the worker has written.
  long written() throws IOException {
    return Folders.bytes(out()) + Folders.bytes(tmp());
  }

  /// Makes the folders as new.
  void clear() throws IOException {
    Folders.empty(in());
    Folders.empty(out());
    Folders.empty(tmp());
  }

  void delete() throws IOException {
    Folders.delete(root);
  }
}
