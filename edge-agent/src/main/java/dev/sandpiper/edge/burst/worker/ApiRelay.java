package dev.sandpiper.edge.burst.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/// Carries bytes between a loopback port of the worker's own network namespace and the agent's unix
/// socket: the runtime client speaks TCP only.
final class ApiRelay implements Runnable {

  private static final int BUFFER = 16 << 10;

  private final Path socket;
  private final ServerSocketChannel server;

  ApiRelay(Path socket, int port) throws IOException {
    this.socket = socket;
    this.server = ServerSocketChannel.open();
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
  }

  @Override
  public void run() {
    try {
      while (true) {
        SocketChannel client = server.accept();
        SocketChannel agent = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        WorkerMain.daemon("api-out", () -> pump(client, agent));
        WorkerMain.daemon("api-in", () -> pump(agent, client));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the agent's socket " + socket + " is gone", e);
    }
  }

  private static void pump(SocketChannel from, SocketChannel to) {
    ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
    try (from;
        to) {
      while (from.read(buffer) >= 0) {
        buffer.flip();
        while (buffer.hasRemaining()) {
          to.write(buffer);
        }
        buffer.clear();
      }
    } catch (IOException _) {
      // One side closed while the other was being written: both are closed now, as they should be.
    }
  }
}
