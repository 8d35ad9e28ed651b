package dev.sandpiper.edge.identity;

import dev.sandpiper.edge.identity.IdentityException.Kind;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// A certificate, its key, and what leads from it to its authority.
///
/// @param certificate the machine's own
/// @param privateKey belongs to it
/// @param chain intermediate certificates, nearest first; may be empty
record DeviceIdentity(
    X509Certificate certificate, PrivateKey privateKey, List<X509Certificate> chain) {

  private static final int LONGEST_CHAIN = 5;

  DeviceIdentity {
    chain = List.copyOf(chain);
  }

  /// Reads the files and proves that key and certificate belong together.
  static DeviceIdentity read(IdentityFiles files) {
    List<X509Certificate> certificates = new ArrayList<>(certificates(files.certificate()));
    X509Certificate leaf = certificates.removeFirst();
    files.chain().ifPresent(file -> certificates.addAll(certificates(file)));
    if (certificates.size() > LONGEST_CHAIN) {
      throw new IdentityException(
          Kind.UNREADABLE,
          "%d intermediate certificates are more than AWS takes (%d); leave the authority's own certificate out of burst.aws.chain"
              .formatted(certificates.size(), LONGEST_CHAIN));
    }
    PrivateKey key = PrivateKeyFile.read(files.privateKey());
    if (!belongTogether(key, leaf.getPublicKey())) {
      throw new IdentityException(
          Kind.KEY_MISMATCH,
          "the private key %s does not belong to the certificate %s; name the key the certificate was requested with, or enrol anew: sandpiper cloud enroll"
              .formatted(files.privateKey(), files.certificate()));
    }
    return new DeviceIdentity(leaf, key, certificates);
  }

  /// Every certificate of the file, at least one.
  static List<X509Certificate> certificates(Path file) {
    List<X509Certificate> certificates = new ArrayList<>();
    List<Pem> blocks = Pem.read(file, "certificate");
    for (Pem block : blocks) {
      if (block.label().equals("CERTIFICATE")) {
        certificates.add(certificate(file, block.der()));
      }
    }
    if (certificates.isEmpty()) {
      String label = blocks.getFirst().label();
      throw new IdentityException(
          Kind.UNREADABLE,
          "%s holds no certificate but a %s; %s"
              .formatted(
                  file,
                  label,
                  label.contains("REQUEST")
                      ? "have the request signed first; 'sandpiper cloud enroll' shows how"
                      : "name the file that begins with -----BEGIN CERTIFICATE-----"));
    }
    return certificates;
  }

  private static X509Certificate certificate(Path file, byte[] der) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der));
    } catch (CertificateException e) {
      throw Pem.unreadable(file, "certificate", "it is damaged", e);
    }
  }

  /// Whether what one signs the other verifies.
  static boolean belongTogether(PrivateKey secret, PublicKey shared) {
    if (!secret.getAlgorithm().equals(shared.getAlgorithm())) {
      return false;
    }
    byte[] probe = new byte[32];
    new SecureRandom().nextBytes(probe);
    try {
      Signature verifier = Signature.getInstance(signatureName(shared));
      verifier.initVerify(shared);
      verifier.update(probe);
      return verifier.verify(sign(secret, probe));
    } catch (GeneralSecurityException _) {
      return false; // of another curve or length
    }
  }

  static byte[] sign(PrivateKey key, byte[] message) throws GeneralSecurityException {
    Signature signer = Signature.getInstance(signatureName(key));
    signer.initSign(key);
    signer.update(message);
    return signer.sign();
  }

  static String signatureName(Key key) {
    return key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
  }

  /// Ends a use of the identity that AWS would refuse.
  void requireValid(Instant now) {
    Instant from = certificate.getNotBefore().toInstant();
    Instant until = certificate.getNotAfter().toInstant();
    if (now.isBefore(from)) {
      throw new IdentityException(
          Kind.NOT_YET_VALID,
          "the certificate of %s is valid from %s, and the clock of this machine says %s; set the clock (timedatectl set-ntp true) or wait"
              .formatted(subject(), from, seconds(now)));
    }
    if (now.isAfter(until)) {
      throw new IdentityException(
          Kind.EXPIRED,
          "the certificate of %s expired on %s, %d days ago by the clock of this machine; 'sandpiper cloud enroll' makes a new request for the same key: have it signed and put the certificate in place of the old one"
              .formatted(subject(), until, Duration.between(until, now).toDays()));
    }
  }

  String subject() {
    return certificate.getSubjectX500Principal().getName();
  }

  long daysLeft(Instant now) {
    return Duration.between(now, certificate.getNotAfter().toInstant()).toDays();
  }

  private static Instant seconds(Instant time) {
    return Instant.ofEpochSecond(time.getEpochSecond());
  }

  @Override
  public String toString() {
    return "DeviceIdentity[" + subject() + ", ***]";
  }
}
