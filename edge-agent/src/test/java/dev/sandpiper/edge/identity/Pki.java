package dev.sandpiper.edge.identity;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.security.auth.x500.X500Principal;

/// Authorities and certificates for tests.
final class Pki {

  static final char[] PASSWORD = "for tests".toCharArray();

  private static final Duration DAY = Duration.ofDays(1);

  private final Path folder;
  final Instant now;
  final Certificates.Issuer root;

  Pki(Path folder, Instant now) throws Exception {
    this.folder = folder;
    this.now = now;
    this.root = issuer("Root", keys("P-256"));
    Files.writeString(
        folder.resolve("root.pem"),
        Pem.text("CERTIFICATE", Certificates.authority(root, days(-1, 100))));
  }

  static KeyPair keys(String kind) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(kind.equals("RSA") ? "RSA" : "EC");
    if (kind.equals("RSA")) {
      generator.initialize(2048);
    } else {
      generator.initialize(new ECGenParameterSpec("sec" + kind.replace("P-", "p") + "r1"));
    }
    return generator.generateKeyPair();
  }

  static Certificates.Issuer issuer(String name, KeyPair keys) {
    return new Certificates.Issuer(
        new X500Principal("CN=" + name), keys.getPublic(), keys.getPrivate());
  }

  Certificates.Validity days(int from, int until) {
    return new Certificates.Validity(
        now.plus(DAY.multipliedBy(from)), now.plus(DAY.multipliedBy(until)));
  }

  Path rootCertificate() {
    return folder.resolve("root.pem");
  }

  /// A device's files, its key as PKCS #8 of the JDK's own writing.
  IdentityFiles device(String name, KeyPair keys, Certificates.Validity validity) throws Exception {
    return device(name, keys, validity, root);
  }

  IdentityFiles device(
      String name, KeyPair keys, Certificates.Validity validity, Certificates.Issuer issuer)
      throws Exception {
    Path key = folder.resolve(name + ".key");
    Path certificate = folder.resolve(name + ".pem");
    Files.writeString(key, Pem.text("PRIVATE KEY", keys.getPrivate().getEncoded()));
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    byte[] der =
        Certificates.device(
            issuer,
            new Certificates.Subject(new X500Principal("CN=" + name), keys.getPublic()),
            validity);
    Files.writeString(certificate, "Some words before\n" + Pem.text("CERTIFICATE", der));
    return new IdentityFiles(certificate, key, Optional.empty());
  }

  /// An authority below the root.
  Path intermediate(Certificates.Issuer intermediate) throws Exception {
    byte[] der =
        Certificates.certificate(
            root,
            new Certificates.Subject(intermediate.name(), intermediate.key()),
            days(-1, 50),
            Certificates.authorityExtensions(intermediate.key()));
    return Files.writeString(folder.resolve("intermediate.pem"), Pem.text("CERTIFICATE", der));
  }

  /// A key store with a certificate for 127.0.0.1 that signs itself, made by keytool.
  static KeyStore server(Path folder) throws Exception {
    Path file = folder.resolve("server.p12");
    run(
        folder,
        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
        "-genkeypair",
        "-alias",
        "server",
        "-keyalg",
        "EC",
        "-groupname",
        "secp256r1",
        "-dname",
        "CN=loopback",
        "-ext",
        "san=ip:127.0.0.1",
        "-startdate",
        "-2d",
        "-validity",
        "10",
        "-keystore",
        file.toString(),
        "-storepass",
        new String(PASSWORD));
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD);
    }
    return store;
  }

  /// What the program prints.
  static String run(Path folder, String... command) throws IOException, InterruptedException {
    Path output = Files.createTempFile(folder, "output", ".txt");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    if (!process.waitFor(100, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException("no end: " + String.join(" ", command));
    }
    String text = Files.readString(output);
    if (process.exitValue() != 0) {
      throw new IOException(String.join(" ", command) + ": " + text);
    }
    return text;
  }
}
