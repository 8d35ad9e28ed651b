package dev.sandpiper.standin.runtime;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/// Watches for the host's end, then hands over to AWS's runtime client.
///
/// Arguments: the handler. Uses no other class of this module: none is on the class path.
public final class RuntimeMain {

  private static final String RUNTIME_CLIENT =
      "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";

  private RuntimeMain() {}

  /// Does not return before the runtime client does.
  public static void main(String[] args) throws Throwable {
    Thread watch = new Thread(null, RuntimeMain::endWithHost, "host-watch");
    watch.setDaemon(true);
    watch.start();
    MethodHandle client =
        MethodHandles.publicLookup()
            .findStatic(
                Class.forName(RUNTIME_CLIENT),
                "main",
                MethodType.methodType(void.class, String[].class));
    client.invoke(args);
  }

  private static void endWithHost() {
    byte[] ignored = new byte[16];
    try {
      while (System.in.read(ignored) >= 0) {
        // Nothing is said to a function.
      }
    } catch (IOException e) {
      System.err.println("the pipe from the host broke: " + e.getMessage());
    }
    Runtime.getRuntime().halt(0);
  }
}
