package dev.sandpiper.edge.channel.discord;

import java.util.Optional;

/// What is needed to fetch an attachment, also when its signed URL has expired.
record FileReference(String chat, String message, String attachment, String url) {

  String text() {
    return chat + "/" + message + "/" + attachment + " " + url;
  }

  static Optional<FileReference> read(String text) {
    int space = text.indexOf(' ');
    String[] ids = text.substring(0, Math.max(0, space)).split("/", -1);
    boolean whole =
        ids.length == 3
            && Translator.isId(ids[0])
            && Translator.isId(ids[1])
            && Translator.isId(ids[2]);
    return whole
        ? Optional.of(new FileReference(ids[0], ids[1], ids[2], text.substring(space + 1)))
        : Optional.empty();
  }
}
