package dev.sandpiper.edge.http;

import dev.sandpiper.edge.channel.web.Visitor;
import dev.sandpiper.edge.channel.web.WebSessions;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Tells who calls: whoever has the agent's token is the owner, a browser shows its cookie. A
/// request with a cookie must come from our own page.
final class Visits {

  /// A page of another origin cannot set it without being allowed to.
  private static final String MARK = "x-sandpiper";

  /// No session: the token was shown.
  static final long NO_SESSION = 0;

  private static final String COOKIE = "sandpiper";

  private final ChatParts parts;

  Visits(ChatParts parts) {
    this.parts = parts;
  }

  /// Somebody who is let in.
  ///
  /// @param session theirs; [#NO_SESSION] with the token
  record Visit(Visitor visitor, long session) {}

  /// Who looks.
  ///
  /// @throws Problem.Thrown when nobody who is let in
  Visit looking(Request request) {
    if (request.trusted()) {
      return new Visit(parts.door().owner(), NO_SESSION);
    }
    String site = request.header("sec-fetch-site");
    if (site != null && !site.equals("same-origin") && !site.equals("none")) {
      throw elsewhere();
    }
    WebSessions.Session session =
        secret(request).flatMap(parts.sessions()::find).orElseThrow(Visits::logIn);
    Visitor visitor = parts.door().find(session.visitor()).orElseThrow(Visits::logIn);
    return new Visit(visitor, session.id());
  }

  /// Who changes something.
  ///
  /// @throws Problem.Thrown when nobody who is let in, or another page made their browser do it
  Visit changing(Request request) {
    if (!request.trusted()) {
      requireOurPage(request, true);
    }
    return looking(request);
  }

  /// @param strict whether a request that does not say where it comes from is refused, too
  static void requireOurPage(Request request, boolean strict) {
    String origin = request.header("origin");
    String host = String.valueOf(request.header("host"));
    boolean ours =
        origin == null
            ? !strict
            : origin.equalsIgnoreCase("https://" + host)
                || origin.equalsIgnoreCase("http://" + host);
    if (!ours || request.header(MARK) == null) {
      throw elsewhere();
    }
  }

  private static Problem.Thrown elsewhere() {
    return Problem.of(
            403,
            "Forbidden",
            "This must come from the agent's own page: an Origin that is its address, and the"
                + " header X-Sandpiper. Programs send 'Authorization: Bearer …' instead.")
        .thrown();
  }

  private static Problem.Thrown logIn() {
    return Problem.of(
            401,
            "Unauthorized",
            "Log in on the page at /, with the agent's token or a code of 'sandpiper pair'; programs"
                + " send 'Authorization: Bearer …'.")
        .thrown();
  }

  private static Optional<String> secret(Request request) {
    String cookies = request.header("cookie");
    if (cookies == null) {
      return Optional.empty();
    }
    String wanted = name(request) + "=";
    for (String cookie : List.of(cookies.split("[;,]", 64))) {
      String text = cookie.strip();
      if (text.startsWith(wanted)) {
        return Optional.of(text.substring(wanted.length()));
      }
    }
    return Optional.empty();
  }

  /// Hands a browser its secret, or takes it away.
  ///
  /// @param secret `null` takes it away
  String cookie(Request request, @Nullable String secret) {
    return "%s=%s; Path=/; HttpOnly; SameSite=Strict%s; Max-Age=%d"
        .formatted(
            name(request),
            secret == null ? "" : secret,
            isLoopback(request) ? "" : "; Secure",
            secret == null ? 0 : parts.session().toSeconds());
  }

  /// On this machine all ports share their cookies, so that the port is part of the name; elsewhere
  /// the prefix makes browsers insist on TLS.
  private static String name(Request request) {
    if (!isLoopback(request)) {
      return "__Host-" + COOKIE;
    }
    String host = String.valueOf(request.header("host"));
    int colon = host.lastIndexOf(':');
    String port = colon > host.lastIndexOf(']') ? host.substring(colon + 1) : "";
    return COOKIE + "-" + (port.chars().allMatch(c -> c >= '0' && c <= '9') ? port : "");
  }

  private static boolean isLoopback(Request request) {
    String host = String.valueOf(request.header("host")).toLowerCase(Locale.ROOT);
    return host.startsWith("127.") || host.startsWith("localhost") || host.startsWith("[::1]");
  }
}
