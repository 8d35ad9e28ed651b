package dev.sandpiper.edge.identity;

import dev.sandpiper.edge.health.DiskFailure;
import dev.sandpiper.edge.identity.IdentityException.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import javax.security.auth.x500.X500Principal;

/// The files with which a device asks for a certificate. Made as often as one likes: an existing
/// key is kept, the request is made anew.
///
/// @param device its name; the certificate's common name
/// @param privateKey stays on this machine
/// @param request goes to the authority
/// @param certificate where the authority's answer belongs
/// @param keyIsNew whether there was no key before
public record Enrolment(
    String device, Path privateKey, Path request, Path certificate, boolean keyIsNew) {

  /// Makes what is missing in `folder`.
  ///
  /// @throws IdentityException when the key that is there cannot be used
  public static Enrolment in(Path folder, String device) {
    makeFolder(folder);
    Path key = folder.resolve(device + ".key");
    Path request = folder.resolve(device + ".csr");
    boolean fresh = makeKey(key);
    PrivateKey secret = PrivateKeyFile.read(key);
    PublicKey shared =
        PrivateKeyFile.findPublic(key)
            .orElseThrow(() ->
                new IdentityException(
                    Kind.UNREADABLE,
                    "%s was made by another program and does not hold its public key; move it away and run this again, or make the request with it: openssl req -new -key %s -subj /CN=%s -out %s"
                        .formatted(key, key, device, request)));
    try {
      NewFile.open(
          request, new CertificateRequest(new X500Principal("CN=" + device), shared).sign(secret));
    } catch (GeneralSecurityException e) {
      throw Pem.unreadable(key, "private key", "it cannot sign (" + e.getMessage() + ")", e);
    }
    return new Enrolment(device, key, request, folder.resolve(device + ".pem"), fresh);
  }

  static void makeFolder(Path folder) {
    try {
      if (!Files.isDirectory(folder)) {
        Files.createDirectories(
            folder,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the folder %s cannot be made: %s; choose one of this user"
              .formatted(folder, DiskFailure.words(e)),
          e);
    }
  }

  /// @return `false` when there is one already
  static boolean makeKey(Path file) {
    if (Files.exists(file)) {
      return false;
    }
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair pair = generator.generateKeyPair();
      return NewFile.secret(file, Pem.text(PrivateKeyFile.LABEL, PrivateKeyFile.encode(pair)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has P-256", e);
    }
  }
}
