package dev.sandpiper.parser.format.pdf.page;

import dev.sandpiper.parser.task.ParseWarning;
import java.util.List;

/// All that is known of one page.
///
/// @param number 1-based, counted over the whole document
/// @param width in points, after rotation
/// @param height in points, after rotation
/// @param items what is on it, in reading order
/// @param warnings what was not read as it should be
public record PageRecord(
    int number, float width, float height, List<PageItem> items, List<ParseWarning> warnings) {

  public PageRecord {
    items = List.copyOf(items);
    warnings = List.copyOf(warnings);
  }
}
