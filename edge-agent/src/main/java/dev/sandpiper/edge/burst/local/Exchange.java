package dev.sandpiper.edge.burst.local;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

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
  /// @throws IOException when there is none, or it is no plain file of `size` bytes
  Path takeResult(Path target, long size) throws IOException {
    // Moved first and looked at then: out of the worker's reach it cannot be swapped any more.
    Files.move(out().resolve(RESULT), target, StandardCopyOption.ATOMIC_MOVE);
    if (!Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS) || Files.size(target) != size) {
      Folders.delete(target);
      throw new IOException("the stored result is not the announced file");
    }
    return target;
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
