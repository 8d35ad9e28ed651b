package dev.sandpiper.edge.courier;

import dev.sandpiper.edge.courier.protocol.Lines;
import dev.sandpiper.edge.courier.protocol.Order;
import dev.sandpiper.edge.courier.protocol.OrderJson;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.InstantSource;

/// Main class of the process that asks Bedrock's models: questions on standard input, answers on
/// standard output. It ends with its input.
public final class BedrockMain {

  private BedrockMain() {}

  /// Takes no arguments.
  public static void main(String[] args) throws IOException {
    Lines lines = new Lines(new FileInputStream(FileDescriptor.in));
    OutputStream out = new FileOutputStream(FileDescriptor.out);
    System.setOut(System.err); // nothing but answers on the pipe
    byte[] first = lines.next();
    if (first != null && OrderJson.read(first) instanceof Order.Open open) {
      Bedrock bedrock = Bedrock.open(open.config(), InstantSource.system(), new BedrockVoice(out));
      for (byte[] line = lines.next(); line != null; line = lines.next()) {
        bedrock.obey(line);
      }
    }
    // Threads that wait for the network are not waited for.
    Runtime.getRuntime().halt(0);
  }
}
