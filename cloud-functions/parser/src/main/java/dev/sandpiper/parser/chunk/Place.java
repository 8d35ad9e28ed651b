package dev.sandpiper.parser.chunk;

import dev.sandpiper.parser.document.SourceSpan;
import org.jspecify.annotations.Nullable;

/// Where the text of a chunk came from.
///
/// @param container path of nested documents; empty at the top
/// @param firstPage first page of the top document; `null` when it has none or in a nested one
/// @param lastPage last page
/// @param first where the first block came from, for a person; empty when pages say it
/// @param last where the last block came from
record Place(
    String container,
    @Nullable Integer firstPage,
    @Nullable Integer lastPage,
    String first,
    String last) {

  static Place of(SourceSpan span) {
    StringBuilder container = new StringBuilder();
    SourceSpan inner = span;
    while (inner instanceof SourceSpan.Inside(String part, SourceSpan next)) {
      container.append(container.isEmpty() ? "" : "/").append(part);
      inner = next;
    }
    boolean nested = !container.isEmpty();
    if (inner instanceof SourceSpan.OnPage(int page, _) && !nested) {
      return new Place("", page, page, "", "");
    }
    String where = describe(inner);
    return new Place(container.toString(), null, null, where, where);
  }

  private static String describe(SourceSpan span) {
    return switch (span) {
      case SourceSpan.OnPage(int page, _) -> "page " + page;
      case SourceSpan.InSheet(String sheet, String cells) -> sheet + "!" + cells;
      case SourceSpan.OnSlide(int slide) -> "slide " + slide;
      case SourceSpan.Lines _ -> "";
      case SourceSpan.InPart(String part) -> part;
      case SourceSpan.Inside(_, SourceSpan inner) -> describe(inner);
    };
  }

  /// Whether blocks from both places may share a chunk.
  boolean isBeside(Place other) {
    return container.equals(other.container) && sheet(first).equals(sheet(other.first));
  }

  private static String sheet(String where) {
    int mark = where.lastIndexOf('!');
    return mark < 0 ? "" : where.substring(0, mark);
  }

  Place union(Place other) {
    return new Place(
        container,
        smaller(firstPage, other.firstPage),
        larger(lastPage, other.lastPage),
        first.isEmpty() ? other.first : first,
        other.last.isEmpty() ? last : other.last);
  }

  private static @Nullable Integer smaller(@Nullable Integer a, @Nullable Integer b) {
    return a == null ? b : b == null ? a : Integer.valueOf(Math.min(a, b));
  }

  private static @Nullable Integer larger(@Nullable Integer a, @Nullable Integer b) {
    return a == null ? b : b == null ? a : Integer.valueOf(Math.max(a, b));
  }

  /// The place in words; `null` when there is nothing to say.
  @Nullable String describe() {
    String where = first.equals(last) ? first : first + " to " + last;
    if (container.isEmpty()) {
      return where.isEmpty() ? null : where;
    }
    return where.isEmpty() ? container : container + ": " + where;
  }
}
