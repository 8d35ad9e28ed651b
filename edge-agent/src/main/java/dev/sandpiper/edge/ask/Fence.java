package dev.sandpiper.edge.ask;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Marks where text of documents begins and ends in a prompt, by a word that no document can
/// contain: it is made of a secret of this process and of everything that stands between the marks,
/// so that whoever writes a document would have to know both. The same question over the same
/// passages has the same marks, and so the same prompt.
final class Fence {
  private static final int KEY_BYTES = 32;
  private static final int LENGTH = 20;
  private static final String HMAC = "HmacSHA256";

  private final String word;

  private Fence(String word) {
    this.word = word;
  }

  /// Makes fences.
  static final class Maker {
    private final byte[] key = new byte[KEY_BYTES];

    /// @param random has to be unpredictable
    Maker(RandomGenerator random) {
      random.nextBytes(key);
    }

    /// A fence for one request.
    ///
    /// @param content everything it is to hold
    Fence around(String content) {
      for (int turn = 0; ; turn++) {
        String word = word(turn + "\n" + content);
        if (!content.contains(word)) {
          return new Fence(word);
        }
      }
    }

    private String word(String content) {
      try {
        Mac mac = Mac.getInstance(HMAC);
        mac.init(new SecretKeySpec(key, HMAC));
        byte[] digest = mac.doFinal(content.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest).substring(0, LENGTH);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e); // every Java has it
      }
    }
  }

  String word() {
    return word;
  }

  /// Text of a document between marks. What was read later than the fence was made could hold its
  /// word only by having been told: it is taken out.
  String hold(String label, String text) {
    return "<<<"
        + word
        + " "
        + label
        + ">>>\n"
        + Invisible.strip(text).replace(word, "")
        + "\n<<<"
        + word
        + " end>>>\n";
  }
}
