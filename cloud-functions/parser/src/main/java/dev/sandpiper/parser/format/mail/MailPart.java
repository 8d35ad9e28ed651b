package dev.sandpiper.parser.format.mail;

import dev.sandpiper.parser.task.ByteSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A part of a message, read but not yet shown.
sealed interface MailPart {

  /// Parts that belong together.
  ///
  /// @param subtype `mixed`, `alternative`, …, in lower case
  record Multi(String subtype, List<MailPart> parts) implements MailPart {
    Multi(String subtype) {
      this(subtype, new ArrayList<>());
    }
  }

  /// Text of the message itself.
  ///
  /// @param parameters of the content type, names in lower case
  record Words(boolean html, String text, Map<String, String> parameters) implements MailPart {}

  /// Anything else: an attachment, or a picture of the HTML body.
  ///
  /// @param name file name; `null` when the part has none
  /// @param contentId the id by which the HTML body shows it; `null` when it has none
  record File(
      ByteSource source, String mediaType, @Nullable String name, @Nullable String contentId)
      implements MailPart {

    boolean isImage() {
      return mediaType.startsWith("image/");
    }
  }
}
