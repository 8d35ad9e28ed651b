package dev.sandpiper.edge.identity;

import dev.sandpiper.edge.identity.IdentityException.Kind;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.security.auth.x500.X500Principal;

/// What an authority is asked to certify (PKCS #10).
///
/// @param subject who asks
/// @param key theirs; proven to be by the request's own signature
record CertificateRequest(X500Principal subject, PublicKey key) {

  static final String LABEL = "CERTIFICATE REQUEST";
  static final byte[] ECDSA_SHA256 = Der.oid("1.2.840.10045.4.3.2");
  static final byte[] RSA_SHA256 = Der.oid("1.2.840.113549.1.1.11");

  private static final byte[] NULL = {5, 0};

  /// Signatures that are taken, by the bytes of their names.
  private static final Map<String, String> SIGNATURES =
      Map.of(
          hex(ECDSA_SHA256), "SHA256withECDSA",
          hex(Der.oid("1.2.840.10045.4.3.3")), "SHA384withECDSA",
          hex(Der.oid("1.2.840.10045.4.3.4")), "SHA512withECDSA",
          hex(RSA_SHA256), "SHA256withRSA",
          hex(Der.oid("1.2.840.113549.1.1.12")), "SHA384withRSA",
          hex(Der.oid("1.2.840.113549.1.1.13")), "SHA512withRSA");

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  /// The request as PEM, signed by the key it is for.
  String sign(PrivateKey secret) throws GeneralSecurityException {
    byte[] info =
        Der.sequence(Der.integer(0), subject.getEncoded(), key.getEncoded(), Der.tagged(0));
    byte[] request =
        Der.sequence(info, signatureAlgorithm(secret), Der.bits(DeviceIdentity.sign(secret, info)));
    return Pem.text(LABEL, request);
  }

  /// The name of the signature that `key` makes.
  static byte[] signatureAlgorithm(PrivateKey key) {
    return key.getAlgorithm().equals("RSA")
        ? Der.sequence(RSA_SHA256, NULL)
        : Der.sequence(ECDSA_SHA256);
  }

  /// Reads a request and proves that whoever made it has the key.
  static CertificateRequest read(Path file) {
    Pem block =
        Pem.read(file, "request").stream()
            .filter(pem -> pem.label().endsWith(LABEL))
            .findFirst()
            .orElseThrow(() ->
                new IdentityException(
                    Kind.UNREADABLE,
                    file
                        + " holds no certificate request; name the .csr file that 'sandpiper cloud enroll' made"));
    try {
      return parse(file, block.der());
    } catch (IllegalArgumentException | GeneralSecurityException e) {
      throw Pem.unreadable(file, "request", "it is damaged (" + e.getMessage() + ")", e);
    }
  }

  private static CertificateRequest parse(Path file, byte[] der) throws GeneralSecurityException {
    DerReader request = new DerReader(der).next(Der.SEQUENCE).inside();
    DerReader.Element info = request.next(Der.SEQUENCE);
    byte[] algorithm = request.next(Der.SEQUENCE).inside().next(Der.OID).whole();
    byte[] signature = request.next(Der.BITS).bits();
    DerReader fields = info.inside();
    fields.next(Der.INTEGER);
    X500Principal subject = new X500Principal(fields.next(Der.SEQUENCE).whole());
    PublicKey key = key(fields.next(Der.SEQUENCE).whole());
    String name = SIGNATURES.get(hex(algorithm));
    if (name == null) {
      throw new IdentityException(
          Kind.UNREADABLE,
          "the request %s is signed in a way that is not taken; make it anew with SHA-256 and an EC or RSA key"
              .formatted(file));
    }
    Signature verifier = Signature.getInstance(name);
    verifier.initVerify(key);
    verifier.update(info.whole());
    if (!verifier.verify(signature)) {
      throw new IdentityException(
          Kind.KEY_MISMATCH,
          "the request %s is not signed by the key it is for, or was changed on the way; copy it anew"
              .formatted(file));
    }
    return new CertificateRequest(subject, key);
  }

  private static PublicKey key(byte[] spki) throws GeneralSecurityException {
    GeneralSecurityException last = new InvalidKeySpecException();
    for (String algorithm : List.of("EC", "RSA")) {
      try {
        return KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(spki));
      } catch (InvalidKeySpecException e) {
        last = e;
      }
    }
    throw last;
  }
}
