package dev.sandpiper.edge.schedule;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Tells an answer from another one without keeping it; white space does not count.
final class AnswerHash {

  private AnswerHash() {}

  static String of(String answer) {
    byte[] bytes = answer.strip().replaceAll("\\s+", " ").getBytes(StandardCharsets.UTF_8);
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
