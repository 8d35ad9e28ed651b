package dev.sandpiper.edge.library;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where in a document something stands, as a person would say it.
public final class Place {

  /// How an Office file calls its parts inside says nothing to anybody.
  private static final Pattern PART = Pattern.compile("(?:^|: )[\\w./-]+\\.xml$");

  private Place() {}

  /// The sheet, the slide, the file in an archive; empty when only the document itself is left.
  public static Optional<String> shown(@Nullable String place) {
    return Optional.ofNullable(place)
        .map(text -> PART.matcher(text).replaceFirst(""))
        .filter(text -> !text.isBlank());
  }
}
