package dev.sandpiper.edge.burst.worker;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.file.Path;

/// Starts a worker: watches for the agent's end, bridges the sandbox, then hands over to AWS's
/// runtime client.
///
/// Arguments: the handler. Environment: `SANDPIPER_API_SOCKET`, when the runtime API is a unix
/// socket, and `SANDPIPER_API_PORT`, the loopback port to bridge it to.
public final class WorkerMain {

  private static final String RUNTIME_CLIENT =
      "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";
  private static final long SMALL_STACK = 128L << 10;

  private WorkerMain() {}

  /// Does not return before the runtime client does.
  public static void main(String[] args) throws Throwable {
    daemon("agent-watch", WorkerMain::endWithAgent);
    String socket = System.getenv("SANDPIPER_API_SOCKET");
    if (socket != null) {
      int port = Integer.parseInt(System.getenv("SANDPIPER_API_PORT"));
      daemon("api-relay", new ApiRelay(Path.of(socket), port));
    }
    MethodHandle client =
        MethodHandles.publicLookup()
            .findStatic(
                Class.forName(RUNTIME_CLIENT),
                "main",
                MethodType.methodType(void.class, String[].class));
    client.invoke(args);
  }

  static void daemon(String name, Runnable task) {
    Thread thread = new Thread(null, task, name, SMALL_STACK);
    thread.setDaemon(true);
    thread.start();
  }

  /// Standard input is a pipe from the agent. A byte on it is the agent's wish that this worker
  /// ends in good order. Its end is the agent's end: then nothing that runs here may delay this
  /// worker's.
  private static void endWithAgent() {
    try {
      if (System.in.read() >= 0) {
        System.exit(0);
      }
    } catch (IOException e) {
      System.err.println("the pipe from the agent broke: " + e.getMessage());
    }
    ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
    Runtime.getRuntime().halt(0);
  }
}
