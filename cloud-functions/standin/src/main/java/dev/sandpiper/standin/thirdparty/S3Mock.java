package dev.sandpiper.standin.thirdparty;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/// Adobe's S3Mock: S3 with checksums, on files. It is reached by HTTPS on loopback only, with a
/// certificate of its own, which a caller trusts by [#jvmFlags] or [#trustManagers].
public final class S3Mock implements AutoCloseable {

  /// The region it says it is in.
  public static final String REGION = "us-east-1";

  private static final Pattern ANNOUNCEMENT = Pattern.compile("^endpoint=(\\S+)$");
  private static final String PASSWORD = "changeit";
  private static final long KEYTOOL_SECONDS = 60;

  private final ChildServer server;
  private final Path folder;

  private S3Mock(ChildServer server, Path folder) {
    this.server = server;
    this.folder = folder;
  }

  /// Starts it with empty `buckets`.
  public static S3Mock start(List<String> buckets) throws IOException, InterruptedException {
    Path programs = Programs.folder();
    Path folder = Files.createTempDirectory("sandpiper-s3mock-");
    try {
      Path keys = folder.resolve("s3mock.p12");
      makeKey(keys);
      return new S3Mock(
          new ChildServer("s3mock", command(programs, folder, keys, buckets), ANNOUNCEMENT),
          folder);
    } catch (IOException | InterruptedException | RuntimeException e) {
      delete(folder);
      throw e;
    }
  }

  /// `https://127.0.0.1:port`.
  public URI endpoint() {
    return server.endpoint();
  }

  /// A PKCS#12 file with its certificate.
  public Path trustStore() {
    return folder.resolve("s3mock.p12");
  }

  /// What opens [#trustStore].
  public String trustStorePassword() {
    return PASSWORD;
  }

  /// Flags of a JVM that shall trust it, and nobody else.
  public List<String> jvmFlags() {
    return List.of(
        "-Djavax.net.ssl.trustStore=" + trustStore(),
        "-Djavax.net.ssl.trustStorePassword=" + PASSWORD,
        "-Djavax.net.ssl.trustStoreType=PKCS12");
  }

  /// For a client in this JVM.
  public TrustManager[] trustManagers() throws IOException {
    try (InputStream in = Files.newInputStream(trustStore())) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, PASSWORD.toCharArray());
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      return factory.getTrustManagers();
    } catch (GeneralSecurityException e) {
      throw new IOException("cannot read " + trustStore(), e);
    }
  }

  /// For a client in this JVM.
  public SSLContext sslContext() throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("cannot make a TLS context", e);
    }
  }

  /// Of its process.
  public long pid() {
    return server.pid();
  }

  private static List<String> command(Path programs, Path folder, Path keys, List<String> buckets) {
    List<String> command = new ArrayList<>(ChildServer.java(programs.resolve("lib/s3mock.jar")));
    command.addAll(
        1,
        List.of(
            "-Dloader.path=" + programs.resolve("classes"),
            "-Dloader.main=dev.sandpiper.thirdparty.S3MockMain",
            "-Djava.io.tmpdir=" + folder));
    String own = "--com.adobe.testing.s3mock.";
    command.addAll(
        List.of(
            "org.springframework.boot.loader.launch.PropertiesLauncher",
            "--server.ssl.key-store=" + keys,
            "--server.ssl.key-store-password=" + PASSWORD,
            "--server.ssl.key-password=" + PASSWORD,
            "--server.ssl.key-alias=s3mock",
            own + "store.initialBuckets=" + String.join(",", buckets),
            own + "store.root=" + folder.resolve("store")));
    return command;
  }

  private static void makeKey(Path file) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home", ""), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "s3mock",
                "-keyalg",
                "EC",
                "-validity",
                "30",
                "-dname",
                "CN=s3mock",
                "-ext",
                "SAN=IP:127.0.0.1,DNS:localhost",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!process.waitFor(KEYTOOL_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IOException("keytool made no certificate in " + file);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  /// Ends it and removes its files.
  @Override
  public void close() throws IOException {
    server.close();
    delete(folder);
  }
}
