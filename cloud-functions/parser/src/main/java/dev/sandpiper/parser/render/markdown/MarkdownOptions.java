package dev.sandpiper.parser.render.markdown;

/// What goes into Markdown.
///
/// @param pageBreaks whether the start of a page is marked with a comment, `<!-- page 3 -->`
/// @param hiddenText whether text that the document hides from its reader is written
public record MarkdownOptions(boolean pageBreaks, boolean hiddenText) {

  /// Page breaks are marked, hidden text is left out.
  public static final MarkdownOptions DEFAULT = new MarkdownOptions(true, false);
}
