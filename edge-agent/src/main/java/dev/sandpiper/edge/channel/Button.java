package dev.sandpiper.edge.channel;

import java.nio.charset.StandardCharsets;

/// Something to press under a message.
///
/// @param data what comes back, at most 64 bytes
public record Button(String label, String data) {
  private static final int LONGEST = 64;

  public Button {
    if (data.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
      throw new IllegalArgumentException("a button's data has at most " + LONGEST + " bytes");
    }
  }
}
