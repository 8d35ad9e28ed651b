package dev.sandpiper.edge.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sandpiper.edge.identity.IdentityException.Kind;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
class RolesAnywhereTest {

  private static final RolesAnywhere.Names NAMES =
      new RolesAnywhere.Names(
          RolesAnywhereServer.ANCHOR, RolesAnywhereServer.PROFILE, RolesAnywhereServer.ROLE);

  @TempDir static Path shared;
  private static KeyStore store;

  @TempDir Path folder;
  private Pki pki;
  private RolesAnywhereServer server;

  @BeforeAll
  static void makeServerCertificate() throws Exception {
    store = Pki.server(shared);
  }

  @BeforeEach
  void start() throws Exception {
    pki = new Pki(folder, Instant.now());
    server = new RolesAnywhereServer(store, pki.rootCertificate());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Door door() {
    return new Door(
        Optional.of(server.address()),
        Optional.of(store),
        Duration.ofSeconds(10),
        Duration.ofSeconds(20));
  }

  private RolesAnywhere source(IdentityFiles files) {
    return new RolesAnywhere(files, NAMES, door(), InstantSource.system());
  }

  private IdentityFiles device() throws Exception {
    return pki.device("edge", Pki.keys("P-256"), pki.days(-1, 10));
  }

  private static IdentityException failure(CredentialSource source) {
    return catchThrowableOfType(IdentityException.class, source::fetch);
  }

  @ParameterizedTest
  @ValueSource(strings = {"P-256", "P-384", "RSA"})
  void aCertificateOfEachKindIsExchangedForCredentials(String kind) throws Exception {
    IdentityFiles files = pki.device("edge", Pki.keys(kind), pki.days(-1, 10));
    SessionCredentials credentials = source(files).fetch();
    assertThat(credentials.accessKeyId()).isEqualTo("ASIAEXAMPLE");
    assertThat(credentials.secretAccessKey()).isEqualTo("very secret");
    assertThat(credentials.sessionToken()).isEqualTo("a token");
    assertThat(credentials.expiresAt()).isEqualTo("2031-02-03T04:05:06Z");
    assertThat(credentials)
        .hasToString("SessionCredentials[ASIAEXAMPLE, ***, until 2031-02-03T04:05:06Z]");
    assertThat(server.seen).hasSize(1);
  }

  @Test
  void aChainLeadsToTheAnchor() throws Exception {
    Certificates.Issuer intermediate = Pki.issuer("Between", Pki.keys("P-384"));
    IdentityFiles alone = pki.device("edge", Pki.keys("P-256"), pki.days(-1, 10), intermediate);
    assertThat(failure(source(alone)).kind()).isEqualTo(Kind.UNKNOWN_NAME);
    Path chain = pki.intermediate(intermediate);
    IdentityFiles files =
        new IdentityFiles(alone.certificate(), alone.privateKey(), Optional.of(chain));
    assertThat(source(files).fetch().accessKeyId()).isEqualTo("ASIAEXAMPLE");
    Files.writeString(
        alone.certificate(), Files.readString(alone.certificate()) + Files.readString(chain));
    assertThat(source(alone).fetch().accessKeyId()).isEqualTo("ASIAEXAMPLE");
  }

  @ParameterizedTest
  @ValueSource(ints = {-12, 12})
  void aWrongClockIsToldInMinutes(int minutes) throws Exception {
    InstantSource wrong = () -> Instant.now().plus(Duration.ofMinutes(minutes));
    IdentityException e = failure(new RolesAnywhere(device(), NAMES, door(), wrong));
    assertThat(e.kind()).isEqualTo(Kind.CLOCK);
    assertThat(e)
        .hasMessage(
            "the clock of this machine is 12 minutes "
                + (minutes < 0 ? "behind" : "ahead of")
                + " AWS's, and AWS takes no signature that is more than 5 minutes off; set the clock: timedatectl set-ntp true");
  }

  @Test
  void aClockThatIsLittleOffIsNoReason() throws Exception {
    InstantSource wrong = () -> Instant.now().plus(Duration.ofMinutes(4));
    assertThat(new RolesAnywhere(device(), NAMES, door(), wrong).fetch()).isNotNull();
    server.next(RolesAnywhereServer.Reply.error(403, "AccessDeniedException", "no"));
    assertThat(failure(new RolesAnywhere(device(), NAMES, door(), wrong)).kind())
        .isEqualTo(Kind.DENIED);
  }

  @Test
  void anExpiredCertificateIsNotEvenSent() throws Exception {
    IdentityException e =
        failure(source(pki.device("edge", Pki.keys("P-256"), pki.days(-40, -10))));
    assertThat(e.kind()).isEqualTo(Kind.EXPIRED);
    assertThat(e)
        .hasMessageMatching(
            "the certificate of CN=edge expired on \\S+Z, 10 days ago by the clock of this machine; 'sandpiper cloud enroll' makes a new request for the same key: have it signed and put the certificate in place of the old one");
    assertThat(server.seen).isEmpty();
  }

  @Test
  void aCertificateOfTomorrowNamesTheClock() throws Exception {
    IdentityException e = failure(source(pki.device("edge", Pki.keys("P-256"), pki.days(1, 10))));
    assertThat(e.kind()).isEqualTo(Kind.NOT_YET_VALID);
    assertThat(e)
        .hasMessageMatching(
            "the certificate of CN=edge is valid from \\S+Z, and the clock of this machine says \\S+Z; set the clock \\(timedatectl set-ntp true\\) or wait");
  }

  @Test
  void anotherKeyIsNamed() throws Exception {
    IdentityFiles files = device();
    IdentityFiles other = pki.device("other", Pki.keys("P-256"), pki.days(-1, 10));
    for (KeyPair wrong : new KeyPair[] {Pki.keys("P-256"), Pki.keys("P-384"), Pki.keys("RSA")}) {
      Files.writeString(
          other.privateKey(), Pem.text("PRIVATE KEY", wrong.getPrivate().getEncoded()));
      IdentityException e =
          failure(
              source(new IdentityFiles(files.certificate(), other.privateKey(), Optional.empty())));
      assertThat(e.kind()).isEqualTo(Kind.KEY_MISMATCH);
      assertThat(e)
          .hasMessage(
              "the private key %s does not belong to the certificate %s; name the key the certificate was requested with, or enrol anew: sandpiper cloud enroll"
                  .formatted(other.privateKey(), files.certificate()));
    }
  }

  @Test
  void aStrangersAuthorityIsToldFromADeniedRole() throws Exception {
    Certificates.Issuer stranger = Pki.issuer("Stranger", Pki.keys("P-256"));
    IdentityException e =
        failure(source(pki.device("edge", Pki.keys("P-256"), pki.days(-1, 10), stranger)));
    assertThat(e.kind()).isEqualTo(Kind.UNKNOWN_NAME);
    assertThat(e)
        .hasMessageStartingWith(
            "the trust anchor "
                + RolesAnywhereServer.ANCHOR
                + " does not trust the certificate of CN=edge (\"Untrusted signing certificate\"), which was issued by CN=Stranger; check");
    RolesAnywhere.Names names =
        new RolesAnywhere.Names(NAMES.trustAnchor(), NAMES.profile(), NAMES.role() + "2");
    e = failure(new RolesAnywhere(device(), names, door(), InstantSource.system()));
    assertThat(e.kind()).isEqualTo(Kind.DENIED);
    assertThat(e)
        .hasMessageStartingWith(
            "CN=edge may not take the role "
                + NAMES.role()
                + "2 (\"Unable to assume role\"); check");
    names = new RolesAnywhere.Names(NAMES.trustAnchor(), NAMES.profile() + "2", NAMES.role());
    e = failure(new RolesAnywhere(device(), names, door(), InstantSource.system()));
    assertThat(e.kind()).isEqualTo(Kind.UNKNOWN_NAME);
    assertThat(e)
        .hasMessageStartingWith(
            "IAM Roles Anywhere in eu-central-1 does not know what it was asked for (\"Not found\"): trust anchor");
  }

  @Test
  void waitingAndBreakdownsPass() throws Exception {
    server.next(RolesAnywhereServer.Reply.error(429, "", "Slow down"));
    assertThat(failure(source(device())).kind()).isEqualTo(Kind.THROTTLED);
    server.next(RolesAnywhereServer.Reply.error(400, "ThrottlingException", "Rate exceeded"));
    assertThat(failure(source(device())).kind()).isEqualTo(Kind.THROTTLED);
    server.next(new RolesAnywhereServer.Reply(503, "", "<html>\u0007no JSON</html>"));
    IdentityException e = failure(source(device()));
    assertThat(e).hasMessage("IAM Roles Anywhere answered 503 (status 503); it is tried again");
    assertThat(e.kind().passing()).isTrue();
    server.next(new RolesAnywhereServer.Reply(301, "", ""));
    assertThat(failure(source(device())).kind()).isEqualTo(Kind.UNEXPECTED);
  }

  @Test
  void anAnswerWithoutCredentialsIsNone() throws Exception {
    for (String body :
        new String[] {
          "",
          "{}",
          "[[[",
          "{\"credentials\":{\"accessKeyId\":\"a\",\"expiration\":\"tomorrow\"}}",
          "{\"credentials\":{\"expiration\":\"2031-02-03T04:05:06Z\"}}",
          "{\"credentials\":[1,2]}"
        }) {
      server.next(new RolesAnywhereServer.Reply(201, "", body));
      assertThat(failure(source(device())))
          .hasMessage("IAM Roles Anywhere answered 201 without credentials; it is tried again");
    }
  }

  @Test
  void anEndlessAnswerIsCut() throws Exception {
    server.next(new RolesAnywhereServer.Reply(201, "", "x".repeat(70_000)));
    IdentityException e = failure(source(device()));
    assertThat(e.kind()).isEqualTo(Kind.NETWORK);
    assertThat(e).hasMessageContaining("cannot be reached: it sends more than 64 KB");
  }

  @Test
  void aServerNobodyVouchesForIsNotBelieved() throws Exception {
    Door door =
        new Door(
            Optional.of(server.address()),
            Optional.empty(),
            Duration.ofSeconds(10),
            Duration.ofSeconds(20));
    IdentityException e = failure(new RolesAnywhere(device(), NAMES, door, InstantSource.system()));
    assertThat(e.kind()).isEqualTo(Kind.NETWORK);
    assertThat(e).hasMessageContaining("an authority this machine does not trust");
    assertThat(server.seen).isEmpty();
  }

  @Test
  void silenceAndAClosedPortAreTheNetworks() throws Exception {
    int port;
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = silent.getLocalPort();
      IdentityException e = failure(at(port));
      assertThat(e.kind()).isEqualTo(Kind.NETWORK);
      assertThat(e)
          .hasMessage(
              "127.0.0.1:%d cannot be reached: no answer in 200 ms; check the internet connection, it is tried again"
                  .formatted(port));
    }
    assertThat(failure(at(port)).kind()).isEqualTo(Kind.NETWORK);
  }

  private RolesAnywhere at(int port) throws Exception {
    Door door =
        new Door(
            Optional.of(URI.create("https://127.0.0.1:" + port)),
            Optional.of(store),
            Duration.ofMillis(200),
            Duration.ofMillis(200));
    return new RolesAnywhere(device(), NAMES, door, InstantSource.system());
  }

  @Test
  void namesThatAreNoneAreRefusedAtOnce() {
    IdentityException e =
        catchThrowableOfType(
            IdentityException.class,
            () -> new RolesAnywhere.Names(NAMES.profile(), NAMES.profile(), NAMES.role()));
    assertThat(e)
        .hasMessage(
            "burst.aws.trust_anchor is \""
                + NAMES.profile()
                + "\", which is not such an ARN; copy it from the stack's outputs, or let scripts/deploy write it");
    assertThat(NAMES.endpoint()).hasToString("https://rolesanywhere.eu-central-1.amazonaws.com");
    assertThat(
            new RolesAnywhere.Names(
                    NAMES
                        .trustAnchor()
                        .replace("arn:aws:", "arn:aws-cn:")
                        .replace("eu-central-1", "cn-north-1"),
                    NAMES.profile(),
                    NAMES.role())
                .endpoint())
        .hasToString("https://rolesanywhere.cn-north-1.amazonaws.com.cn");
  }
}
