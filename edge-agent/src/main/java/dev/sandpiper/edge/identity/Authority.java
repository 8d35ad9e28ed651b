package dev.sandpiper.edge.identity;

import dev.sandpiper.edge.identity.IdentityException.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;

/// A small authority of one's own: a folder with a key and its certificate. It certifies devices.
public final class Authority {

  private static final Duration OWN_LIFE = Duration.ofDays(3_650);
  private static final Duration DEVICE_LIFE = Duration.ofDays(365);

  /// A clock that is a little behind takes a new certificate all the same.
  private static final Duration GRACE = Duration.ofHours(1);

  private static final X500Principal NAME = new X500Principal("CN=Sandpiper devices");

  private final Path folder;
  private final InstantSource clock;

  public Authority(Path folder, InstantSource clock) {
    this.folder = folder;
    this.clock = clock;
  }

  /// Its private key.
  public Path key() {
    return folder.resolve("authority.key");
  }

  /// Its certificate, which AWS is told to trust.
  public Path certificate() {
    return folder.resolve("authority.pem");
  }

  /// Makes key and certificate.
  ///
  /// @return `false` when they are there already; then nothing is changed
  public boolean make() {
    if (Files.exists(certificate()) && Files.exists(key())) {
      DeviceIdentity _ = identity();
      return false;
    }
    if (Files.exists(certificate())) {
      throw new IdentityException(
          Kind.UNREADABLE,
          "%s is there and its key %s is not; put the key back, or name another folder for a new authority"
              .formatted(certificate(), key()));
    }
    Enrolment.makeFolder(folder);
    boolean _ = Enrolment.makeKey(key());
    Instant now = clock.instant();
    try {
      byte[] der =
          Certificates.authority(
              new Certificates.Issuer(
                  NAME, PrivateKeyFile.findPublic(key()).orElseThrow(), PrivateKeyFile.read(key())),
              new Certificates.Validity(now.minus(GRACE), now.plus(OWN_LIFE)));
      NewFile.open(certificate(), Pem.text(Certificates.LABEL, der));
    } catch (GeneralSecurityException e) {
      throw Pem.unreadable(key(), "authority's key", String.valueOf(e.getMessage()), e);
    }
    return true;
  }

  /// Signs a request and writes the certificate beside it.
  ///
  /// @param device who must ask; empty: whoever does
  /// @return the certificate's file
  /// @throws IdentityException when the request is not what it should be
  public Path sign(Path request, Optional<String> device) {
    CertificateRequest asked = CertificateRequest.read(request);
    String name = commonName(request, asked.subject());
    device
        .filter(expected -> !expected.equals(name))
        .ifPresent(expected -> {
          throw new IdentityException(
              Kind.DENIED,
              "the request %s is for %s, not for %s; name the right request"
                  .formatted(request, name, expected));
        });
    DeviceIdentity self = identity();
    Instant now = clock.instant();
    self.requireValid(now);
    Instant end = self.certificate().getNotAfter().toInstant();
    Instant wanted = now.plus(DEVICE_LIFE);
    Certificates.Validity validity =
        new Certificates.Validity(now.minus(GRACE), wanted.isBefore(end) ? wanted : end);
    Path target = request.resolveSibling(name + ".pem");
    try {
      byte[] der =
          Certificates.device(
              new Certificates.Issuer(
                  self.certificate().getSubjectX500Principal(),
                  self.certificate().getPublicKey(),
                  self.privateKey()),
              new Certificates.Subject(asked.subject(), asked.key()),
              validity);
      NewFile.open(target, Pem.text(Certificates.LABEL, der));
    } catch (GeneralSecurityException e) {
      throw Pem.unreadable(key(), "authority's key", String.valueOf(e.getMessage()), e);
    }
    return target;
  }

  private DeviceIdentity identity() {
    if (!Files.exists(certificate()) && !Files.exists(key())) {
      throw new IdentityException(
          Kind.UNREADABLE,
          "there is no authority in %s; name the folder of yours, or make one: sandpiper cloud enroll --authority %s"
              .formatted(folder, folder));
    }
    DeviceIdentity self =
        DeviceIdentity.read(new IdentityFiles(certificate(), key(), Optional.empty()));
    X509Certificate certificate = self.certificate();
    if (certificate.getBasicConstraints() < 0) {
      throw new IdentityException(
          Kind.UNREADABLE,
          "%s is no authority's certificate; make an authority: sandpiper cloud enroll --authority DIR"
              .formatted(certificate()));
    }
    return self;
  }

  /// The one name a request has.
  private static String commonName(Path request, X500Principal subject) {
    String text = subject.getName();
    if (!text.matches("CN=[a-z][a-z0-9-]{0,31}")) {
      throw new IdentityException(
          Kind.UNREADABLE,
          "the request %s is for \"%s\"; a device asks as CN=NAME and nothing more, NAME being up to 32 lower-case letters, digits and hyphens: sandpiper cloud enroll --device NAME"
              .formatted(request, text));
    }
    return text.substring(3);
  }
}
