package dev.sandpiper.parser.format.docx;

import dev.sandpiper.parser.document.Block;
import dev.sandpiper.parser.document.Span;
import dev.sandpiper.parser.document.Text;
import dev.sandpiper.parser.format.flow.ListBuilder;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Turns paragraphs and tables, in order, into blocks: lists, quotes, code and captions are runs of
/// paragraphs in the file.
final class BlockFlow {

  private final Story story;
  private final boolean inside;
  private final ListBuilder lists;
  private final List<Block> quoted = new ArrayList<>();
  private final StringBuilder code = new StringBuilder();
  private @Nullable Text caption;
  private @Nullable ParagraphReader unfinished;

  /// @param inside whether this is the content of a cell or box, where there are no headings or
  ///   pages
  BlockFlow(Story story, boolean inside) {
    this.story = story;
    this.inside = inside;
    this.lists = new ListBuilder(story.span());
  }

  /// The reader for the next paragraph: the last one's when that runs on.
  ParagraphReader paragraphReader(Supplier<ParagraphReader> fresh) {
    ParagraphReader reader = unfinished == null ? fresh.get() : unfinished;
    unfinished = null;
    return reader;
  }

  void paragraph(ParagraphProperties properties, ParagraphReader reader) {
    if (properties.joinsNext()) {
      unfinished = reader;
      return;
    }
    if (properties.pageBefore() || reader.breaksBefore()) {
      page();
    }
    text(properties, reader.text().build());
    reader.anchored().forEach(this::anchored);
    if (reader.breaksAfter() || properties.section()) {
      page();
    }
  }

  private void anchored(Block block) {
    endRuns();
    if (!lists.continueItem(block)) {
      lists.block(block);
    }
  }

  private void text(ParagraphProperties properties, Text text) {
    if (properties.role() == Styles.Role.CODE) {
      endCaption();
      endQuote();
      code.append(text.plain()).append('\n');
      return;
    }
    endCode();
    ListBuilder.Place place = place(properties);
    if (text.isBlank()) {
      return;
    }
    endCaption();
    if (properties.role() == Styles.Role.QUOTE && place == null) {
      quoted.add(new Block.Paragraph(text, story.span()));
      return;
    }
    endQuote();
    visible(properties, place, text);
  }

  private ListBuilder.@Nullable Place place(ParagraphProperties properties) {
    boolean isHeading = properties.heading() > 0 || properties.role() == Styles.Role.TITLE;
    return properties.numId() == null || isHeading
        ? null
        : story.numbering().count(properties.numId(), properties.level());
  }

  private void visible(
      ParagraphProperties properties, ListBuilder.@Nullable Place place, Text text) {
    Block paragraph = new Block.Paragraph(text, story.span());
    int heading = properties.role() == Styles.Role.TITLE ? 1 : properties.heading();
    if (heading > 0 && !inside) {
      lists.block(new Block.Heading(Math.min(heading, 6), unbold(text), story.span()));
    } else if (place != null) {
      lists.item(place, List.of(paragraph));
    } else if (properties.role() == Styles.Role.CAPTION) {
      caption = text;
    } else if (properties.role() != Styles.Role.LIST_CONTINUATION
        || !lists.continueItem(paragraph)) {
      lists.block(paragraph);
    }
  }

  /// A heading all of whose text is bold is just a heading.
  private static Text unbold(Text text) {
    boolean allBold =
        text.spans().stream()
            .allMatch(span -> span.marks().contains(Span.Mark.BOLD) || span.text().isBlank());
    return allBold ? new Text(text.spans().stream().map(BlockFlow::unbold).toList()) : text;
  }

  private static Span unbold(Span span) {
    EnumSet<Span.Mark> marks = EnumSet.noneOf(Span.Mark.class);
    marks.addAll(span.marks());
    marks.remove(Span.Mark.BOLD);
    return new Span(span.text(), Set.copyOf(marks), span.link(), span.noteRef());
  }

  void table(Block.@Nullable Table table) {
    if (table == null) {
      return;
    }
    endQuote();
    endCode();
    Text above = caption;
    caption = null;
    lists.block(
        above == null
            ? table
            : new Block.Table(above, table.headerRows(), table.rows(), table.span()));
  }

  void block(Block block) {
    endRuns();
    lists.block(block);
  }

  private void page() {
    if (!inside) {
      block(new Block.PageBreak(story.pages().next(), story.span()));
    }
  }

  private void endRuns() {
    endCaption();
    endQuote();
    endCode();
  }

  private void endCaption() {
    if (caption != null) {
      Text text = caption;
      caption = null;
      lists.block(new Block.Paragraph(text, story.span()));
    }
  }

  private void endQuote() {
    if (!quoted.isEmpty()) {
      lists.block(new Block.Quote(quoted, story.span()));
      quoted.clear();
    }
  }

  private void endCode() {
    if (!code.isEmpty()) {
      lists.block(new Block.Code(code.toString().stripTrailing(), null, story.span()));
      code.setLength(0);
    }
  }

  List<Block> build() {
    if (unfinished != null) {
      ParagraphReader reader = unfinished;
      unfinished = null;
      paragraph(ParagraphProperties.of(story.styles().paragraph(null)), reader);
    }
    endRuns();
    return lists.build();
  }
}
