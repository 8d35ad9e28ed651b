package dev.sandpiper.edge.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.sandpiper.edge.identity.IdentityException.Kind;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A server that, like AWS IoT's, knows who calls by the TLS handshake alone.
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class IotCredentialsTest {

  @TempDir static Path shared;
  private static KeyStore store;

  @TempDir Path folder;
  private Pki pki;
  private HttpsServer server;

  @BeforeAll
  static void makeServerCertificate() throws Exception {
    store = Pki.server(shared);
  }

  @BeforeEach
  void start() throws Exception {
    pki = new Pki(folder, Instant.now());
    KeyStore devices = KeyStore.getInstance("PKCS12");
    devices.load(null, null);
    devices.setCertificateEntry(
        "root", DeviceIdentity.certificates(pki.rootCertificate()).getFirst());
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(devices);
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store, Pki.PASSWORD);
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(
        new HttpsConfigurator(tls) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters ssl = getSSLContext().getDefaultSSLParameters();
            ssl.setNeedClientAuth(true);
            parameters.setSSLParameters(ssl);
          }
        });
    server.createContext(
        "/",
        exchange -> {
          X509Certificate caller =
              (X509Certificate) ((HttpsExchange) exchange).getSSLSession().getPeerCertificates()[0];
          String thing = exchange.getRequestHeaders().getFirst("x-amzn-iot-thingname");
          boolean known = caller.getSubjectX500Principal().getName().equals("CN=" + thing);
          boolean alias =
              exchange.getRequestURI().getPath().equals("/role-aliases/devices/credentials");
          String text =
              !alias
                  ? "{\"message\":\"Role alias does not exist\"}"
                  : known
                      ? "{\"credentials\":{\"accessKeyId\":\"ASIAIOT\",\"secretAccessKey\":\"s\",\"sessionToken\":\"t\",\"expiration\":\"2031-02-03T04:05:06Z\"}}"
                      : "{\"message\":\"Invalid thing name passed\"}";
          byte[] body = text.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(!alias ? 404 : known ? 200 : 403, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private IotCredentials source(IdentityFiles files, String alias, String thing) {
    return new IotCredentials(
        files,
        new IotCredentials.Names(
            "example.credentials.iot.eu-central-1.amazonaws.com", alias, thing),
        new Door(
            Optional.of(URI.create("https://127.0.0.1:" + server.getAddress().getPort())),
            Optional.of(store),
            Duration.ofSeconds(10),
            Duration.ofSeconds(20)),
        InstantSource.system());
  }

  private static IdentityException failure(CredentialSource source) {
    return catchThrowableOfType(IdentityException.class, source::fetch);
  }

  @ParameterizedTest
  @ValueSource(strings = {"P-256", "RSA"})
  void theHandshakeShowsWhoCalls(String kind) throws Exception {
    IdentityFiles files = pki.device("edge", Pki.keys(kind), pki.days(-1, 10));
    SessionCredentials credentials = source(files, "devices", "edge").fetch();
    assertThat(credentials.accessKeyId()).isEqualTo("ASIAIOT");
    assertThat(credentials.expiresAt()).isEqualTo("2031-02-03T04:05:06Z");
  }

  @Test
  void anotherThingAndAnUnknownAliasAreTold() throws Exception {
    IdentityFiles files = pki.device("edge", Pki.keys("P-256"), pki.days(-1, 10));
    IdentityException e = failure(source(files, "devices", "other"));
    assertThat(e.kind()).isEqualTo(Kind.DENIED);
    assertThat(e)
        .hasMessage(
            "AWS IoT gives CN=edge no credentials for the role alias devices (\"Invalid thing name passed\"); check that the certificate is active and attached to the thing other, that its policy allows iot:AssumeRoleWithCertificate on the alias, and that the role trusts credentials.iot.amazonaws.com");
    e = failure(source(files, "none", "edge"));
    assertThat(e.kind()).isEqualTo(Kind.UNKNOWN_NAME);
    assertThat(e)
        .hasMessageStartingWith(
            "AWS IoT at example.credentials.iot.eu-central-1.amazonaws.com does not know the role alias none");
  }

  @Test
  void aStrangersCertificateEndsTheHandshake() throws Exception {
    IdentityFiles files =
        pki.device(
            "edge", Pki.keys("P-256"), pki.days(-1, 10), Pki.issuer("Stranger", Pki.keys("P-256")));
    IdentityException e = failure(source(files, "devices", "edge"));
    // An alert, or a connection that ends: that is the server's choice.
    assertThat(e.kind()).isIn(Kind.DENIED, Kind.NETWORK);
    assertThat(e).hasMessageContaining("does not take this machine's certificate");
  }

  @Test
  void anExpiredCertificateIsNotShown() throws Exception {
    IdentityFiles files = pki.device("edge", Pki.keys("P-256"), pki.days(-9, -2));
    assertThat(failure(source(files, "devices", "edge")).kind()).isEqualTo(Kind.EXPIRED);
  }

  @Test
  void namesThatWouldChangeTheAddressAreRefused() {
    for (String[] names :
        new String[][] {
          {"host/evil?", "devices", "edge"},
          {"host", "../x", "edge"},
          {"host", "devices", "a\r\nb: c"}
        }) {
      assertThat(
              catchThrowableOfType(
                      IdentityException.class,
                      () -> new IotCredentials.Names(names[0], names[1], names[2]))
                  .kind())
          .isEqualTo(Kind.UNKNOWN_NAME);
    }
  }
}
