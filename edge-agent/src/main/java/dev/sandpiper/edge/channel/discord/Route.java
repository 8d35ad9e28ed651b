package dev.sandpiper.edge.channel.discord;

import java.util.regex.Pattern;

/// A request's kind, as Discord counts requests.
///
/// @param path below the base
/// @param template method and path without ids
/// @param major the chat
record Route(String method, String path, String template, String major) {

  private static final Pattern IDS = Pattern.compile("/\\d+");
  private static final Pattern CHAT = Pattern.compile("^/channels/(\\d+)");

  static Route of(String method, String path) {
    var chat = CHAT.matcher(path);
    String bare = path.indexOf('?') < 0 ? path : path.substring(0, path.indexOf('?'));
    String template =
        bare.startsWith("/interactions/") ? "/interactions/" : IDS.matcher(bare).replaceAll("/*");
    return new Route(method, path, method + " " + template, chat.find() ? chat.group(1) : "");
  }
}
