package dev.sandpiper.edge.proof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Documents that try to hang, bloat, escape or phone home. Made anew each time from the JDK alone,
/// so that no scanner finds a bomb in the repository.
public final class HostileCorpus {

  private HostileCorpus() {}

  /// All of them.
  ///
  /// @param home base URL that documents with external references point at; whoever follows one is
  ///   seen there
  static List<HostileFile> files(String home) {
    List<HostileFile> files = new ArrayList<>();
    files.addAll(HostilePdf.files(home));
    files.addAll(HostileArchives.files());
    files.addAll(HostileXml.files(home));
    files.addAll(HostileText.files(home));
    files.addAll(HostileBinary.files());
    return files;
  }

  /// Writes the corpus into a folder: `HostileCorpus FOLDER URL`.
  public static void main(String[] args) throws IOException {
    Path folder = Files.createDirectories(Path.of(args[0]));
    for (HostileFile file : files(args[1])) {
      Files.write(folder.resolve(file.name()), file.bytes());
    }
  }
}
