package dev.sandpiper.edge.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// Speaks HTTP byte by byte over a real socket.
final class RawClient implements AutoCloseable {

  static final String TOKEN = "test-token";

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;

  RawClient(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(60_000);
    in = socket.getInputStream();
    out = socket.getOutputStream();
  }

  /// A status, the header in one text, and the body.
  record Answer(int status, String head, String body) {
    boolean has(String headerLine) {
      return head.toLowerCase(java.util.Locale.ROOT)
          .contains("\r\n" + headerLine.toLowerCase(java.util.Locale.ROOT));
    }
  }

  static String head(String requestLine, String... headers) {
    StringBuilder text = new StringBuilder(requestLine + " HTTP/1.1\r\nHost: localhost\r\n");
    text.append("Authorization: Bearer ").append(TOKEN).append("\r\n");
    for (String header : headers) {
      text.append(header).append("\r\n");
    }
    return text.append("\r\n").toString();
  }

  RawClient send(String text) throws IOException {
    return send(text.getBytes(StandardCharsets.UTF_8));
  }

  RawClient send(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
    return this;
  }

  Answer ask(String requestLine, String... headers) throws IOException {
    return send(head(requestLine, headers)).answer(requestLine.startsWith("HEAD"));
  }

  /// Whether something of an answer has come.
  boolean hasAnswer() throws IOException {
    return in.available() > 0;
  }

  Answer answer() throws IOException {
    return answer(false);
  }

  Answer answer(boolean headOnly) throws IOException {
    String head = head();
    int status = Integer.parseInt(head.substring(9, 12));
    if (headOnly || status == 100 || status == 204) {
      return new Answer(status, head, "");
    }
    String lower = head.toLowerCase(java.util.Locale.ROOT);
    int at = lower.indexOf("content-length: ");
    if (at >= 0) {
      int length = Integer.parseInt(lower.substring(at + 16, lower.indexOf("\r\n", at)));
      return new Answer(status, head, text(in.readNBytes(length)));
    }
    StringBuilder body = new StringBuilder();
    while (true) {
      int size = Integer.parseInt(line(), 16);
      body.append(text(in.readNBytes(size)));
      line();
      if (size == 0) {
        return new Answer(status, head, body.toString());
      }
    }
  }

  /// Reads until an empty line.
  String head() throws IOException {
    StringBuilder head = new StringBuilder();
    while (true) {
      String line = line();
      head.append(line).append("\r\n");
      if (line.isEmpty()) {
        return head.toString();
      }
    }
  }

  String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("closed after: " + line);
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  /// Whether the server closes the connection now, whatever else it sends.
  boolean isClosedByServer() throws IOException {
    try {
      while (in.read() >= 0) {
        // drained
      }
    } catch (java.net.SocketTimeoutException _) {
      return false;
    } catch (IOException _) {
      return true;
    }
    return true;
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
