import com.amazonaws.services.lambda.runtime.Context;
import com.sun.management.OperatingSystemMXBean;
import dev.sandpiper.contract.DocumentRef;
import dev.sandpiper.contract.Limits;
import dev.sandpiper.contract.Output;
import dev.sandpiper.contract.ParseRequest;
import dev.sandpiper.contract.RequestJson;
import dev.sandpiper.contract.ResultTarget;
import dev.sandpiper.contract.Source;
import dev.sandpiper.contract.SplitPolicy;
import dev.sandpiper.functions.ParseHandler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/// The function package in one process, without agent, queue or sandbox: `InProcess WARM FOLDER THREADS`. The folders
/// are relative to SANDPIPER_IN.
/// Prints the milliseconds of wall and of CPU time for FOLDER after WARM has been parsed.
public final class InProcess {

  private static final Context CONTEXT =
      (Context)
          Proxy.newProxyInstance(
              InProcess.class.getClassLoader(),
              new Class<?>[] {Context.class},
              (_, method, _) -> method.getReturnType() == int.class ? (Object) 300_000 : null);

  private final ParseHandler handler = new ParseHandler();

  public static void main(String[] args) throws Exception {
    InProcess process = new InProcess();
    int threads = Integer.parseInt(args[2]);
    process.parse(args[0], threads);
    long start = System.nanoTime();
    long cpu = cpuNanos();
    process.parse(args[1], threads);
    System.out.println((System.nanoTime() - start) / 1_000_000 + " " + (cpuNanos() - cpu) / 1_000_000);
  }

  private static long cpuNanos() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  private void parse(String folder, int threads) throws Exception {
    Path in = Path.of(System.getenv("SANDPIPER_IN"));
    List<Path> files;
    try (Stream<Path> walk = Files.walk(in.resolve(folder))) {
      files = walk.filter(Files::isRegularFile).sorted().toList();
    }
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      List<Future<?>> parses = files.stream().<Future<?>>map(f -> pool.submit(() -> parse(in, f))).toList();
      for (Future<?> parse : parses) {
        parse.get();
      }
    }
  }

  private Void parse(Path in, Path file) throws Exception {
    String sha256 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    DocumentRef document =
        new DocumentRef(file.getFileName().toString(), sha256, Files.size(file), null, new Source.File(in.relativize(file).toString()));
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    RequestJson.write(
        new ParseRequest(
            sha256, document, null, EnumSet.of(Output.MARKDOWN, Output.BLOCKS, Output.CHUNKS), Limits.DEFAULT, SplitPolicy.NONE,
            new ResultTarget.File(sha256 + ".json")),
        request);
    ByteArrayOutputStream reply = new ByteArrayOutputStream();
    handler.handleRequest(new ByteArrayInputStream(request.toByteArray()), reply, CONTEXT);
    String text = reply.toString(StandardCharsets.UTF_8);
    if (!text.contains("\"type\":\"parsed\"")) {
      throw new IllegalStateException(file + ": " + text);
    }
    return null;
  }
}
