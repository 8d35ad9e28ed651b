package dev.sandpiper.edge.chat;

import dev.sandpiper.edge.channel.Button;
import dev.sandpiper.edge.talk.Messages;
import java.util.List;
import java.util.Locale;

/// The buttons that [Controls] understands.
public final class Buttons {

  private Buttons() {}

  /// Below a message that could not be answered.
  static List<Button> message(Messages messages, Locale locale, long message) {
    return both(messages, locale, "m" + message);
  }

  /// Below a document that could not be read.
  ///
  /// @param follower number of one who waits for it
  public static List<Button> document(Messages messages, Locale locale, long follower) {
    return both(messages, locale, "d" + follower);
  }

  private static List<Button> both(Messages messages, Locale locale, String target) {
    return List.of(
        new Button(messages.text(locale, "chat.button.retry"), Controls.RETRY + target),
        new Button(messages.text(locale, "chat.button.cancel"), Controls.CANCEL + target));
  }
}
