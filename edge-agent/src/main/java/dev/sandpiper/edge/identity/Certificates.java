package dev.sandpiper.edge.identity;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import javax.security.auth.x500.X500Principal;

/// Writes X.509 certificates: the authority's own, and those of devices.
final class Certificates {

  static final String LABEL = "CERTIFICATE";

  private static final int SERIAL_BITS = 126;
  private static final byte[] VERSION_3 = Der.tagged(0, Der.integer(2));
  private static final byte[] SUBJECT_KEY = Der.oid("2.5.29.14");
  private static final byte[] KEY_USAGE = Der.oid("2.5.29.15");
  private static final byte[] BASIC_CONSTRAINTS = Der.oid("2.5.29.19");
  private static final byte[] AUTHORITY_KEY = Der.oid("2.5.29.35");
  private static final byte[] EXTENDED_USAGE = Der.oid("2.5.29.37");
  private static final byte[] CLIENT = Der.oid("1.3.6.1.5.5.7.3.2");

  private Certificates() {}

  /// Who certifies.
  record Issuer(X500Principal name, PublicKey key, PrivateKey secret) {}

  /// Who is certified.
  record Subject(X500Principal name, PublicKey key) {}

  /// From when to when.
  record Validity(Instant from, Instant until) {

    /// Seconds are all a certificate can hold.
    Validity {
      from = from.truncatedTo(ChronoUnit.SECONDS);
      until = until.truncatedTo(ChronoUnit.SECONDS);
    }
  }

  /// An authority that certifies devices but no other authorities.
  static byte[] authority(Issuer self, Validity validity) throws GeneralSecurityException {
    byte[] extensions =
        Der.sequence(
            critical(BASIC_CONSTRAINTS, Der.sequence(Der.yes(), Der.integer(0))),
            // keyCertSign, cRLSign
            critical(KEY_USAGE, Der.namedBits(0b0000_0110, 1)),
            extension(SUBJECT_KEY, Der.octets(identifier(self.key()))));
    return certificate(self, new Subject(self.name(), self.key()), validity, extensions);
  }

  /// A device: it signs as itself, as IAM Roles Anywhere and TLS want it, and certifies nobody.
  static byte[] device(Issuer issuer, Subject subject, Validity validity)
      throws GeneralSecurityException {
    byte[] extensions =
        Der.sequence(
            critical(BASIC_CONSTRAINTS, Der.sequence()),
            // digitalSignature
            critical(KEY_USAGE, Der.namedBits(0b1000_0000, 7)),
            extension(EXTENDED_USAGE, Der.sequence(CLIENT)),
            extension(SUBJECT_KEY, Der.octets(identifier(subject.key()))),
            extension(AUTHORITY_KEY, Der.sequence(Der.element(0x80, identifier(issuer.key())))));
    return certificate(issuer, subject, validity, extensions);
  }

  private static byte[] certificate(
      Issuer issuer, Subject subject, Validity validity, byte[] extensions)
      throws GeneralSecurityException {
    byte[] algorithm = CertificateRequest.signatureAlgorithm(issuer.secret());
    byte[] toBeSigned =
        Der.sequence(
            VERSION_3,
            Der.integer(serial()),
            algorithm,
            issuer.name().getEncoded(),
            Der.sequence(Der.time(validity.from()), Der.time(validity.until())),
            subject.name().getEncoded(),
            subject.key().getEncoded(),
            Der.tagged(3, extensions));
    byte[] signature = DeviceIdentity.sign(issuer.secret(), toBeSigned);
    return Der.sequence(toBeSigned, algorithm, Der.bits(signature));
  }

  /// Positive, random, and never zero.
  private static BigInteger serial() {
    return new BigInteger(SERIAL_BITS, new SecureRandom()).setBit(SERIAL_BITS);
  }

  private static byte[] critical(byte[] oid, byte[] value) {
    return Der.sequence(oid, Der.yes(), Der.octets(value));
  }

  private static byte[] extension(byte[] oid, byte[] value) {
    return Der.sequence(oid, Der.octets(value));
  }

  /// RFC 7093: the first 160 bits of the key's SHA-256.
  private static byte[] identifier(PublicKey key) throws GeneralSecurityException {
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(PrivateKeyFile.publicBits(key));
    return Arrays.copyOf(hash, 20);
  }

  /// The name of a device.
  static X500Principal name(String commonName, List<String> more) {
    StringBuilder text = new StringBuilder("CN=" + commonName);
    more.forEach(part -> text.append(',').append(part));
    return new X500Principal(text.toString());
  }
}
