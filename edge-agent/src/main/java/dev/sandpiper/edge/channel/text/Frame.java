package dev.sandpiper.edge.channel.text;

/// What stands around the parts of a list's item or of a quote when they are taken out of it.
///
/// @param first before the first line
/// @param rest before the other lines
/// @param said what the marks say, as [Flow] words them
/// @param again before every line of what follows: a quote goes on, an item is only marked once
record Frame(String first, String rest, String said, String again) {

  /// Nothing around it.
  static final Frame NONE = new Frame("", "", "", "");

  Frame quote() {
    return new Frame(first + "> ", rest + "> ", said, again + "> ");
  }

  Frame item(String marker, String words) {
    return new Frame(first + marker, rest + " ".repeat(marker.length()), said + words, again);
  }

  /// Around what follows the first part.
  Frame later() {
    return new Frame(again, again, "", again);
  }

  String around(String markdown) {
    return rest.isEmpty() ? first + markdown : first + markdown.replace("\n", "\n" + rest);
  }
}
