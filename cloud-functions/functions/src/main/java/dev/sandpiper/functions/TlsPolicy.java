package dev.sandpiper.functions;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Security;
import java.util.Properties;

/// Puts the JDK's list of refused TLS algorithms back: loading the Lambda runtime client replaces
/// it with an old one that lets TLS 1.0 and 1.1 in again.
final class TlsPolicy {

  static final String PROPERTY = "jdk.tls.disabledAlgorithms";

  /// For a JDK whose file cannot be read: what JDK 25 ships.
  private static final String STRICT =
      "SSLv3, TLSv1, TLSv1.1, DTLSv1.0, RC4, DES, MD5withRSA, DH keySize < 1024, EC keySize < 224,"
          + " 3DES_EDE_CBC, anon, NULL, ECDH, TLS_RSA_*";

  private TlsPolicy() {}

  static void restore() {
    Security.setProperty(PROPERTY, shipped(Path.of(System.getProperty("java.home"))));
  }

  /// The value in the JDK's own configuration.
  static String shipped(Path javaHome) {
    Properties security = new Properties();
    try (Reader file = Files.newBufferedReader(javaHome.resolve("conf/security/java.security"))) {
      security.load(file);
    } catch (IOException e) {
      return STRICT;
    }
    return security.getProperty(PROPERTY, STRICT);
  }
}
