package dev.sandpiper.edge.identity;

import dev.sandpiper.edge.identity.IdentityException.Kind;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Private keys in PEM files: PKCS #8, and the older forms of OpenSSL, SEC 1 and PKCS #1.
final class PrivateKeyFile {

  static final String LABEL = "PRIVATE KEY";

  private static final String WHAT = "private key";
  private static final byte[] EC_KEY = Der.oid("1.2.840.10045.2.1");
  private static final byte[] RSA_KEY = Der.oid("1.2.840.113549.1.1.1");
  private static final byte[] NULL = {5, 0};
  private static final int PARAMETERS = 0xa0;
  private static final int PUBLIC_POINT = 0xa1;

  private PrivateKeyFile() {}

  /// The key of the file: EC or RSA.
  static PrivateKey read(Path file) {
    List<Pem> blocks = Pem.read(file, WHAT);
    for (Pem block : blocks) {
      switch (block.label()) {
        case LABEL -> {
          return decode(file, block.der());
        }
        case "EC PRIVATE KEY" -> {
          return decode(file, fromSec1(file, block.der()));
        }
        case "RSA PRIVATE KEY" -> {
          return decode(file, wrap(Der.sequence(RSA_KEY, NULL), block.der()));
        }
        case "ENCRYPTED PRIVATE KEY" ->
            throw new IdentityException(
                Kind.UNREADABLE,
                "the private key %s is encrypted, and nobody is there to type its passphrase; write it without one (openssl pkey -in %s -out NEW) and protect it by its permissions"
                    .formatted(file, file));
        default -> {
          // certificates and parameters may stand beside the key
        }
      }
    }
    throw new IdentityException(
        Kind.UNREADABLE,
        "%s holds no private key but %s; name the file that begins with -----BEGIN PRIVATE KEY-----"
            .formatted(file, blocks.getFirst().label().toLowerCase(Locale.ROOT)));
  }

  private static PrivateKey decode(Path file, byte[] pkcs8) {
    GeneralSecurityException last = new GeneralSecurityException();
    for (String algorithm : List.of("EC", "RSA")) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      } catch (GeneralSecurityException e) {
        last = e;
      }
    }
    throw Pem.unreadable(
        file, WHAT, "it is neither an EC key of a known curve nor an RSA key", last);
  }

  private static byte[] wrap(byte[] algorithm, byte[] key) {
    return Der.sequence(Der.integer(0), algorithm, Der.octets(key));
  }

  private static byte[] fromSec1(Path file, byte[] sec1) {
    try {
      DerReader key = new DerReader(sec1).next(Der.SEQUENCE).inside();
      key.next(Der.INTEGER);
      key.next(Der.OCTETS);
      byte[] curve = key.next(PARAMETERS).content();
      return wrap(Der.sequence(EC_KEY, curve), sec1);
    } catch (IllegalArgumentException e) {
      throw Pem.unreadable(file, WHAT, "it does not name its curve", e);
    }
  }

  /// The pair as PKCS #8 with the public key inside, as OpenSSL writes it: what reads the file
  /// later needs no other file to know the public key.
  static byte[] encode(KeyPair pair) {
    if (!(pair.getPublic() instanceof ECPublicKey shared)
        || !(pair.getPrivate() instanceof ECPrivateKey secret)) {
      throw new IllegalArgumentException("only EC keys are written");
    }
    DerReader spki = new DerReader(shared.getEncoded()).next(Der.SEQUENCE).inside();
    byte[] algorithm = spki.next(Der.SEQUENCE).whole();
    byte[] point = spki.next(Der.BITS).whole();
    int size = (shared.getParams().getCurve().getField().getFieldSize() + 7) / 8;
    byte[] number = unsigned(secret.getS().toByteArray(), size);
    return wrap(
        algorithm,
        Der.sequence(Der.integer(1), Der.octets(number), Der.element(PUBLIC_POINT, point)));
  }

  private static byte[] unsigned(byte[] number, int size) {
    byte[] fixed = new byte[size];
    int skip = Math.max(0, number.length - size);
    int length = number.length - skip;
    System.arraycopy(number, skip, fixed, size - length, length);
    return fixed;
  }

  /// The public key that stands in the private key's file; empty when it holds none.
  static Optional<PublicKey> findPublic(Path file) {
    PrivateKey secret = read(file);
    try {
      if (secret instanceof RSAPrivateCrtKey rsa) {
        return Optional.of(
            KeyFactory.getInstance("RSA")
                .generatePublic(new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent())));
      }
      return findPoint(file);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw Pem.unreadable(file, WHAT, "its public half is damaged", e);
    }
  }

  private static Optional<PublicKey> findPoint(Path file) throws GeneralSecurityException {
    for (Pem block : Pem.read(file, WHAT)) {
      if (!block.label().equals(LABEL)) {
        continue;
      }
      DerReader outer = new DerReader(block.der()).next(Der.SEQUENCE).inside();
      outer.next(Der.INTEGER);
      byte[] algorithm = outer.next(Der.SEQUENCE).whole();
      DerReader inner = outer.next(Der.OCTETS).inside().next(Der.SEQUENCE).inside();
      while (inner.hasMore()) {
        DerReader.Element element = inner.next();
        if (element.tag() == PUBLIC_POINT) {
          byte[] spki = Der.sequence(algorithm, element.content());
          return Optional.of(
              KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(spki)));
        }
      }
    }
    return Optional.empty();
  }

  /// The bits of a public key, from which its identifier is made.
  static byte[] publicBits(PublicKey key) {
    DerReader spki = new DerReader(key.getEncoded()).next(Der.SEQUENCE).inside();
    spki.next(Der.SEQUENCE);
    return spki.next(Der.BITS).bits();
  }
}
