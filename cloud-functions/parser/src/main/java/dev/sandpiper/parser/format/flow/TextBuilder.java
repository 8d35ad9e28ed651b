package dev.sandpiper.parser.format.flow;

import dev.sandpiper.parser.document.Span;
import dev.sandpiper.parser.document.Text;
import dev.sandpiper.parser.task.ParseBudget;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Collects the text of one block; neighbours of one style become one span.
public final class TextBuilder {

  private final ParseBudget budget;
  private final List<Span> spans = new ArrayList<>();
  private final StringBuilder run = new StringBuilder();
  private Set<Span.Mark> marks = Set.of();
  private @Nullable String link;

  public TextBuilder(ParseBudget budget) {
    this.budget = budget;
  }

  /// Adds plain characters.
  public TextBuilder append(String text) {
    return append(text, Set.of(), null);
  }

  /// Adds characters of a style; a line break is `\n`.
  public TextBuilder append(String text, Set<Span.Mark> style, @Nullable String target) {
    if (text.isEmpty()) {
      return this;
    }
    budget.spendCharacters(text.length());
    if (!style.equals(marks) || !Objects.equals(target, link)) {
      flush();
      marks = style;
      link = target;
    }
    run.append(text);
    return this;
  }

  /// Adds a reference to a note, shown as `label`.
  public TextBuilder noteRef(String id, String label) {
    flush();
    budget.spendCharacters(label.length());
    spans.add(new Span(label, Set.of(Span.Mark.SUPERSCRIPT), null, id));
    return this;
  }

  /// Whether nothing was added yet.
  public boolean isEmpty() {
    return spans.isEmpty() && run.isEmpty();
  }

  /// The text so far, without white space at its ends; the builder is empty afterwards.
  public Text build() {
    flush();
    int first = 0;
    int last = spans.size();
    while (first < last && isSpace(spans.get(first))) {
      first++;
    }
    while (last > first && isSpace(spans.get(last - 1))) {
      last--;
    }
    List<Span> kept = new ArrayList<>(spans.subList(first, last));
    spans.clear();
    if (!kept.isEmpty()) {
      trim(kept, 0, true);
      trim(kept, kept.size() - 1, false);
    }
    return kept.isEmpty() ? Text.EMPTY : new Text(kept);
  }

  private static boolean isSpace(Span span) {
    return span.noteRef() == null && span.text().isBlank();
  }

  private static void trim(List<Span> spans, int index, boolean leading) {
    Span span = spans.get(index);
    String text = leading ? span.text().stripLeading() : span.text().stripTrailing();
    spans.set(index, new Span(text, span.marks(), span.link(), span.noteRef()));
  }

  private void flush() {
    if (!run.isEmpty()) {
      spans.add(new Span(run.toString(), marks, link, null));
      run.setLength(0);
    }
  }
}
