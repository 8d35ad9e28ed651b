package dev.sandpiper.edge.channel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Something to send. Text is CommonMark; each channel shows as much of it as it can.
public sealed interface Outgoing {

  /// A message.
  ///
  /// @param buttons below it, in one row
  /// @param replyTo the far side's id of the message it answers; `null` when none
  record Text(String markdown, List<Button> buttons, @Nullable String replyTo) implements Outgoing {
    public Text {
      buttons = List.copyOf(buttons);
    }
  }

  /// Other words, and other buttons, for a message sent before. Where a channel cannot edit, it is
  /// sent anew.
  ///
  /// @param of key of the parcel that was sent
  record Edit(String of, String markdown, List<Button> buttons) implements Outgoing {
    public Edit {
      buttons = List.copyOf(buttons);
    }
  }

  /// A file.
  ///
  /// @param sha256 its blob
  record Attachment(String name, String mediaType, String sha256, String caption)
      implements Outgoing {}

  /// A message without buttons.
  static Outgoing text(String markdown) {
    return new Text(markdown, List.of(), null);
  }
}
