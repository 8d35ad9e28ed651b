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
    assertThat(Files.size(ZIP)).isLessThanOrEqualTo(20_000_000);
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

  /// Each would be a second HTTP client or a second JSON reader that nothing here asks for.
  @Test
  void librariesThatNothingAsksForAreLeftOut() throws IOException {
    try (ZipFile zip = new ZipFile(ZIP.toFile())) {
      assertThat(zip.stream().map(ZipEntry::getName))
          .anyMatch(name -> name.startsWith("lib/awssdk-"))
          .noneMatch(name -> name.contains("netty"))
          .noneMatch(name -> name.contains("httpc"))
          .noneMatch(name -> name.contains("databind"))
          .noneMatch(name -> name.contains("standin"));
    }
  }

  @Test
  void entryTimesAreTheBuildsOwn() throws IOException {
    try (ZipFile zip = new ZipFile(ZIP.toFile())) {
      assertThat(zip.stream().map(ZipEntry::getTimeLocal).distinct()).hasSize(1);
    }
  }
}
