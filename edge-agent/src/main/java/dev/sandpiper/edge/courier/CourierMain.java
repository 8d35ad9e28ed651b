package dev.sandpiper.edge.courier;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/// Main class of the courier's process: orders on standard input, notices on standard output, a few
/// words for the journal on standard error.
public final class CourierMain {

  private CourierMain() {}

  /// Takes no arguments.
  public static void main(String[] args) throws IOException, InterruptedException {
    InputStream in = new FileInputStream(FileDescriptor.in);
    OutputStream out = new FileOutputStream(FileDescriptor.out);
    System.setOut(System.err); // nothing but notices on the pipe
    int status = new Courier(in, out, InstantSource.system(), RandomGenerator.getDefault()).run();
    // Threads that wait for the network are not waited for.
    Runtime.getRuntime().halt(status);
  }
}
