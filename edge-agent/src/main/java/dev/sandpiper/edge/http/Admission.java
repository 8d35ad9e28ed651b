package dev.sandpiper.edge.http;

import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.List;
import java.util.Map;

/// Decides from a request's header alone whether it is served.
final class Admission {

  /// The decision.
  sealed interface Verdict {
    /// @param trusted the request carries the token
    record Serve(Route route, Map<String, String> parameters, Target target, boolean trusted)
        implements Verdict {}

    record Refuse(Problem problem) implements Verdict {}
  }

  private static final String BEARER = "bearer ";

  private final ServerParts parts;
  private final HostCheck hosts;

  Admission(ServerParts parts) {
    this.parts = parts;
    this.hosts = parts.hosts();
  }

  Verdict judge(HttpRequest request) {
    if (request.decoderResult().isFailure()) {
      return new Verdict.Refuse(undecodable(request.decoderResult().cause()));
    }
    if (!request.protocolVersion().equals(HttpVersion.HTTP_1_1)) {
      return refuse(505, "HTTP version not supported", "This server speaks HTTP/1.1.");
    }
    List<String> host = request.headers().getAll(HttpHeaderNames.HOST);
    if (host.size() != 1) {
      return refuse(400, "Bad request", "Exactly one Host header is needed.");
    }
    if (!hosts.allows(host.getFirst())) {
      return refuse(
          421,
          "Misdirected request",
          "The Host header names another server. Use 127.0.0.1 or localhost, or add the name to"
              + " http.hosts.");
    }
    String expect = request.headers().get(HttpHeaderNames.EXPECT);
    if (expect != null && !expect.equalsIgnoreCase("100-continue")) {
      return refuse(417, "Expectation failed", "Only Expect: 100-continue is understood.");
    }
    if (!hasPlainLength(request)) {
      return refuse(400, "Bad request", "Content-Length must be one whole number.");
    }
    Target target = Target.parse(request.uri());
    if (target == null) {
      return refuse(400, "Bad request", "The request target must be a percent-encoded UTF-8 path.");
    }
    return route(request, target);
  }

  static boolean hasPlainLength(HttpRequest request) {
    List<String> given = request.headers().getAll(HttpHeaderNames.CONTENT_LENGTH);
    return given.isEmpty()
        || (given.size() == 1
            && !given.getFirst().isEmpty()
            && given.getFirst().length() < 19
            && given.getFirst().chars().allMatch(c -> c >= '0' && c <= '9'));
  }

  private Verdict route(HttpRequest request, Target target) {
    boolean trusted = isAuthorized(request);
    return switch (parts.router().find(request.method().name(), target.path())) {
      case Router.Match.Found(Route route, Map<String, String> parameters) ->
          route.access().isOpen() || trusted
              ? new Verdict.Serve(route, parameters, target, trusted)
              : unauthorized();
      case Router.Match.WrongMethod(String allow) ->
          new Verdict.Refuse(
              Problem.of(405, "Method not allowed", "This address takes " + allow + ".")
                  .withHeader("Allow", allow));
      // An unknown address tells nothing to those without the token.
      case Router.Match.Nothing() ->
          trusted
              ? refuse(404, "Not found", "No such address; /v1/openapi.json lists them.")
              : unauthorized();
    };
  }

  private boolean isAuthorized(HttpRequest request) {
    List<String> given = request.headers().getAll(HttpHeaderNames.AUTHORIZATION);
    if (given.size() != 1) {
      return false;
    }
    String text = given.getFirst();
    return text.regionMatches(true, 0, BEARER, 0, BEARER.length())
        && parts.token().matches(text.substring(BEARER.length()).strip());
  }

  private static Verdict unauthorized() {
    return new Verdict.Refuse(
        Problem.of(
                401,
                "Unauthorized",
                "Send 'Authorization: Bearer …' with the token; without http.token it is in"
                    + " http.token in the agent's home.")
            .withHeader("WWW-Authenticate", "Bearer"));
  }

  private static Problem undecodable(Throwable cause) {
    return switch (cause) {
      case TooLongHttpLineException _ ->
          Problem.of(
              414,
              "URI too long",
              "The request line is over http.max_request_line. Shorten it, or raise that.");
      case TooLongHttpHeaderException _ ->
          Problem.of(
              431,
              "Request header fields too large",
              "The header is over http.max_header. Send fewer or shorter header fields, or raise that.");
      case TooLongFrameException _ ->
          Problem.of(
              431,
              "Request header fields too large",
              "The header is over http.max_header. Send fewer or shorter header fields, or raise that.");
      default -> Problem.badRequest("The request is not well-formed HTTP/1.1.");
    };
  }

  private static Verdict refuse(int status, String title, String detail) {
    return new Verdict.Refuse(Problem.of(status, title, detail));
  }
}
