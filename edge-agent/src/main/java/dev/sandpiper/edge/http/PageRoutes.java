package dev.sandpiper.edge.http;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/// The page: a few files of the jar, as they are.
final class PageRoutes {

  /// Nothing but our own files runs, shows or is asked; nothing is framed.
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:;"
          + " connect-src 'self'; manifest-src 'self'; form-action 'none'; base-uri 'none';"
          + " frame-ancestors 'none'";

  private static final String SCRIPT = "text/javascript; charset=utf-8";

  private static final List<Asset> ASSETS =
      List.of(
          new Asset("/", "index.html", "text/html; charset=utf-8"),
          new Asset("/web/style.css", "style.css", "text/css; charset=utf-8"),
          new Asset("/web/main.js", "main.js", SCRIPT),
          new Asset("/web/api.js", "api.js", SCRIPT),
          new Asset("/web/markdown.js", "markdown.js", SCRIPT),
          new Asset("/web/outbox.js", "outbox.js", SCRIPT),
          new Asset("/web/messages.js", "messages.js", SCRIPT),
          new Asset("/web/composer.js", "composer.js", SCRIPT),
          new Asset("/web/devices.js", "devices.js", SCRIPT),
          new Asset("/web/spending.js", "spending.js", SCRIPT),
          new Asset("/web/texts.js", "texts.js", SCRIPT),
          new Asset("/web/icon.svg", "icon.svg", "image/svg+xml"),
          new Asset("/web/manifest.json", "manifest.json", "application/manifest+json"));

  private record Asset(String path, String file, String type) {}

  private PageRoutes() {}

  static List<Route> routes() {
    return ASSETS.stream()
        .map(asset ->
            new Route("GET", asset.path(), Route.Access.OPEN, request -> serve(asset, request)))
        .toList();
  }

  private static Response serve(Asset asset, Request request) throws IOException {
    byte[] bytes = read(asset.file());
    String tag = "\"" + hash(bytes) + "\"";
    Map<String, String> headers =
        Map.of(
            "Content-Security-Policy", POLICY,
            "Cache-Control", "no-cache",
            "ETag", tag,
            "Permissions-Policy", "camera=(), microphone=(), geolocation=()",
            "Cross-Origin-Opener-Policy", "same-origin");
    return tag.equals(request.header("if-none-match"))
        ? new Response.Whole(304, "", headers, new byte[0])
        : new Response.Whole(200, asset.type(), headers, bytes);
  }

  private static byte[] read(String file) throws IOException {
    try (InputStream in = PageRoutes.class.getResourceAsStream("web/" + file)) {
      if (in == null) {
        throw new IllegalStateException("web/" + file + " is missing from the jar");
      }
      return in.readAllBytes();
    }
  }

  private static String hash(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(digest, 0, 12);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
