package dev.sandpiper.parser.format.legacy;

import dev.sandpiper.parser.document.Block;
import dev.sandpiper.parser.document.Document;
import dev.sandpiper.parser.document.SourceSpan;
import dev.sandpiper.parser.document.Text;
import dev.sandpiper.parser.format.ParseContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.poi.hslf.usermodel.HSLFGroupShape;
import org.apache.poi.hslf.usermodel.HSLFNotes;
import org.apache.poi.hslf.usermodel.HSLFShape;
import org.apache.poi.hslf.usermodel.HSLFSlide;
import org.apache.poi.hslf.usermodel.HSLFSlideShow;
import org.apache.poi.hslf.usermodel.HSLFTable;
import org.apache.poi.hslf.usermodel.HSLFTableCell;
import org.apache.poi.hslf.usermodel.HSLFTextParagraph;
import org.apache.poi.hslf.usermodel.HSLFTextShape;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.jspecify.annotations.Nullable;

/// Reads a PowerPoint 97 to 2003 presentation: title, texts, tables and notes of each slide.
final class PptReader {

  private static final int DEEPEST_GROUP = 16;

  private final ParseContext context;
  private final SourceSpan span;
  private final List<Block> blocks = new ArrayList<>();

  private PptReader(ParseContext context, int slide) {
    this.context = context;
    this.span = new SourceSpan.OnSlide(slide);
  }

  static Document read(POIFSFileSystem files, ParseContext context) throws IOException {
    try (HSLFSlideShow show = new HSLFSlideShow(files)) {
      List<Block> blocks = new ArrayList<>();
      List<HSLFSlide> slides = show.getSlides();
      int most = Math.min(slides.size(), context.budget().limits().maxPages());
      boolean first = true;
      for (int number = 1; number <= most; number++) {
        if (context.pages().contains(number)) {
          context.budget().checkDeadline();
          PptReader reader = new PptReader(context, number);
          if (!first) {
            blocks.add(new Block.PageBreak(number, reader.span));
          }
          first = false;
          blocks.addAll(reader.slide(slides.get(number - 1), number));
        }
      }
      return new Document(Properties.read(files), slides.size(), blocks);
    }
  }

  private List<Block> slide(HSLFSlide slide, int number) {
    try {
      String title = slide.getTitle();
      if (title != null && !title.isBlank()) {
        blocks.add(new Block.Heading(1, words(title), span));
      }
      shapes(slide.getShapes(), title == null ? "" : title.strip(), 0);
      notes(slide.getNotes(), number);
    } catch (IllegalStateException | IndexOutOfBoundsException | NullPointerException e) {
      context.warn("damaged-slide", "Part of this slide cannot be read.", "slide " + number);
    }
    return blocks;
  }

  private void shapes(List<HSLFShape> shapes, String title, int depth) {
    for (HSLFShape shape : shapes) {
      switch (shape) {
        case HSLFTable table -> table(table);
        case HSLFGroupShape group when depth < DEEPEST_GROUP ->
            shapes(group.getShapes(), title, depth + 1);
        case HSLFTextShape text -> text(text, title);
        default -> {}
      }
    }
  }

  private void text(HSLFTextShape shape, String title) {
    String all = shape.getText();
    if (all == null || all.isBlank() || all.strip().equals(title)) {
      return;
    }
    List<Block.Item> items = new ArrayList<>();
    for (HSLFTextParagraph paragraph : shape.getTextParagraphs()) {
      Text words = words(HSLFTextParagraph.getText(List.of(paragraph)));
      if (words.isBlank()) {
        continue;
      }
      Block block = new Block.Paragraph(words, span);
      if (paragraph.isBullet()) {
        items.add(new Block.Item(List.of(block), null));
      } else {
        endList(items);
        blocks.add(block);
      }
    }
    endList(items);
  }

  private void endList(List<Block.Item> items) {
    if (!items.isEmpty()) {
      blocks.add(new Block.ListBlock(false, 1, items, span));
      items.clear();
    }
  }

  private void table(HSLFTable table) {
    List<Block.Row> rows = new ArrayList<>();
    for (int row = 0; row < table.getNumberOfRows(); row++) {
      List<Block.Cell> cells = new ArrayList<>();
      for (int column = 0; column < table.getNumberOfColumns(); column++) {
        context.budget().spendCells(1);
        HSLFTableCell cell = table.getCell(row, column);
        String text = cell == null ? "" : cell.getText();
        cells.add(Block.Cell.of(words(text), span));
      }
      rows.add(new Block.Row(cells));
    }
    if (!rows.isEmpty()) {
      blocks.add(new Block.Table(null, 1, rows, span));
    }
  }

  private void notes(@Nullable HSLFNotes notes, int number) {
    if (notes == null) {
      return;
    }
    List<Block> content = new ArrayList<>();
    for (List<HSLFTextParagraph> paragraphs : notes.getTextParagraphs()) {
      Text words = words(HSLFTextParagraph.getText(paragraphs));
      if (!words.isBlank() && !words.plain().equals("*")) {
        content.add(new Block.Paragraph(words, span));
      }
    }
    if (!content.isEmpty()) {
      blocks.add(new Block.Note(Block.Note.Kind.SPEAKER, "slide-" + number, content, span));
    }
  }

  private Text words(String text) {
    context.budget().spendCharacters(text.length());
    return Text.of(text.replace('\r', '\n').replace('\u000B', '\n').strip());
  }
}
