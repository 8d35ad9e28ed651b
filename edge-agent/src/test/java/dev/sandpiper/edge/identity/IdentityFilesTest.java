package dev.sandpiper.edge.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sandpiper.edge.health.CheckResult;
import dev.sandpiper.edge.identity.IdentityException.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
class IdentityFilesTest {

  private static final Instant NOW = Instant.parse("2030-05-06T07:08:09Z");

  @TempDir Path folder;
  private Pki pki;
  private IdentityFiles files;

  @BeforeEach
  void make() throws Exception {
    pki = new Pki(folder, NOW);
    files = pki.device("edge", Pki.keys("P-256"), pki.days(-1, 60));
  }

  private static String message(IdentityFiles files) {
    return String.valueOf(
        catchThrowableOfType(IdentityException.class, () -> DeviceIdentity.read(files))
            .getMessage());
  }

  private IdentityFiles with(Path certificate, Path key) {
    return new IdentityFiles(certificate, key, Optional.empty());
  }

  @Test
  void whatAFileIsNotIsSaid() throws Exception {
    Path none = folder.resolve("none");
    assertThat(message(with(none, files.privateKey())))
        .isEqualTo(
            "the certificate "
                + none
                + " does not exist; 'sandpiper cloud enroll' makes the key and the request for a certificate");
    Path text = Files.writeString(folder.resolve("text"), "hello");
    assertThat(message(with(text, files.privateKey())))
        .isEqualTo(
            "the certificate " + text + " holds no PEM block (-----BEGIN …); name the PEM file");
    Path large = Files.write(folder.resolve("large"), new byte[70_000]);
    assertThat(message(with(files.certificate(), large)))
        .isEqualTo("the private key " + large + " is larger than 64 KB; name the PEM file");
    assertThat(message(with(files.privateKey(), files.privateKey())))
        .isEqualTo(
            files.privateKey()
                + " holds no certificate but a PRIVATE KEY; name the file that begins with -----BEGIN CERTIFICATE-----");
    assertThat(message(with(files.certificate(), files.certificate())))
        .isEqualTo(
            files.certificate()
                + " holds no private key but certificate; name the file that begins with -----BEGIN PRIVATE KEY-----");
    Enrolment enrolment = Enrolment.in(folder.resolve("new"), "pi");
    assertThat(message(with(enrolment.request(), files.privateKey())))
        .isEqualTo(
            enrolment.request()
                + " holds no certificate but a CERTIFICATE REQUEST; have the request signed first; 'sandpiper cloud enroll' shows how");
  }

  @Test
  void damageNeverEscapesAsSomethingElse() throws Exception {
    long seed = 4711;
    Random random = new Random(seed);
    Enrolment enrolment = Enrolment.in(folder.resolve("new"), "pi");
    byte[] key = Pem.read(enrolment.privateKey(), "key").getFirst().der();
    byte[] certificate = Pem.read(files.certificate(), "certificate").getFirst().der();
    byte[] request = Pem.read(enrolment.request(), "request").getFirst().der();
    Path file = folder.resolve("damaged");
    for (int i = 0; i < 1_500; i++) {
      byte[] whole = List.of(key, certificate, request).get(i % 3);
      byte[] damaged = Arrays.copyOf(whole, 1 + random.nextInt(whole.length));
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      String label =
          List.of(
                  "PRIVATE KEY",
                  "CERTIFICATE",
                  "CERTIFICATE REQUEST",
                  "EC PRIVATE KEY",
                  "RSA PRIVATE KEY")
              .get(random.nextInt(5));
      Files.writeString(file, Pem.text(label, damaged));
      for (Runnable reading :
          List.<Runnable>of(
              () -> PrivateKeyFile.read(file),
              () -> PrivateKeyFile.findPublic(file),
              () -> DeviceIdentity.certificates(file),
              () -> CertificateRequest.read(file))) {
        try {
          reading.run();
        } catch (IdentityException e) {
          assertThat(e.kind()).isIn(Kind.UNREADABLE, Kind.KEY_MISMATCH);
        } catch (RuntimeException e) {
          throw new AssertionError("seed " + seed + ", round " + i, e);
        }
      }
    }
  }

  @Test
  void theDaysThatAreLeftAreShown() throws Exception {
    assertThat(IdentityCheck.rows(files, NOW))
        .containsExactly(
            CheckResult.ok(
                "certificate",
                "CN=edge, issued by CN=Root, 60 days left (until 2030-07-05T07:08:09Z)"),
            CheckResult.ok("private key", files.privateKey() + ", readable by its owner only"));
    assertThat(IdentityCheck.rows(files, NOW.plusSeconds(58 * 86_400 + 1)).getFirst())
        .isEqualTo(
            CheckResult.warn(
                "certificate",
                "CN=edge, issued by CN=Root, 1 day left (until 2030-07-05T07:08:09Z)",
                "Renew it: sandpiper cloud enroll, have the request signed, and put the certificate in place of "
                    + files.certificate()));
    assertThat(IdentityCheck.rows(files, NOW.plusSeconds(61 * 86_400)).getFirst().status())
        .isEqualTo(CheckResult.Status.FAIL);
    Files.setPosixFilePermissions(files.privateKey(), PosixFilePermissions.fromString("rw-r-----"));
    assertThat(IdentityCheck.rows(files, NOW).getLast())
        .isEqualTo(
            CheckResult.fail(
                "private key",
                files.privateKey() + " can be read by other users",
                "chmod 600 "
                    + files.privateKey()
                    + "; if somebody else had access, enrol with a new key"));
  }

  @Test
  void nothingSecretIsPrinted() {
    DeviceIdentity identity = DeviceIdentity.read(files);
    assertThat(identity).hasToString("DeviceIdentity[CN=edge, ***]");
  }

  @Test
  void anAuthorityWithoutItsKeyIsNotMadeAnew() throws Exception {
    Authority authority = new Authority(folder.resolve("authority"), InstantSource.fixed(NOW));
    assertThat(authority.make()).isTrue();
    Files.delete(authority.key());
    assertThat(catchThrowableOfType(IdentityException.class, authority::make))
        .hasMessage(
            "%s is there and its key %s is not; put the key back, or name another folder for a new authority"
                .formatted(authority.certificate(), authority.key()));
  }
}
