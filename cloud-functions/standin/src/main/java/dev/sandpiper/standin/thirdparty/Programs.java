package dev.sandpiper.standin.thirdparty;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where the build laid the programs.
final class Programs {

  /// Names another folder: the `target` of the module `standin-third-party`.
  static final String PROPERTY = "sandpiper.standin.third-party";

  private Programs() {}

  /// The folder, with `classes` and `lib` in it.
  static Path folder() {
    String named = System.getProperty(PROPERTY);
    Path folder = named == null ? besideThisModule() : Path.of(named);
    if (!Files.isRegularFile(folder.resolve("lib/s3mock.jar"))) {
      throw new IllegalStateException(
          "There are no stand-ins in "
              + folder
              + ". Build them (mvn -pl cloud-functions/standin -am test-compile), or name their"
              + " folder with -D"
              + PROPERTY
              + "=…");
    }
    return folder;
  }

  /// This class comes from `standin/target/classes` or a jar in `standin/target`.
  private static Path besideThisModule() {
    try {
      Path code =
          Path.of(Programs.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return code.resolve("../../third-party/target").normalize();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("a class path entry is no path", e);
    }
  }
}
