package dev.sandpiper.edge;

import dev.sandpiper.edge.health.DiskFailure;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The unpacked distribution: where the function package and the workers' jars are.
///
/// @param root folder with `function/`, `ric/`, `courier/` and the JVMs' flags
public record Distribution(Path root) {

  private static final String PROPERTY = "sandpiper.dist";

  /// The distribution this process was started from.
  ///
  /// @throws AgentException when it was not started through `bin/sandpiper`
  public static Distribution current() {
    String root = System.getProperty(PROPERTY);
    if (root == null) {
      throw new AgentException(
          "The property " + PROPERTY + " is not set. Start Sandpiper through its bin/sandpiper.");
    }
    return new Distribution(Path.of(root));
  }

  Path functionZip() {
    return files("function", ".zip").getFirst();
  }

  List<Path> runtimeJars() {
    return files("ric", ".jar");
  }

  /// The courier's class path: AWS's SDK, and what it shares with the agent.
  String courierJars() {
    files("courier", ".jar");
    return root.resolve("courier").resolve("*")
        + File.pathSeparator
        + root.resolve("lib").resolve("*");
  }

  Path courierOptions() {
    return root.resolve("courier.jvm.options");
  }

  Path workerOptions() {
    return root.resolve("worker.jvm.options");
  }

  private List<Path> files(String folder, String suffix) {
    List<Path> found;
    try (Stream<Path> entries = Files.list(root.resolve(folder))) {
      found = entries.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
    } catch (IOException e) {
      throw new AgentException(
          "The distribution is not complete: " + DiskFailure.words(e) + ". Install Sandpiper anew.",
          e);
    }
    if (found.isEmpty()) {
      throw new AgentException(
          "There is no *" + suffix + " in " + root.resolve(folder) + ". Install Sandpiper anew.");
    }
    return found;
  }
}
