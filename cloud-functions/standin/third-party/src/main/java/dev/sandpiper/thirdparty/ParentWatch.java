package dev.sandpiper.thirdparty;

import java.io.IOException;

/// Ends this process when its parent is gone: standard input is a pipe from it.
final class ParentWatch {

  private static final int BUFFER = 256;

  private ParentWatch() {}

  static void start() {
    Thread thread = new Thread(null, ParentWatch::waitForTheEnd, "parent-watch");
    thread.setDaemon(true);
    thread.start();
  }

  /// Tells the parent where to connect.
  static void announce(String endpoint) {
    System.out.println("endpoint=" + endpoint);
    System.out.flush();
  }

  private static void waitForTheEnd() {
    byte[] ignored = new byte[BUFFER];
    try {
      while (System.in.read(ignored) >= 0) {
        // Nothing is said to a stand-in.
      }
    } catch (IOException e) {
      System.err.println("the pipe from the parent broke: " + e.getMessage());
    }
    Runtime.getRuntime().halt(0);
  }
}
