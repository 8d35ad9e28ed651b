package dev.sandpiper.edge.burst.misbehaving;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;

/// Tries the doors of a sandbox. Each answer begins with `open` or `shut`.
final class Probe {

  private static final int MILLIS = 2_000;

  private Probe() {}

  /// Runs `verb:argument`.
  static String run(String deed) {
    int colon = deed.indexOf(':');
    String verb = colon < 0 ? deed : deed.substring(0, colon);
    String argument = colon < 0 ? "" : deed.substring(colon + 1);
    try {
      return "open: "
          + switch (verb) {
            case "read" -> Files.readString(Path.of(argument)).length() + " characters";
            case "list" -> list(Path.of(argument));
            case "write" -> Files.writeString(Path.of(argument), "x").toString();
            case "tcp" -> tcp(argument);
            case "udp" -> udp(argument);
            case "dns" -> InetAddress.getByName(argument).toString();
            case "interfaces" -> interfaces();
            case "pid" -> String.valueOf(ProcessHandle.current().pid());
            case "overwrite" ->
                Files.writeString(Path.of(System.getenv("SANDPIPER_IN"), "document"), "x")
                    .toString();
            case "environment" -> String.join(" ", System.getenv().keySet());
            case "processes" -> String.valueOf(ProcessHandle.allProcesses().count());
            default -> throw new IllegalArgumentException("no such deed: " + deed);
          };
    } catch (IOException e) {
      return "shut: " + e;
    }
  }

  private static String list(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return String.join(" ", files.map(file -> file.getFileName().toString()).toList());
    }
  }

  private static String tcp(String hostAndPort) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(address(hostAndPort), MILLIS);
      return String.valueOf(socket.getRemoteSocketAddress());
    }
  }

  private static String udp(String hostAndPort) throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.send(new DatagramPacket(new byte[1], 1, address(hostAndPort)));
      return "sent";
    }
  }

  private static InetSocketAddress address(String hostAndPort) {
    int colon = hostAndPort.lastIndexOf(':');
    return new InetSocketAddress(
        hostAndPort.substring(0, colon), Integer.parseInt(hostAndPort.substring(colon + 1)));
  }

  private static String interfaces() throws IOException {
    return String.join(
        " ", NetworkInterface.networkInterfaces().map(NetworkInterface::getName).toList());
  }
}
