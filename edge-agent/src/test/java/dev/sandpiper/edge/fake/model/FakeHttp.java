package dev.sandpiper.edge.fake.model;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// HTTP/1.1 on a plain socket, so that connections can break as they do and a client's leaving is
/// seen.
final class FakeHttp implements AutoCloseable {

  /// A request.
  ///
  /// @param path with its query
  // The array is not copied: it was made for this request.
  @SuppressWarnings("ArrayRecordComponent")
  record Request(String method, String path, Map<String, String> headers, byte[] body) {

    String header(String lowerCaseName) {
      return headers.getOrDefault(lowerCaseName, "");
    }

    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  /// Answers requests.
  interface Handler {
    void handle(Request request, Answer answer) throws IOException, InterruptedException;
  }

  private final ServerSocket server;
  private final Handler handler;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  FakeHttp(Handler handler) throws IOException {
    this.handler = handler;
    server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().name("fake-accept").start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  /// Connections that are open.
  int connections() {
    return open.size();
  }

  private void accept() {
    while (true) {
      try {
        Socket socket = server.accept();
        open.add(socket);
        Thread.ofVirtual().name("fake-connection").start(() -> serve(socket));
      } catch (IOException _) {
        return; // closed
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      InputStream in = socket.getInputStream();
      int first = in.read();
      while (first >= 0) {
        Request request = request(first, in);
        // The next byte is the next request, or the end: the client has gone.
        CompletableFuture<Integer> next = new CompletableFuture<>();
        Thread.ofVirtual().name("fake-watch").start(() -> next.complete(read(in)));
        Answer answer = new Answer(socket, next);
        handler.handle(request, answer);
        if (!answer.complete()) {
          return;
        }
        first = next.get();
      }
    } catch (IOException | InterruptedException | java.util.concurrent.ExecutionException _) {
      // The client is gone, or the fake closes.
    } finally {
      open.remove(socket);
    }
  }

  private static int read(InputStream in) {
    try {
      return in.read();
    } catch (IOException _) {
      return -1;
    }
  }

  private static Request request(int first, InputStream in) throws IOException {
    String[] start = line(first, in).split(" ", 3);
    Map<String, String> headers = new HashMap<>();
    for (String line = line(in.read(), in); !line.isEmpty(); line = line(in.read(), in)) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    return new Request(start[0], start[1], headers, body(headers, in));
  }

  private static byte[] body(Map<String, String> headers, InputStream in) throws IOException {
    if (!headers.getOrDefault("transfer-encoding", "").equals("chunked")) {
      return in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      int size = Integer.parseInt(line(in.read(), in).strip(), 16);
      body.write(in.readNBytes(size));
      line(in.read(), in);
      if (size == 0) {
        return body.toByteArray();
      }
    }
  }

  private static String line(int first, InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int read = first; read != '\n'; read = in.read()) {
      if (read < 0) {
        throw new IOException("the client left within a request");
      }
      line.write(read);
    }
    return line.toString(StandardCharsets.ISO_8859_1).strip();
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : open) {
      socket.close();
    }
  }

  /// One answer on its way.
  static final class Answer {
    private final Socket socket;
    private final OutputStream out;
    private final CompletableFuture<Integer> next;
    private boolean complete;

    private Answer(Socket socket, CompletableFuture<Integer> next) throws IOException {
      this.socket = socket;
      this.next = next;
      out = socket.getOutputStream();
    }

    /// The head of an answer that comes in pieces.
    void head(int status, Map<String, String> headers) throws IOException {
      StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Scripted\r\n");
      headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
      head.append("transfer-encoding: chunked\r\n\r\n");
      raw(head.toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    void piece(byte[] bytes) throws IOException {
      if (gone()) {
        throw new IOException("the client has gone");
      }
      ByteArrayOutputStream chunk = new ByteArrayOutputStream(bytes.length + 16);
      chunk.writeBytes(
          (Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
      chunk.writeBytes(bytes);
      chunk.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
      raw(chunk.toByteArray());
    }

    void end() throws IOException {
      raw("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      complete = true;
    }

    /// A whole answer.
    void send(int status, Map<String, String> headers, byte[] body) throws IOException {
      StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Scripted\r\n");
      headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
      head.append("content-length: ").append(body.length).append("\r\n\r\n");
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      all.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
      all.writeBytes(body);
      raw(all.toByteArray());
      complete = true;
    }

    private void raw(byte[] bytes) throws IOException {
      out.write(bytes);
      out.flush();
    }

    /// Ends the connection with a reset.
    void reset() throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
    }

    /// Whether the client has closed the connection.
    boolean gone() {
      return next.isDone() && next.getNow(0) < 0;
    }

    /// Waits until the client closes the connection, so long at most.
    ///
    /// @return whether it did
    boolean awaitGone(long millis) throws InterruptedException {
      try {
        return next.get(millis, TimeUnit.MILLISECONDS) < 0;
      } catch (TimeoutException | java.util.concurrent.ExecutionException _) {
        return false;
      }
    }

    private boolean complete() {
      return complete;
    }
  }
}
