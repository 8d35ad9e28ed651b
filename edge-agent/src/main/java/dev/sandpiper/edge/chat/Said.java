package dev.sandpiper.edge.chat;

import dev.sandpiper.edge.channel.IncomingFile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a message of the inbox says.
public sealed interface Said {

  /// Words, files, or both.
  ///
  /// @param messageId the far side's id of it
  /// @param replyTo the far side's id of the message it answers
  /// @param tooLong how many characters it had, when that is too many; the text is cut then
  record Words(
      String text,
      List<IncomingFile> files,
      String messageId,
      @Nullable String replyTo,
      @Nullable Integer tooLong)
      implements Said {
    public Words {
      files = List.copyOf(files);
    }
  }

  /// A button was pressed.
  record Pressed(String data, String messageId) implements Said {}

  /// A document that somebody waits for is parsed, or will not be. Nobody sent this: the agent says
  /// it to itself, so that it has its place among the messages of the chat.
  ///
  /// @param name what they called it
  /// @param caption what they wrote with it
  /// @param progress key of the message that says it is being read
  record News(String document, String name, String caption, @Nullable String progress)
      implements Said {}

  /// A schedule asks on its owner's behalf.
  ///
  /// @param schedule its name
  /// @param planned which time of it, in milliseconds since 1970
  /// @param isQuiet whether it is told only when there is something to tell
  /// @param note what is told with the answer, such as how late it is; empty: nothing
  record Scheduled(String text, String schedule, long planned, boolean isQuiet, String note)
      implements Said {}
}
