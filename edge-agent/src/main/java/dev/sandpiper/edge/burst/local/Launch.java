package dev.sandpiper.edge.burst.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What is run as a worker: the command line and the environment, before any sandbox.
///
/// @param endpoint where the runtime client finds its API: `host:port/secret`
/// @param socket the agent's unix socket, for a worker in a network of its own; `null` otherwise
/// @param aot what to do with an AOT cache; `null` for nothing
record Launch(
    LocalOptions options,
    FunctionImage image,
    Exchange exchange,
    String endpoint,
    @Nullable Path socket,
    @Nullable AotUse aot) {

  static final int BRIDGE_PORT = 9001;
  static final String MAIN = "dev.sandpiper.edge.burst.worker.WorkerMain";

  List<String> command() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(options.javaHome().resolve("bin/java").toString());
    command.addAll(flags());
    command.add("-Xmx" + options.limits().heapMb() + "m");
    command.add("-Djava.io.tmpdir=" + tmp());
    command.add(
        "-Dcom.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI="
            + image.runtimeClient());
    if (aot != null) {
      command.add(aot.flag());
    }
    command.add("-cp");
    command.add(image.jars().stream().map(Path::toString).collect(Collectors.joining(":")));
    command.add(MAIN);
    command.add(options.handler());
    return command;
  }

  /// The whole environment: nothing is inherited.
  Map<String, String> environment() {
    Map<String, String> environment = new TreeMap<>();
    environment.put("PATH", "/usr/local/bin:/usr/bin:/bin");
    environment.put("LANG", "C.UTF-8");
    environment.put("HOME", tmp().toString());
    environment.put("TMPDIR", tmp().toString());
    environment.put("MALLOC_ARENA_MAX", "2");
    environment.put("SANDPIPER_IN", exchange.in().toString());
    environment.put("SANDPIPER_OUT", exchange.out().toString());
    environment.put("AWS_LAMBDA_RUNTIME_API", endpoint);
    environment.put("LAMBDA_TASK_ROOT", image.folder().toString());
    environment.put("_HANDLER", options.handler());
    environment.put("AWS_LAMBDA_FUNCTION_NAME", "sandpiper-parse");
    environment.put("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST");
    environment.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", String.valueOf(options.limits().heapMb()));
    if (socket != null) {
      environment.put("SANDPIPER_API_SOCKET", socket.toString());
      environment.put("SANDPIPER_API_PORT", String.valueOf(BRIDGE_PORT));
    }
    return environment;
  }

  /// The AOT cache's file, as something to show in a sandbox; empty when there is none.
  List<Path> cacheFolder() {
    return aot == null ? List.of() : List.of(aot.file());
  }

  private Path tmp() {
    return exchange.tmp();
  }

  private List<String> flags() throws IOException {
    return Files.readAllLines(options.jvmOptions()).stream()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .toList();
  }
}
