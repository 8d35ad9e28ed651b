package dev.sandpiper.functions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

class FunctionZipIT {

  private static final Path ZIP =
      Path.of(System.getProperty("sandpiper.function.zip", "target/functions-0.1.0.zip"));

  @Test
  void packageIsSmall() throws IOException {
    assertThat(Files.size(ZIP)).isLessThanOrEqualTo(20L << 20);
  }

  @Test
  void packageHoldsClassesAndEachLibraryOnce() throws IOException {
    try (ZipFile zip = new ZipFile(ZIP.toFile())) {
      List<String> names = zip.stream().map(ZipEntry::getName).toList();
      assertThat(names)
          .contains("dev/sandpiper/functions/ParseHandler.class")
          .doesNotHaveDuplicates()
          .noneMatch(name -> name.contains("junit") || name.contains("jspecify"));
      assertThat(names.stream().filter(name -> name.endsWith(".jar")))
          .allMatch(name -> name.startsWith("lib/"));
      assertThat(
              names.stream()
                  .filter(name -> name.endsWith(".jar"))
                  .map(name -> name.replaceFirst("-[0-9][^/]*$", "")))
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void entryTimesAreTheBuildsOwn() throws IOException {
    try (ZipFile zip = new ZipFile(ZIP.toFile())) {
      assertThat(zip.stream().map(ZipEntry::getTimeLocal).distinct()).hasSize(1);
    }
  }
}
