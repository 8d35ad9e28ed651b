package dev.sandpiper.edge.channel.webhook;

import dev.sandpiper.edge.config.ConfigException;
import dev.sandpiper.edge.config.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Signs and checks as Standard Webhooks has it: HMAC-SHA256 over `id.timestamp.body`.
final class Signing {

  private static final String PREFIX = "whsec_";
  private static final String VERSION = "v1,";
  private static final String ALGORITHM = "HmacSHA256";
  private static final int LEAST = 24;
  private static final int MOST = 64;
  private static final int MOST_SIGNATURES = 16;

  private final List<SecretKeySpec> keys;

  private Signing(List<SecretKeySpec> keys) {
    this.keys = keys;
  }

  /// @param name of the webhook, for messages
  /// @throws ConfigException when a secret is none
  static Signing of(String name, List<Secret> secrets) {
    List<SecretKeySpec> keys = new ArrayList<>();
    for (Secret secret : secrets) {
      keys.add(key(name, secret.reveal()));
    }
    return new Signing(List.copyOf(keys));
  }

  private static SecretKeySpec key(String name, String text) {
    try {
      byte[] bytes =
          Base64.getDecoder()
              .decode(text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : "-");
      if (bytes.length >= LEAST && bytes.length <= MOST) {
        return new SecretKeySpec(bytes, ALGORITHM);
      }
    } catch (IllegalArgumentException _) {
      // the message below says what it should be; it must not say what it is
    }
    throw new ConfigException(
        ("webhooks.%s.secrets: a secret must be whsec_ and the base64 of %d to %d random bytes; make"
                + " one with: echo whsec_$(openssl rand -base64 32)")
            .formatted(name, LEAST, MOST));
  }

  /// Signatures of every key, as they go into the header.
  String sign(String id, long timestamp, byte[] body) {
    List<String> signatures = new ArrayList<>();
    for (SecretKeySpec key : keys) {
      signatures.add(VERSION + Base64.getEncoder().encodeToString(hmac(key, id, timestamp, body)));
    }
    return String.join(" ", signatures);
  }

  /// Whether one of the signatures is one of ours. Every pair is compared, each in constant time.
  boolean isSigned(String id, long timestamp, byte[] body, String signatures) {
    boolean signed = false;
    for (SecretKeySpec key : keys) {
      byte[] ours =
          (VERSION + Base64.getEncoder().encodeToString(hmac(key, id, timestamp, body)))
              .getBytes(StandardCharsets.UTF_8);
      for (String theirs : signatures.split(" ", MOST_SIGNATURES)) {
        signed |= MessageDigest.isEqual(ours, theirs.getBytes(StandardCharsets.UTF_8));
      }
    }
    return signed;
  }

  private static byte[] hmac(SecretKeySpec key, String id, long timestamp, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
      return mac.doFinal(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }
}
