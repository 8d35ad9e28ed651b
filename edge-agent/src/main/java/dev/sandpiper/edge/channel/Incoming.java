package dev.sandpiper.edge.channel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What somebody sent.
///
/// @param updateKey the same when the far side delivers it again; unique within its channel
/// @param group whether others read along
public record Incoming(
    String updateKey, Address address, Sender sender, boolean group, Content content) {

  /// What it is.
  public sealed interface Content {
    /// Words, files, or both.
    ///
    /// @param messageId the far side's id of the message
    /// @param replyTo the far side's id of the message it answers; `null` when none
    record Message(
        String text, List<IncomingFile> files, String messageId, @Nullable String replyTo)
        implements Content {
      public Message {
        files = List.copyOf(files);
      }
    }

    /// A button was pressed.
    ///
    /// @param data the button's data
    /// @param messageId the message it hangs on
    record Press(String data, String messageId) implements Content {}
  }
}
