package dev.sandpiper.edge.library;

import dev.sandpiper.contract.PageRange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A piece of a document that may answer a question.
///
/// @param id of the chunk
/// @param headings titles above it, outermost first
/// @param pages pages of it; `null` without pages
/// @param place sheet, slide or part; `null` when there is none
/// @param text Markdown, as the document has it
/// @param score higher is better; comparable within one question
/// @param coverage how much of what was asked for it has, 0 to 1, rare words counting more
public record Passage(
    long id,
    DocumentInfo document,
    List<String> headings,
    @Nullable PageRange pages,
    @Nullable String place,
    String text,
    double score,
    double coverage) {

  public Passage {
    headings = List.copyOf(headings);
  }

  /// The text without signs of Markdown.
  public String plain() {
    return PlainText.of(text);
  }

  /// The same with another score.
  public Passage scored(double newScore) {
    return new Passage(id, document, headings, pages, place, text, newScore, coverage);
  }
}
