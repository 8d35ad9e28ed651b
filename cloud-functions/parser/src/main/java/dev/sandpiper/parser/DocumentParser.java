package dev.sandpiper.parser;

import dev.sandpiper.parser.detect.Format;
import dev.sandpiper.parser.document.Document;
import dev.sandpiper.parser.format.FormatParser;
import dev.sandpiper.parser.format.PagedFormat;
import dev.sandpiper.parser.task.ByteSource;
import dev.sandpiper.parser.task.ParseFailure;
import dev.sandpiper.parser.task.Reason;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Parses documents of every known format. Stateless and safe for use by several threads.
///
/// Nothing but [ParseFailure] and [OutOfMemoryError] leaves it, whatever the content: defects in a
/// format reader or its library become `UNREADABLE` with the cause.
public final class DocumentParser {

  /// Names the format of some bytes.
  @FunctionalInterface
  public interface FormatDetector {
    /// The format, or a `ParseFailure(UNSUPPORTED_TYPE)` that says what it looks like.
    Format detect(ByteSource source) throws IOException;
  }

  private final FormatDetector detector;
  private final Map<Format, FormatParser> parsers = new EnumMap<>(Format.class);

  /// Makes a parser of the given parts.
  ///
  /// @throws IllegalArgumentException when two readers claim the same format
  public DocumentParser(FormatDetector detector, List<FormatParser> readers) {
    this.detector = detector;
    for (FormatParser reader : readers) {
      for (Format format : reader.formats()) {
        if (parsers.put(format, reader) != null) {
          throw new IllegalArgumentException("two readers for " + format);
        }
      }
    }
  }

  /// Parses a document, or the selected pages of it.
  ///
  /// @throws ParseFailure when it cannot be parsed
  public ParsedDocument parse(ByteSource source, ParseOptions options) {
    return run(
        source,
        options,
        (format, session) -> {
          Document document = reader(format, source).parse(source, format, session);
          document = TextLanguage.check(document);
          return new ParsedDocument(format, document, session.warnings());
        });
  }

  /// Counts the pages and estimates the work of a document whose pages can be parsed apart; one
  /// page and no reason to split for every other.
  ///
  /// @throws ParseFailure when it cannot be read
  public PagedFormat.Estimate estimate(ByteSource source, ParseOptions options) {
    return run(
        source,
        options,
        (format, session) ->
            reader(format, source) instanceof PagedFormat paged
                ? paged.estimate(source, session)
                : new PagedFormat.Estimate(1, 0, format + " is parsed in one piece"));
  }

  /// Parses the selected pages into opaque values for [#join].
  ///
  /// @throws ParseFailure when it cannot be parsed, or its pages cannot be parsed apart
  public List<String> pages(ByteSource source, ParseOptions options) {
    return run(source, options, (format, session) -> paged(format, source).pages(source, session));
  }

  /// Joins the page values of all parts of a document. `source` need not be readable: its format is
  /// taken to be `format`.
  ///
  /// @throws ParseFailure when the values do not belong together
  public ParsedDocument join(
      ByteSource source, Format format, List<String> pages, ParseOptions options) {
    return guarded(
        source,
        options,
        session ->
            new ParsedDocument(
                format,
                TextLanguage.check(paged(format, source).join(pages, session)),
                session.warnings()));
  }

  private <T> T run(ByteSource source, ParseOptions options, FormatStep<T> step) {
    return guarded(
        source,
        options,
        session -> {
          long size = source.size();
          if (size > options.limits().maxBytes()) {
            throw new ParseFailure(
                ParseFailure.Code.OVER_LIMIT,
                "%s has %,d bytes, more than the %,d allowed. Raise the size limit to parse it."
                    .formatted(source.name(), size, options.limits().maxBytes()));
          }
          if (size == 0) {
            throw new ParseFailure(
                ParseFailure.Code.UNREADABLE, source.name() + " is empty. Send it again.");
          }
          return step.run(detector.detect(source), session);
        });
  }

  private <T> T guarded(ByteSource source, ParseOptions options, SessionStep<T> step) {
    try (ParseSession session = new ParseSession(this, options)) {
      return step.run(session);
    } catch (ParseFailure e) {
      throw e;
    } catch (IOException | RuntimeException | StackOverflowError e) {
      throw new ParseFailure(
          ParseFailure.Code.UNREADABLE,
          source.name()
              + " cannot be read: "
              + Reason.of(e)
              + ". Open it in its own program and save it anew.",
          e);
    }
  }

  Format detect(ByteSource source) throws IOException {
    return detector.detect(source);
  }

  FormatParser reader(Format format, ByteSource source) {
    FormatParser reader = parsers.get(format);
    if (reader == null) {
      throw new ParseFailure(
          ParseFailure.Code.UNSUPPORTED_TYPE,
          source.name() + " is " + format.mediaType() + ", which this parser does not read.");
    }
    return reader;
  }

  private PagedFormat paged(Format format, ByteSource source) {
    if (reader(format, source) instanceof PagedFormat paged) {
      return paged;
    }
    throw new ParseFailure(
        ParseFailure.Code.UNSUPPORTED_TYPE,
        source.name()
            + " is "
            + format.mediaType()
            + ", whose pages are not parsed apart. Parse it whole.");
  }

  private interface FormatStep<T> {
    T run(Format format, ParseSession session) throws IOException;
  }

  private interface SessionStep<T> {
    T run(ParseSession session) throws IOException;
  }
}
