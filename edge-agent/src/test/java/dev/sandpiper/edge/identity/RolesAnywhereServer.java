package dev.sandpiper.edge.identity;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// Stands for IAM Roles Anywhere: reads the documentation's way what it is sent, byte by byte, and
/// believes nothing. Shares no code with what it checks.
final class RolesAnywhereServer implements AutoCloseable {

  static final String ANCHOR =
      "arn:aws:rolesanywhere:eu-central-1:123456789012:trust-anchor/0b1c2d3e-0000-4000-8000-000000000001";
  static final String PROFILE =
      "arn:aws:rolesanywhere:eu-central-1:123456789012:profile/0b1c2d3e-0000-4000-8000-000000000002";
  static final String ROLE = "arn:aws:iam::123456789012:role/devices/sandpiper-edge+x=1";

  record Reply(int status, String type, String body) {
    static Reply error(int status, String type, String message) {
      return new Reply(status, type, "{\"message\":\"" + message + "\"}");
    }
  }

  private final HttpsServer server;
  private final X509Certificate trusted;
  private final ConcurrentLinkedQueue<Reply> scripted = new ConcurrentLinkedQueue<>();
  final List<X509Certificate> seen = new ArrayList<>();

  RolesAnywhereServer(KeyStore store, Path trusted) throws Exception {
    this.trusted = certificate(Files.readAllBytes(trusted));
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store, Pki.PASSWORD);
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(keys.getKeyManagers(), null, null);
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    server.createContext("/", this::answer);
    server.start();
  }

  URI address() {
    return URI.create("https://127.0.0.1:" + server.getAddress().getPort());
  }

  /// The next request is answered so, whatever it is.
  void next(Reply reply) {
    scripted.add(reply);
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    Reply reply = scripted.poll();
    if (reply == null) {
      try {
        reply = judge(exchange, body);
      } catch (Exception e) {
        reply = Reply.error(400, "ValidationException", "cannot be read: " + e);
      }
    }
    byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    if (!reply.type().isEmpty()) {
      exchange.getResponseHeaders().set("x-amzn-ErrorType", reply.type());
    }
    exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private Reply judge(HttpExchange exchange, byte[] body) throws Exception {
    X509Certificate leaf = certificate(Base64.getDecoder().decode(header(exchange, "X-Amz-X509")));
    String[] words = header(exchange, "Authorization").split(" ", 2);
    String algorithm = words[0];
    String credential = "";
    String signed = "";
    String signature = "";
    for (String part : words[1].split(",", -1)) {
      int equals = part.indexOf('=');
      String value = part.substring(equals + 1);
      switch (part.substring(0, equals).strip()) {
        case "Credential" -> credential = value;
        case "SignedHeaders" -> signed = value;
        case "Signature" -> signature = value;
        default -> throw new IOException("odd part " + part);
      }
    }
    String date = header(exchange, "X-Amz-Date");
    Set<String> needed = Set.of("content-type", "host", "x-amz-date", "x-amz-x509");
    if (!Arrays.asList(signed.split(";")).containsAll(needed)) {
      return Reply.error(403, "AccessDeniedException", "Missing signed header");
    }
    String scope = credential.substring(credential.indexOf('/') + 1);
    if (!credential.startsWith(leaf.getSerialNumber().toString(10) + "/")
        || !scope.equals(date.substring(0, 8) + "/eu-central-1/rolesanywhere/aws4_request")) {
      return Reply.error(403, "AccessDeniedException", "Credential does not match certificate");
    }
    boolean elliptic = leaf.getPublicKey().getAlgorithm().equals("EC");
    if (!algorithm.equals("AWS4-X509-" + (elliptic ? "ECDSA" : "RSA") + "-SHA256")) {
      return Reply.error(403, "AccessDeniedException", "Wrong algorithm");
    }
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    byte[] hash = digest.digest(canonical(exchange, signed, body));
    StringBuilder toSign = new StringBuilder(algorithm).append((char) 10).append(date);
    toSign.append((char) 10).append(scope).append((char) 10);
    toSign.append("%064x".formatted(new BigInteger(1, hash)));
    Signature verifier = Signature.getInstance(elliptic ? "SHA256withECDSA" : "SHA256withRSA");
    verifier.initVerify(leaf);
    verifier.update(toSign.toString().getBytes(StandardCharsets.UTF_8));
    byte[] bytes = new byte[signature.length() / 2];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) Integer.parseInt(signature, 2 * i, 2 * i + 2, 16);
    }
    if (!verifier.verify(bytes)) {
      return Reply.error(403, "AccessDeniedException", "The request signature does not match");
    }
    return allow(exchange, leaf, date, body);
  }

  private Reply allow(HttpExchange exchange, X509Certificate leaf, String date, byte[] body)
      throws Exception {
    String iso = date.replaceFirst("(....)(..)(..)T(..)(..)(..)Z", "$1-$2-$3T$4:$5:$6Z");
    Duration off = Duration.between(Instant.parse(iso), Instant.now()).abs();
    if (off.compareTo(Duration.ofMinutes(5)) > 0) {
      return Reply.error(403, "AccessDeniedException", "Signature expired");
    }
    if (!chains(exchange, leaf)) {
      return Reply.error(403, "AccessDeniedException", "Untrusted signing certificate");
    }
    boolean[] usage = leaf.getKeyUsage();
    if (leaf.getVersion() != 3 || leaf.getBasicConstraints() >= 0 || !usage[0] || usage[5]) {
      return Reply.error(403, "AccessDeniedException", "Insufficient certificate");
    }
    if (!new String(body, StandardCharsets.UTF_8).equals("{\"durationSeconds\":3600}")) {
      return Reply.error(400, "ValidationException", "odd body");
    }
    List<String> asked = Arrays.asList(exchange.getRequestURI().getQuery().split("&"));
    if (!asked.contains("trustAnchorArn=" + ANCHOR) || !asked.contains("profileArn=" + PROFILE)) {
      return Reply.error(404, "ResourceNotFoundException", "Not found");
    }
    if (!asked.contains("roleArn=" + ROLE)) {
      return Reply.error(403, "AccessDeniedException", "Unable to assume role");
    }
    seen.add(leaf);
    return new Reply(
        201,
        "",
        """
        {"credentialSet":[{"assumedRoleUser":{"arn":"a","assumedRoleId":"b"},
        "credentials":{"accessKeyId":"ASIAEXAMPLE","expiration":"2031-02-03T04:05:06Z",
        "secretAccessKey":"very secret","sessionToken":"a token"},
        "packedPolicySize":10,"roleArn":"r","sourceIdentity":"s"}],"subjectArn":"x"}
        """);
  }

  /// Built from what came over the wire, in the order in which the sender says it signed.
  private static byte[] canonical(HttpExchange exchange, String signed, byte[] body)
      throws Exception {
    StringBuilder text = new StringBuilder();
    text.append(exchange.getRequestMethod()).append('\n');
    text.append(exchange.getRequestURI().getRawPath()).append('\n');
    String[] query = exchange.getRequestURI().getRawQuery().split("&");
    Arrays.sort(query);
    text.append(String.join("&", query)).append('\n');
    String[] names = signed.split(";");
    String[] sorted = names.clone();
    Arrays.sort(sorted);
    if (!Arrays.equals(names, sorted)) {
      throw new IOException("signed headers are not sorted");
    }
    for (String name : names) {
      if (!name.equals(name.toLowerCase(Locale.ROOT))) {
        throw new IOException("signed header in capitals");
      }
      text.append(name).append(':').append(header(exchange, name).strip()).append('\n');
    }
    text.append('\n').append(signed).append('\n');
    for (byte b : MessageDigest.getInstance("SHA-256").digest(body)) {
      text.append(Character.forDigit(b >> 4 & 15, 16)).append(Character.forDigit(b & 15, 16));
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private boolean chains(HttpExchange exchange, X509Certificate leaf) throws Exception {
    List<X509Certificate> path = new ArrayList<>(List.of(leaf));
    String chain = exchange.getRequestHeaders().getFirst("X-Amz-X509-Chain");
    if (chain != null) {
      for (String one : chain.split(",", -1)) {
        path.add(certificate(Base64.getDecoder().decode(one)));
      }
    }
    PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(trusted, null)));
    parameters.setRevocationEnabled(false);
    try {
      CertPathValidator.getInstance("PKIX")
          .validate(CertificateFactory.getInstance("X.509").generateCertPath(path), parameters);
      return true;
    } catch (CertPathValidatorException _) {
      return false;
    }
  }

  private static String header(HttpExchange exchange, String name) throws IOException {
    List<String> values = exchange.getRequestHeaders().get(name);
    if (values == null || values.size() != 1) {
      throw new IOException(name + " must be there once");
    }
    return values.getFirst();
  }

  private static X509Certificate certificate(byte[] bytes) throws Exception {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(bytes));
  }
}
