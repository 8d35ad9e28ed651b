package dev.sandpiper.edge.fake.telegram;

import java.util.List;

/// A message the bot has sent, as it stands now.
///
/// @param id number of the message in its chat
/// @param text as it is read; a file's caption
/// @param html as it was sent; empty when without a mode
/// @param buttons `label=data`
/// @param replyTo the message it answers; 0 when none
/// @param file name of the file; empty when none
/// @param edits how often it was changed
public record Post(
    long id,
    long chat,
    long thread,
    String text,
    String html,
    List<String> buttons,
    long replyTo,
    String file,
    int edits) {

  Post changed(String newText, String newHtml, List<String> newButtons) {
    return new Post(id, chat, thread, newText, newHtml, newButtons, replyTo, file, edits + 1);
  }
}
