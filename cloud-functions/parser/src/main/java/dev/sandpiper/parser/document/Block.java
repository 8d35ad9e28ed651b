package dev.sandpiper.parser.document;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A piece of a document's structure.
public sealed interface Block {

  /// Where in the source the block came from.
  SourceSpan span();

  /// A heading. Emphasis of all of its text is how headings look and is dropped.
  ///
  /// @param level 1 (outermost) to 6
  record Heading(int level, Text text, SourceSpan span) implements Block {
    public Heading {
      if (level < 1 || level > 6) {
        throw new IllegalArgumentException("heading level must be 1 to 6, not " + level);
      }
      text = text.withoutOverallEmphasis();
    }
  }

  /// A paragraph.
  record Paragraph(Text text, SourceSpan span) implements Block {}

  /// A list; nested lists are blocks of an item.
  ///
  /// @param ordered whether items are numbered
  /// @param start number of the first item
  record ListBlock(boolean ordered, int start, List<Item> items, SourceSpan span) implements Block {
    public ListBlock {
      items = List.copyOf(items);
    }
  }

  /// A list item.
  ///
  /// @param checked state of a task item; `null` for an ordinary item
  record Item(List<Block> content, @Nullable Boolean checked) {
    public Item {
      content = List.copyOf(content);
    }
  }

  /// A table. A cell that spans appears once, in its first row; covered positions have no cell.
  ///
  /// @param caption text above or below the table; `null` when there is none
  /// @param headerRows how many of the first rows are headings
  record Table(@Nullable Text caption, int headerRows, List<Row> rows, SourceSpan span)
      implements Block {
    public Table {
      rows = List.copyOf(rows);
    }
  }

  /// A table row.
  record Row(List<Cell> cells) {
    public Row {
      cells = List.copyOf(cells);
    }
  }

  /// A table cell; usually one paragraph.
  record Cell(List<Block> content, int rowSpan, int colSpan) {
    public Cell {
      if (rowSpan < 1 || colSpan < 1) {
        throw new IllegalArgumentException("cell spans must be at least 1");
      }
      content = List.copyOf(content);
    }

    /// A cell of plain text that spans nothing; empty text gives an empty cell.
    public static Cell of(Text text, SourceSpan span) {
      return new Cell(text.isBlank() ? List.of() : List.of(new Paragraph(text, span)), 1, 1);
    }
  }

  /// Preformatted text.
  record Code(String text, @Nullable String language, SourceSpan span) implements Block {}

  /// A quotation.
  record Quote(List<Block> content, SourceSpan span) implements Block {
    public Quote {
      content = List.copyOf(content);
    }
  }

  /// A picture; its pixels are not part of the tree.
  ///
  /// @param alt text that describes it
  /// @param target name of the part or URL that holds it
  record Image(@Nullable String alt, @Nullable String target, SourceSpan span) implements Block {}

  /// A note: a footnote, endnote, comment or speaker's notes. A [Span#noteRef] with the same id
  /// refers to it.
  record Note(Kind kind, String id, List<Block> content, SourceSpan span) implements Block {
    /// What kind of note it is.
    public enum Kind {
      FOOTNOTE,
      ENDNOTE,
      COMMENT,
      SPEAKER
    }

    public Note {
      content = List.copyOf(content);
    }
  }

  /// A thematic break.
  record Rule(SourceSpan span) implements Block {}

  /// The start of page, slide or sheet `page`, 1-based. Emitted before every page but the first
  /// parsed one.
  record PageBreak(int page, SourceSpan span) implements Block {}
}
