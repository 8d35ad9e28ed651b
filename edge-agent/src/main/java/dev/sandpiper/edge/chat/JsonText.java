package dev.sandpiper.edge.chat;

import dev.sandpiper.edge.view.Json;

/// A string as JSON.
final class JsonText {

  private JsonText() {}

  static String of(String text) {
    return Json.line(json -> json.writeString(text));
  }
}
