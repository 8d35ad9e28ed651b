package dev.sandpiper.edge.llm.wire;

import dev.sandpiper.edge.config.Secret;
import dev.sandpiper.edge.net.HttpCaller;
import java.net.URI;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// Where models are asked, and as whom.
///
/// @param base the API's base address, as its provider documents it
/// @param key `null` where none is needed
/// @param clock for dates that providers name
public record ModelEndpoint(
    HttpCaller http, URI base, @Nullable Secret key, ModelTimes times, InstantSource clock) {

  /// The provider's host, for messages.
  public String host() {
    String host = base.getHost();
    return base.getPort() < 0 ? String.valueOf(host) : host + ":" + base.getPort();
  }

  /// An address below the base.
  ///
  /// @param version the API's first folder, such as `v1`: added unless the base ends with it
  /// @param path what follows, encoded
  public URI under(String version, String path) {
    String folder = base.toString().replaceAll("/+$", "");
    String whole =
        version.isEmpty() || folder.endsWith("/" + version) ? folder : folder + "/" + version;
    return URI.create(whole + "/" + path);
  }
}
