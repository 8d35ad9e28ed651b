package dev.sandpiper.parser.document;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a document says about itself. Unknown values are `null` or empty. Every text is cut after
/// 1,000 code points, every collection after 100 elements.
///
/// @param title title from the document's properties
/// @param authors authors in the document's order
/// @param created when it was made
/// @param modified when it was last changed
/// @param language BCP 47 tag
/// @param producer program that wrote the file
/// @param properties anything else worth keeping, in insertion order: mail addresses, image size, …
public record Metadata(
    @Nullable String title,
    List<String> authors,
    @Nullable Instant created,
    @Nullable Instant modified,
    @Nullable String language,
    @Nullable String producer,
    Map<String, String> properties) {

  /// Nothing known.
  public static final Metadata NONE = builder().build();

  private static final int LONGEST = 1_000;
  private static final int MOST = 100;

  public Metadata {
    title = bounded(title);
    authors = authors.stream().limit(MOST).map(Metadata::cut).toList();
    language = bounded(language);
    producer = bounded(producer);
    Map<String, String> kept = new LinkedHashMap<>();
    properties.entrySet().stream()
        .limit(MOST)
        .forEach(property -> kept.put(cut(property.getKey()), cut(property.getValue())));
    properties = Collections.unmodifiableMap(kept);
  }

  private static @Nullable String bounded(@Nullable String text) {
    return text == null ? null : cut(text);
  }

  /// Ends between two code points.
  private static String cut(String text) {
    return text.codePointCount(0, text.length()) <= LONGEST
        ? text
        : text.substring(0, text.offsetByCodePoints(0, LONGEST));
  }

  /// Starts with nothing known.
  public static Builder builder() {
    return new Builder();
  }

  /// Collects metadata while a format is read; blank text counts as unknown.
  public static final class Builder {
    private @Nullable String title;
    private final List<String> authors = new ArrayList<>();
    private @Nullable Instant created;
    private @Nullable Instant modified;
    private @Nullable String language;
    private @Nullable String producer;
    private final Map<String, String> properties = new LinkedHashMap<>();

    private Builder() {}

    /// Sets the title.
    public Builder title(@Nullable String value) {
      title = clean(value);
      return this;
    }

    /// Adds an author once.
    public Builder author(@Nullable String value) {
      String author = clean(value);
      if (author != null && !authors.contains(author)) {
        authors.add(author);
      }
      return this;
    }

    /// Sets the creation time.
    public Builder created(@Nullable Instant value) {
      created = value;
      return this;
    }

    /// Sets the time of the last change.
    public Builder modified(@Nullable Instant value) {
      modified = value;
      return this;
    }

    /// Sets the BCP 47 language tag.
    public Builder language(@Nullable String value) {
      language = clean(value);
      return this;
    }

    /// Sets the producing program.
    public Builder producer(@Nullable String value) {
      producer = clean(value);
      return this;
    }

    /// Adds a property unless the value is blank.
    public Builder property(String name, @Nullable String value) {
      String text = clean(value);
      if (text != null) {
        properties.put(name, text);
      }
      return this;
    }

    /// The metadata collected so far.
    public Metadata build() {
      return new Metadata(title, authors, created, modified, language, producer, properties);
    }

    private static @Nullable String clean(@Nullable String value) {
      return value == null || value.isBlank() ? null : value.strip();
    }
  }
}
