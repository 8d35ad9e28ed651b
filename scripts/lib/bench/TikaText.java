import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.parser.AutoDetectParser;
import org.apache.tika.sax.BodyContentHandler;

/// Tika's text of the same files: `TikaText WARM FOLDER THREADS`. Prints milliseconds as InProcess does.
public final class TikaText {

  private static final AutoDetectParser PARSER = new AutoDetectParser();

  public static void main(String[] args) throws Exception {
    int threads = Integer.parseInt(args[2]);
    parse(args[0], threads);
    long start = System.nanoTime();
    parse(args[1], threads);
    System.out.println((System.nanoTime() - start) / 1_000_000);
  }

  private static void parse(String folder, int threads) throws Exception {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(Path.of(folder))) {
      files = walk.filter(Files::isRegularFile).toList();
    }
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      List<Future<?>> parses = files.stream().<Future<?>>map(file -> pool.submit(() -> text(file))).toList();
      for (Future<?> parse : parses) {
        parse.get();
      }
    }
  }

  private static String text(Path file) throws Exception {
    try (InputStream in = Files.newInputStream(file)) {
      BodyContentHandler handler = new BodyContentHandler(-1);
      PARSER.parse(in, handler, new Metadata());
      return handler.toString();
    }
  }
}
