package dev.sandpiper.edge.channel.telegram;

import dev.sandpiper.edge.channel.IncomingFile;
import dev.sandpiper.edge.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds the files of a message. What is no file but cannot be read as words either, such as a
/// place, comes as a file that is refused with a word, so that nobody waits for an answer in vain.
final class FileReader {
  private static final int LONGEST_ID = 512;
  private static final int LONGEST_NAME = 255;

  /// What begins the reference of what is not read.
  static final String NOT_READ = "none:";

  /// What begins the reference of a file.
  static final String FILE = "file:";

  private static final List<Kind> KINDS =
      List.of(
          new Kind("animation", "animation.mp4", "video/mp4"), // has a document beside it: first
          new Kind("document", "document", null),
          new Kind("audio", "audio.mp3", "audio/mpeg"),
          new Kind("voice", "voice.ogg", "audio/ogg"),
          new Kind("video", "video.mp4", "video/mp4"),
          new Kind("video_note", "video.mp4", "video/mp4"));

  private static final List<String> OTHERS =
      List.of("sticker", "location", "contact", "poll", "dice", "game", "story", "paid_media");

  private FileReader() {}

  /// @param name when the message has none
  private record Kind(String field, String name, @Nullable String mediaType) {}

  static List<IncomingFile> files(JsonValue message) {
    List<IncomingFile> files = new ArrayList<>();
    for (Kind kind : KINDS) {
      if (files.isEmpty()) {
        findFile(message.at(kind.field()), kind).ifPresent(files::add);
      }
    }
    if (files.isEmpty()) {
      findPhoto(message).ifPresent(files::add);
    }
    for (String other : OTHERS) {
      if (files.isEmpty() && message.has(other)) {
        files.add(new IncomingFile(other, -1, null, NOT_READ + other));
      }
    }
    return files;
  }

  private static Optional<IncomingFile> findFile(JsonValue file, Kind kind) {
    return findId(file)
        .map(id ->
            new IncomingFile(
                file.findText("file_name").map(FileReader::name).orElse(kind.name()),
                Math.max(-1, file.number(-1, "file_size")),
                file.findText("mime_type")
                    .filter(type -> type.length() < 100)
                    .orElse(kind.mediaType()),
                FILE + id));
  }

  /// The largest of its sizes.
  private static Optional<IncomingFile> findPhoto(JsonValue message) {
    JsonValue best = null;
    double most = -1;
    for (JsonValue size : message.at("photo").items()) {
      double area = size.findReal("width").orElse(0.0) * size.findReal("height").orElse(0.0);
      if (area > most && findId(size).isPresent()) {
        best = size;
        most = area;
      }
    }
    JsonValue photo = best;
    return photo == null
        ? Optional.empty()
        : findId(photo)
            .map(id ->
                new IncomingFile(
                    "photo-" + message.number(0, "message_id") + ".jpg",
                    Math.max(-1, photo.number(-1, "file_size")),
                    "image/jpeg",
                    FILE + id));
  }

  private static Optional<String> findId(JsonValue file) {
    return file.findText("file_id").filter(id -> !id.isEmpty() && id.length() <= LONGEST_ID);
  }

  private static String name(String given) {
    return given.length() > LONGEST_NAME ? given.substring(given.length() - LONGEST_NAME) : given;
  }
}
