package dev.sandpiper.edge.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// A server that answers byte by byte what a test wants, on loopback.
final class RawServer implements AutoCloseable {

  /// What it does with a connection, which is closed when this returns.
  interface Script {
    void run(Talk talk) throws Exception;
  }

  /// One connection.
  static final class Talk {
    final Socket socket;
    final InputStream in;
    final OutputStream out;
    final int number;

    Talk(Socket socket, int number) throws IOException {
      this.socket = socket;
      this.number = number;
      in = socket.getInputStream();
      out = socket.getOutputStream();
    }

    /// Reads a request's head; empty when the client is gone.
    String head() throws IOException {
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        int c = in.read();
        if (c < 0) {
          return "";
        }
        head.append((char) c);
      }
      return head.toString();
    }

    /// Reads a request with its body.
    String request() throws IOException {
      String head = head();
      String lower = head.toLowerCase(Locale.ROOT);
      int at = lower.indexOf("content-length: ");
      if (at < 0) {
        return head;
      }
      int length = Integer.parseInt(lower.substring(at + 16, lower.indexOf("\r\n", at)));
      return head + new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    Talk say(String text) throws IOException {
      out.write(text.getBytes(StandardCharsets.UTF_8));
      out.flush();
      return this;
    }

    void answer(String body) throws IOException {
      say("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
    }

    /// Breaks the connection off with a reset.
    void reset() throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
    }

    /// Waits until the client closes.
    void awaitEnd() throws IOException {
      try {
        while (in.read() >= 0) {
          // drained
        }
      } catch (SocketException _) {
        // a reset is an end, too
      }
    }
  }

  private final ServerSocket listening;
  private final boolean tls;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  final AtomicInteger connections = new AtomicInteger();
  final AtomicInteger ended = new AtomicInteger();

  RawServer(Script script) throws Exception {
    this(script, null, new char[0]);
  }

  /// @param keys for TLS; `null` for none
  RawServer(Script script, @Nullable KeyStore keys, char[] password) throws Exception {
    tls = keys != null;
    if (keys == null) {
      listening = new ServerSocket();
    } else {
      KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
      factory.init(keys, password);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(factory.getKeyManagers(), null, null);
      listening = context.getServerSocketFactory().createServerSocket();
    }
    listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    Thread.ofVirtual().start(() -> accept(script));
  }

  private void accept(Script script) {
    while (!listening.isClosed()) {
      try {
        Socket socket = listening.accept();
        open.add(socket);
        int number = connections.incrementAndGet();
        Thread.ofVirtual()
            .start(() -> {
              try (socket) {
                script.run(new Talk(socket, number));
              } catch (Exception _) {
                // the client sees it
              } finally {
                ended.incrementAndGet();
              }
            });
      } catch (IOException _) {
        return;
      }
    }
  }

  URI uri(String path) {
    return URI.create((tls ? "https://" : "http://") + label() + path);
  }

  String label() {
    return "127.0.0.1:" + listening.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    listening.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
