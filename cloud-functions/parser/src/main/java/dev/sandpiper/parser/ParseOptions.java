package dev.sandpiper.parser;

import dev.sandpiper.parser.task.PageSelection;
import dev.sandpiper.parser.task.ParseLimits;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;

/// How to parse.
///
/// @param limits bounds
/// @param pages pages to parse; formats without pages ignore it
/// @param scratch folder for temporary files; they are deleted when the parse ends
/// @param deadlinePassed asked between pages and parts; `true` ends the parse
public record ParseOptions(
    ParseLimits limits, PageSelection pages, Path scratch, BooleanSupplier deadlinePassed) {

  /// Default limits, all pages, no deadline.
  public static ParseOptions in(Path scratch) {
    return new ParseOptions(ParseLimits.DEFAULT, PageSelection.ALL, scratch, () -> false);
  }

  /// The same with other limits.
  public ParseOptions withLimits(ParseLimits other) {
    return new ParseOptions(other, pages, scratch, deadlinePassed);
  }

  /// The same with other pages.
  public ParseOptions withPages(PageSelection other) {
    return new ParseOptions(limits, other, scratch, deadlinePassed);
  }
}
