package dev.sandpiper.standin.lambda;

import dev.sandpiper.standin.http.LoopbackServer;
import dev.sandpiper.standin.http.Reply;
import dev.sandpiper.standin.http.Request;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Runs functions as Lambda does: their very zips under AWS's own runtime client. Processes start
/// when they are needed and stay warm until the host is closed.
public final class LambdaHost implements AutoCloseable {

  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, RuntimeSession> sessions = new ConcurrentHashMap<>();
  private final List<HostedFunction> functions = new ArrayList<>();
  private final LoopbackServer server;
  private final Path folder;
  private final RuntimeClient runtime;

  /// What every process is started with.
  ///
  /// @param jars AWS's runtime client, and the class that starts it
  record RuntimeClient(List<Path> jars, Path nativeLibrary) {

    RuntimeClient {
      jars = List.copyOf(jars);
    }
  }

  private LambdaHost(InstantSource clock) throws IOException {
    this.clock = clock;
    this.folder = Files.createTempDirectory("sandpiper-lambda-");
    try {
      List<Path> jars = new ArrayList<>(FunctionFolder.runtimeClient(besideThisModule()));
      Path library = FunctionFolder.nativeLibrary(jars, folder);
      jars.add(RuntimeClass.copyTo(folder.resolve("boot")));
      this.runtime = new RuntimeClient(jars, library);
    } catch (IOException e) {
      FunctionFolder.delete(folder);
      throw e;
    }
    this.server = LoopbackServer.start("runtime-api", this::route);
  }

  /// Opens the Runtime API; no process is started yet.
  public static LambdaHost start(InstantSource clock) throws IOException {
    return new LambdaHost(clock);
  }

  /// Unpacks a function, to be invoked until the host is closed.
  public synchronized HostedFunction deploy(FunctionSpec spec) throws IOException {
    Path home = folder.resolve("function-" + functions.size());
    Path root = FunctionFolder.unpack(spec.zip(), home.resolve("task"));
    HostedFunction function = new HostedFunction(spec, this, root, home);
    functions.add(function);
    return function;
  }

  InstantSource clock() {
    return clock;
  }

  RuntimeClient runtime() {
    return runtime;
  }

  /// Serves `session` and returns what goes into `AWS_LAMBDA_RUNTIME_API`: a path that only one
  /// process knows.
  String register(RuntimeSession session) {
    byte[] token = new byte[16];
    random.nextBytes(token);
    String secret = HexFormat.of().formatHex(token);
    sessions.put(secret, session);
    return "127.0.0.1:" + server.port() + "/" + secret;
  }

  private Reply route(Request request) throws InterruptedException {
    String path = request.path();
    int end = path.indexOf('/', 1);
    RuntimeSession session = end < 0 ? null : sessions.get(path.substring(1, end));
    return session == null ? Reply.empty(404) : session.answer(request, path.substring(end));
  }

  /// The classes of this module are in `target/classes` or a jar in `target`.
  private static Path besideThisModule() {
    try {
      return Path.of(LambdaHost.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .resolve("../ric")
          .normalize();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("a class path entry is no path", e);
    }
  }

  /// Ends every process and removes all files.
  @Override
  public void close() throws IOException {
    List<HostedFunction> all;
    synchronized (this) {
      all = List.copyOf(functions);
    }
    all.forEach(HostedFunction::close);
    server.close();
    FunctionFolder.delete(folder);
  }
}
