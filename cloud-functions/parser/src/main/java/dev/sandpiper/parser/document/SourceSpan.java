package dev.sandpiper.parser.document;

import org.jspecify.annotations.Nullable;

/// Where in the source something came from.
public sealed interface SourceSpan {

  /// A place on a page.
  ///
  /// @param page 1-based
  /// @param box the area; `null` when only the page is known
  record OnPage(int page, @Nullable Box box) implements SourceSpan {}

  /// Cells of a sheet, for instance `A1:C9`.
  record InSheet(String sheet, String cells) implements SourceSpan {}

  /// A slide, 1-based.
  record OnSlide(int slide) implements SourceSpan {}

  /// Lines of a text, 1-based and inclusive.
  record Lines(int first, int last) implements SourceSpan {}

  /// A part of the container: a chapter file, a mail body, an XML part; empty for the document as a
  /// whole.
  record InPart(String part) implements SourceSpan {}

  /// A place inside a document inside this one: an attachment, an archive member.
  record Inside(String part, SourceSpan inner) implements SourceSpan {}

  /// The document as a whole.
  static SourceSpan whole() {
    return new InPart("");
  }
}
