package dev.sandpiper.edge.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sandpiper.edge.Needed;
import dev.sandpiper.edge.health.CheckResult;
import dev.sandpiper.edge.identity.IdentityException.Kind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What is written here is read by programs that others wrote, and the other way round.
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class EnrolmentIT {

  private static final String KEYTOOL =
      Path.of(System.getProperty("java.home"), "bin", "keytool").toString();

  @TempDir Path folder;
  private Enrolment enrolment;

  @BeforeEach
  void enrol() throws Exception {
    Needed.command("OpenSSL: apt install openssl", "openssl", "version");
    enrolment = Enrolment.in(folder, "edge");
  }

  private String openssl(String... arguments) throws Exception {
    String[] command = new String[arguments.length + 1];
    command[0] = "openssl";
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    return Pki.run(folder, command);
  }

  private IdentityFiles files() {
    return new IdentityFiles(enrolment.certificate(), enrolment.privateKey(), Optional.empty());
  }

  @Test
  void opensslReadsKeyAndRequest() throws Exception {
    String request =
        openssl("req", "-in", enrolment.request().toString(), "-noout", "-verify", "-text");
    assertThat(request).contains("verify OK", "Subject: CN = edge", "prime256v1");
    assertThat(openssl("pkey", "-in", enrolment.privateKey().toString(), "-noout", "-check"))
        .contains("valid");
    assertThat(openssl("pkey", "-in", enrolment.privateKey().toString(), "-pubout"))
        .isEqualTo(openssl("req", "-in", enrolment.request().toString(), "-noout", "-pubkey"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(enrolment.privateKey())))
        .isEqualTo("rw-------");
    assertThat(enrolment.keyIsNew()).isTrue();
  }

  @Test
  void anExistingKeyIsKept() throws Exception {
    byte[] key = Files.readAllBytes(enrolment.privateKey());
    String shared = openssl("req", "-in", enrolment.request().toString(), "-noout", "-pubkey");
    Files.delete(enrolment.request());
    Enrolment again = Enrolment.in(folder, "edge");
    assertThat(again.keyIsNew()).isFalse();
    assertThat(Files.readAllBytes(again.privateKey())).isEqualTo(key);
    assertThat(openssl("req", "-in", again.request().toString(), "-noout", "-verify", "-pubkey"))
        .contains(shared);
    try (var names = Files.list(folder)) {
      assertThat(names.map(file -> file.getFileName().toString()).filter(n -> n.endsWith(".part")))
          .isEmpty();
    }
  }

  @Test
  void aForeignKeyIsUsedWhenItHoldsItsPublicKey() throws Exception {
    Path key = folder.resolve("pi.key");
    openssl(
        "genpkey",
        "-algorithm",
        "EC",
        "-pkeyopt",
        "ec_paramgen_curve:P-384",
        "-out",
        key.toString());
    Enrolment foreign = Enrolment.in(folder, "pi");
    assertThat(openssl("req", "-in", foreign.request().toString(), "-noout", "-verify", "-text"))
        .contains("verify OK", "secp384r1");
    openssl("genrsa", "-out", folder.resolve("rsa.key").toString(), "2048");
    Enrolment rsa = Enrolment.in(folder, "rsa");
    assertThat(openssl("req", "-in", rsa.request().toString(), "-noout", "-verify", "-text"))
        .contains("verify OK", "sha256WithRSAEncryption");
    Files.writeString(
        folder.resolve("bare.key"),
        Pem.text("PRIVATE KEY", Pki.keys("P-256").getPrivate().getEncoded()));
    assertThat(catchThrowableOfType(IdentityException.class, () -> Enrolment.in(folder, "bare")))
        .hasMessageContaining("does not hold its public key; move it away and run this again");
  }

  @Test
  void aCertificateOfOpensslFits() throws Exception {
    openssl(
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-subj",
        "/CN=Own authority",
        "-days",
        "3650",
        "-keyout",
        "ca.key",
        "-out",
        "ca.pem");
    Files.writeString(
        folder.resolve("device.ext"),
        "basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=clientAuth\n");
    openssl(
        "x509",
        "-req",
        "-in",
        enrolment.request().toString(),
        "-CA",
        "ca.pem",
        "-CAkey",
        "ca.key",
        "-CAcreateserial",
        "-days",
        "365",
        "-sha256",
        "-extfile",
        "device.ext",
        "-out",
        enrolment.certificate().toString());
    DeviceIdentity identity = DeviceIdentity.read(files());
    identity.requireValid(Instant.now());
    assertThat(identity.subject()).isEqualTo("CN=edge");
    assertThat(identity.daysLeft(Instant.now())).isBetween(363L, 365L);
    assertThat(IdentityCheck.rows(files(), Instant.now()))
        .allSatisfy(row -> assertThat(row.status()).isEqualTo(CheckResult.Status.OK));
  }

  @Test
  void aCertificateOfKeytoolFits() throws Exception {
    Pki.run(
        folder,
        KEYTOOL,
        "-genkeypair",
        "-alias",
        "ca",
        "-keyalg",
        "EC",
        "-groupname",
        "secp256r1",
        "-dname",
        "CN=Own authority",
        "-ext",
        "bc:c=ca:true",
        "-keystore",
        "ca.p12",
        "-storepass",
        "for tests");
    Pki.run(
        folder,
        KEYTOOL,
        "-gencert",
        "-alias",
        "ca",
        "-keystore",
        "ca.p12",
        "-storepass",
        "for tests",
        "-infile",
        enrolment.request().toString(),
        "-outfile",
        enrolment.certificate().toString(),
        "-rfc",
        "-validity",
        "20",
        "-ext",
        "ku:c=digitalSignature");
    assertThat(DeviceIdentity.read(files()).subject()).isEqualTo("CN=edge");
    assertThat(IdentityCheck.rows(files(), Instant.now()).getFirst())
        .satisfies(row -> assertThat(row.status()).isEqualTo(CheckResult.Status.WARN))
        .satisfies(row ->
            assertThat(row.detail()).contains("CN=edge, issued by CN=Own authority, 19 days left"));
  }

  @Test
  void theOwnAuthorityIsTrustedByOpenssl() throws Exception {
    Authority authority = new Authority(folder.resolve("authority"), InstantSource.system());
    assertThat(authority.make()).isTrue();
    byte[] certificate = Files.readAllBytes(authority.certificate());
    assertThat(authority.make()).isFalse();
    assertThat(Files.readAllBytes(authority.certificate())).isEqualTo(certificate);
    Path signed = authority.sign(enrolment.request(), Optional.of("edge"));
    assertThat(signed).isEqualTo(enrolment.certificate());
    assertThat(
            openssl(
                "verify",
                "-x509_strict",
                "-purpose",
                "sslclient",
                "-CAfile",
                authority.certificate().toString(),
                signed.toString()))
        .contains(": OK");
    assertThat(openssl("x509", "-in", authority.certificate().toString(), "-noout", "-text"))
        .contains("CA:TRUE, pathlen:0", "Certificate Sign, CRL Sign", "Subject Key Identifier");
    assertThat(openssl("x509", "-in", signed.toString(), "-noout", "-text"))
        .contains("CA:FALSE", "Digital Signature", "TLS Web Client Authentication")
        .doesNotContain("Certificate Sign");
    assertThat(Pki.run(folder, KEYTOOL, "-printcert", "-file", signed.toString()))
        .contains("Owner: CN=edge", "Issuer: CN=Sandpiper devices", "CA:false");
    X509Certificate device = DeviceIdentity.read(files()).certificate();
    X509Certificate own = DeviceIdentity.certificates(authority.certificate()).getFirst();
    device.verify(own.getPublicKey());
    assertThat(
            Duration.between(device.getNotBefore().toInstant(), device.getNotAfter().toInstant()))
        .isEqualTo(Duration.ofDays(365).plusHours(1));
    assertThat(Duration.between(own.getNotBefore().toInstant(), own.getNotAfter().toInstant()))
        .isEqualTo(Duration.ofDays(3_650).plusHours(1));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(authority.key())))
        .isEqualTo("rw-------");
  }

  @Test
  void theOwnAuthoritySignsRequestsOfOpenssl() throws Exception {
    Authority authority = new Authority(folder.resolve("authority"), InstantSource.system());
    assertThat(authority.make()).isTrue();
    openssl(
        "req",
        "-new",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-subj",
        "/CN=nas",
        "-keyout",
        "nas.key",
        "-out",
        "nas.csr");
    Path signed = authority.sign(folder.resolve("nas.csr"), Optional.empty());
    assertThat(
            openssl(
                "verify",
                "-x509_strict",
                "-CAfile",
                authority.certificate().toString(),
                signed.toString()))
        .contains(": OK");
    openssl("req", "-new", "-key", "nas.key", "-subj", "/CN=nas/O=House", "-out", "two.csr");
    assertThat(
            catchThrowableOfType(
                IdentityException.class,
                () -> authority.sign(folder.resolve("two.csr"), Optional.empty())))
        .hasMessageContaining("a device asks as CN=NAME and nothing more");
    assertThat(
            catchThrowableOfType(
                IdentityException.class,
                () -> authority.sign(folder.resolve("nas.csr"), Optional.of("edge"))))
        .hasMessage(
            "the request %s is for nas, not for edge; name the right request"
                .formatted(folder.resolve("nas.csr")));
  }

  @Test
  void aRequestThatWasChangedIsRefused() throws Exception {
    Authority authority = new Authority(folder.resolve("authority"), InstantSource.system());
    assertThat(authority.make()).isTrue();
    byte[] der = Pem.read(enrolment.request(), "request").getFirst().der();
    int name = new String(der, StandardCharsets.ISO_8859_1).indexOf("edge");
    der[name] = 'x';
    Path changed =
        Files.writeString(folder.resolve("changed.csr"), Pem.text("CERTIFICATE REQUEST", der));
    IdentityException e =
        catchThrowableOfType(
            IdentityException.class, () -> authority.sign(changed, Optional.empty()));
    assertThat(e.kind()).isEqualTo(Kind.KEY_MISMATCH);
    assertThat(e)
        .hasMessage(
            "the request %s is not signed by the key it is for, or was changed on the way; copy it anew"
                .formatted(changed));
  }

  @Test
  void everyFormOfAKeyIsRead() throws Exception {
    for (String curve : new String[] {"P-256", "P-384"}) {
      openssl(
          "ecparam",
          "-genkey",
          "-name",
          curve.equals("P-256") ? "prime256v1" : "secp384r1",
          "-out",
          "sec1.pem");
      assertThat(folder.resolve("sec1.pem"))
          .content()
          .contains("BEGIN EC PARAMETERS", "BEGIN EC PRIVATE KEY");
      sameKey("sec1.pem");
    }
    openssl("genrsa", "-traditional", "-out", "pkcs1.pem", "2048");
    assertThat(folder.resolve("pkcs1.pem")).content().contains("BEGIN RSA PRIVATE KEY");
    sameKey("pkcs1.pem");
    openssl("genpkey", "-algorithm", "RSA", "-aes256", "-pass", "pass:x", "-out", "encrypted.pem");
    assertThat(
            catchThrowableOfType(
                IdentityException.class,
                () -> PrivateKeyFile.read(folder.resolve("encrypted.pem"))))
        .hasMessageContaining("is encrypted, and nobody is there to type its passphrase");
    openssl("genpkey", "-algorithm", "ED25519", "-out", "ed.pem");
    assertThat(
            catchThrowableOfType(
                IdentityException.class, () -> PrivateKeyFile.read(folder.resolve("ed.pem"))))
        .hasMessageContaining("it is neither an EC key of a known curve nor an RSA key");
  }

  private void sameKey(String name) throws Exception {
    openssl("pkcs8", "-topk8", "-nocrypt", "-in", name, "-out", "pkcs8.pem");
    PrivateKey read = PrivateKeyFile.read(folder.resolve(name));
    openssl("req", "-new", "-key", name, "-subj", "/CN=x", "-out", "x.csr");
    assertThat(
            DeviceIdentity.belongTogether(
                read, CertificateRequest.read(folder.resolve("x.csr")).key()))
        .isTrue();
    assertThat(
            DeviceIdentity.belongTogether(
                PrivateKeyFile.read(folder.resolve("pkcs8.pem")),
                CertificateRequest.read(folder.resolve("x.csr")).key()))
        .isTrue();
  }
}
