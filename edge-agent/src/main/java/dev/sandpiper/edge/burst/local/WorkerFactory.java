package dev.sandpiper.edge.burst.local;

import dev.sandpiper.edge.journal.Journal;
import io.netty.channel.Channel;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Starts worker processes. Used by one thread, which lives as long as the agent: the kernel ends a
/// sandbox when the thread that started it ends.
final class WorkerFactory implements AutoCloseable {

  /// Where sockets are, in a folder of each agent's own.
  static final Path SOCKETS = Path.of(System.getProperty("java.io.tmpdir", "/tmp"));

  static final String SOCKETS_PREFIX = "sandpiper-api-";

  private final LocalOptions options;
  private final Sandbox sandbox;
  private final FunctionImage image;
  private final Path home;
  private final Journal journal;
  private final Path sockets;
  private final SecureRandom random = new SecureRandom();
  private final ApiServer server = new ApiServer();
  private int loopbackPort;
  private int started;

  /// @param home folder of this agent's workers, private and short-lived
  WorkerFactory(
      LocalOptions options, Sandbox sandbox, FunctionImage image, Path home, Journal journal)
      throws IOException {
    this.options = options;
    this.sandbox = sandbox;
    this.image = image;
    this.home = home;
    this.journal = journal;
    // Socket paths are limited to some 100 bytes, which a state folder may exceed.
    this.sockets = Leftovers.create(SOCKETS, SOCKETS_PREFIX);
  }

  /// Starts a worker; it is ready when its session says so.
  ///
  /// @param aot what to do with an AOT cache; `null` for nothing
  Worker start(@Nullable AotUse aot) throws IOException {
    String name = "local-" + ++started;
    byte[] token = new byte[24];
    random.nextBytes(token);
    String secret = HexFormat.of().formatHex(token);
    ApiSession session = new ApiSession();
    List<Closeable> releases = new ArrayList<>();
    Exchange exchange = Exchange.create(home.resolve(name), confinement(aot).readOnlyDocuments());
    releases.add(exchange::delete);
    server.register(secret, session);
    releases.add(() -> server.unregister(secret));
    try {
      Launch launch = launch(exchange, secret, releases, aot);
      ProcessBuilder builder =
          new ProcessBuilder(command(launch))
              .directory(image.folder().toFile())
              .redirectErrorStream(true);
      builder.environment().clear();
      builder.environment().putAll(launch.environment());
      return new Worker(
          name, builder.start(), session, exchange, new Worker.Releases(releases, journal));
    } catch (IOException | RuntimeException e) {
      for (Closeable release : releases) {
        release.close();
      }
      throw e;
    }
  }

  private List<String> command(Launch launch) throws IOException {
    AotUse aot = launch.aot();
    List<String> command = confinement(aot).wrap(launch, launch.command());
    if (aot == null || !aot.training()) {
      return command;
    }
    // A document that comes while a cache is made goes first.
    List<String> nice = new ArrayList<>(List.of("nice", "-n", "19"));
    nice.addAll(command);
    return nice;
  }

  /// Training parses nothing but its own samples, and must write its file.
  private Sandbox confinement(@Nullable AotUse aot) {
    return aot != null && aot.training() ? new Sandbox.None() : sandbox;
  }

  private Launch launch(
      Exchange exchange, String secret, List<Closeable> releases, @Nullable AotUse aot) {
    if (!confinement(aot).ownNetwork()) {
      if (loopbackPort == 0) {
        loopbackPort = server.listenOnLoopback();
      }
      String endpoint = "127.0.0.1:" + loopbackPort + "/" + secret;
      return new Launch(options, image, exchange, endpoint, null, aot);
    }
    Path socket = sockets.resolve(secret.substring(0, 12));
    Channel channel = server.listenOn(socket);
    releases.add(() -> {
      channel.close().awaitUninterruptibly();
      Files.deleteIfExists(socket);
    });
    String endpoint = "127.0.0.1:" + Launch.BRIDGE_PORT + "/" + secret;
    return new Launch(options, image, exchange, endpoint, socket, aot);
  }

  @Override
  public void close() throws IOException {
    server.close();
    Folders.delete(sockets);
  }
}
