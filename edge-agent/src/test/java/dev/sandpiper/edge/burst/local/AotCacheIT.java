package dev.sandpiper.edge.burst.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.contract.Limits;
import dev.sandpiper.contract.ParseReply;
import dev.sandpiper.edge.burst.BurstBackend;
import dev.sandpiper.edge.burst.BurstBackendContract;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 300, unit = TimeUnit.SECONDS)
class AotCacheIT extends BurstBackendContract {

  @Override
  protected BurstBackend backend() throws Exception {
    LocalOptions plain = LocalWorkers.parsing(folder.resolve("state"), SandboxMode.AUTO);
    return new LocalBackend(
        new LocalOptions(
            plain.functionZip(),
            plain.handler(),
            plain.runtimeClasspath(),
            plain.jvmOptions(),
            plain.stateDir(),
            plain.javaHome(),
            plain.sandbox(),
            /* aotCache= */ true,
            plain.limits()),
        Clock.systemUTC(),
        LocalWorkers.JOURNAL);
  }

  @Test
  void cacheIsTrainedInTheBackgroundAndWorkersStartFromIt() throws Exception {
    try (BurstBackend backend = backend()) {
      backend.run(parse("first.txt", "first", Limits.DEFAULT));
      while (caches().isEmpty()) {
        TimeUnit.MILLISECONDS.sleep(100);
      }
    }
    Path state = folder.resolve("state");
    Path oldCache = Files.writeString(state.resolve("aot/0123-4567.aot"), "of another JDK");
    Path oldImage = Files.createDirectories(state.resolve("functions/0123/lib"));
    try (BurstBackend backend = backend()) {
      assertThat(backend.run(parse("second.txt", "second", Limits.DEFAULT)).reply())
          .isInstanceOf(ParseReply.Parsed.class);
      assertThat(caches()).hasSize(1);
      String flag = "-XX:AOTCache=" + caches().getFirst();
      assertThat(commandLines()).anyMatch(line -> line.contains(flag));
    }
    assertThat(oldCache).as("a cache nothing uses any more").doesNotExist();
    assertThat(oldImage.getParent()).as("a function of an earlier version").doesNotExist();
    assertThat(caches()).hasSize(1);
  }

  private static List<String> commandLines() {
    return ProcessHandle.current()
        .descendants()
        .flatMap(process -> process.info().commandLine().stream())
        .toList();
  }

  private List<Path> caches() throws Exception {
    Path aot = folder.resolve("state/aot");
    if (!Files.isDirectory(aot)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(aot)) {
      return files.filter(file -> file.toString().endsWith(".aot")).toList();
    }
  }
}
