package dev.sandpiper.edge.identity;

import dev.sandpiper.edge.identity.IdentityException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One block of a PEM file.
final class Pem {

  /// A certificate has 1 to 2 KB; a long chain fits twice.
  private static final int LARGEST_FILE = 64 << 10;

  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----([^-]*)-----END \\1-----");

  private final String label;
  private final byte[] der;

  private Pem(String label, byte[] der) {
    this.label = label;
    this.der = der;
  }

  /// What the block says it is, for instance `CERTIFICATE`.
  String label() {
    return label;
  }

  /// Its content.
  byte[] der() {
    return der.clone();
  }

  static String text(String label, byte[] der) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(
            label,
            Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(der),
            label);
  }

  /// Every block of the file, in its order; what stands between them is skipped.
  ///
  /// @param what what the file should be, for the message
  static List<Pem> read(Path file, String what) {
    Matcher matcher = BLOCK.matcher(new String(bytes(file, what), StandardCharsets.ISO_8859_1));
    List<Pem> blocks = new ArrayList<>();
    while (matcher.find()) {
      try {
        blocks.add(new Pem(matcher.group(1), Base64.getMimeDecoder().decode(matcher.group(2))));
      } catch (IllegalArgumentException e) {
        throw unreadable(file, what, "a block is not base64", e);
      }
    }
    if (blocks.isEmpty()) {
      throw new IdentityException(
          Kind.UNREADABLE,
          "the %s %s holds no PEM block (-----BEGIN …); name the PEM file".formatted(what, file));
    }
    return blocks;
  }

  static IdentityException unreadable(Path file, String what, String why, Throwable cause) {
    return new IdentityException(
        Kind.UNREADABLE,
        "the %s %s cannot be read: %s; copy it anew or make a new one".formatted(what, file, why),
        cause);
  }

  private static byte[] bytes(Path file, String what) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(LARGEST_FILE + 1);
      if (bytes.length > LARGEST_FILE) {
        throw new IdentityException(
            Kind.UNREADABLE,
            "the %s %s is larger than %d KB; name the PEM file"
                .formatted(what, file, LARGEST_FILE >> 10));
      }
      return bytes;
    } catch (NoSuchFileException e) {
      throw new IdentityException(
          Kind.UNREADABLE,
          "the %s %s does not exist; 'sandpiper cloud enroll' makes the key and the request for a certificate"
              .formatted(what, file),
          e);
    } catch (AccessDeniedException e) {
      throw new IdentityException(
          Kind.UNREADABLE,
          "the %s %s may not be read by this user; give it to the user that runs the agent: chown USER %s"
              .formatted(what, file, file),
          e);
    } catch (IOException e) {
      throw unreadable(file, what, String.valueOf(e.getMessage()), e);
    }
  }
}
