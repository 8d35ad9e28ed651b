package dev.sandpiper.edge.net;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// An authority and the servers it vouches for, made by the JDK's keytool.
final class TestTls {

  static final char[] PASSWORD = "for tests".toCharArray();

  private final Path folder;

  TestTls(Path folder) throws Exception {
    this.folder = folder;
    keytool(
        "authority.p12",
        "-genkeypair",
        "-alias",
        "authority",
        "-keyalg",
        "EC",
        "-groupname",
        "secp256r1",
        "-dname",
        "CN=Test authority",
        "-ext",
        "bc:c",
        "-startdate",
        "-40d",
        "-validity",
        "100");
    keytool("authority.p12", "-exportcert", "-alias", "authority", "-file", "authority.crt");
  }

  /// Trusts the authority and nobody else.
  KeyStore trusted() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    try (InputStream in = Files.newInputStream(folder.resolve("authority.crt"))) {
      store.setCertificateEntry(
          "authority", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    return store;
  }

  /// @param san whom the certificate is for, such as `ip:127.0.0.1`
  /// @param start since when it is valid, for ten days
  KeyStore server(String san, String start) throws Exception {
    String file = "server" + start + san.replace(':', '-') + ".p12";
    if (!Files.exists(folder.resolve(file))) {
      make(file, san, start);
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(folder.resolve(file))) {
      store.load(in, PASSWORD);
    }
    return store;
  }

  private void make(String file, String san, String start) throws Exception {
    keytool(
        file,
        "-genkeypair",
        "-alias",
        "server",
        "-keyalg",
        "EC",
        "-groupname",
        "secp256r1",
        "-dname",
        "CN=Test server");
    keytool(file, "-certreq", "-alias", "server", "-file", "server.csr");
    keytool(
        "authority.p12",
        "-gencert",
        "-alias",
        "authority",
        "-ext",
        "san=" + san,
        "-startdate",
        start,
        "-validity",
        "10",
        "-infile",
        "server.csr",
        "-outfile",
        "server.crt");
    keytool(file, "-importcert", "-noprompt", "-alias", "authority", "-file", "authority.crt");
    keytool(file, "-importcert", "-noprompt", "-alias", "server", "-file", "server.crt");
  }

  private void keytool(String store, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    Collections.addAll(command, arguments);
    Collections.addAll(command, "-keystore", store, "-storepass", new String(PASSWORD));
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.txt").toFile())
            .start();
    if (process.waitFor() != 0) {
      throw new IOException(Files.readString(folder.resolve("keytool.txt")));
    }
  }
}
