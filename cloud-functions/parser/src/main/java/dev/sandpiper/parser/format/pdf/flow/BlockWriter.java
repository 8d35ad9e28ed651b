package dev.sandpiper.parser.format.pdf.flow;

import dev.sandpiper.parser.document.Block;
import dev.sandpiper.parser.document.SourceSpan;
import dev.sandpiper.parser.document.Text;
import dev.sandpiper.parser.format.pdf.page.PageItem;
import dev.sandpiper.parser.format.pdf.page.Style;
import dev.sandpiper.parser.task.ParseBudget;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes pieces as blocks: decides what each chunk is, and mends paragraphs that a column or page
/// break cut in two.
final class BlockWriter {

  private static final float SAME_SIZE = 0.08f;
  private static final int FEWEST_CODE_LINES = 2;

  /// A paragraph that may go on in the next column, and where its block stands.
  private record Unfinished(int at, List<PageItem.Line> lines, SourceSpan span, float size) {}

  private final FontProfile body;
  private final HeadingRules headings;
  private final ParseBudget budget;
  private final List<Block> blocks = new ArrayList<>();
  private final ListWriter list = new ListWriter();
  private @Nullable Unfinished unfinished;
  private int comments;

  BlockWriter(FontProfile body, HeadingRules headings, ParseBudget budget) {
    this.body = body;
    this.headings = headings;
    this.budget = budget;
  }

  List<Block> blocks() {
    endList();
    return blocks;
  }

  void write(Piece piece) {
    switch (piece) {
      case Piece.Start(int page) -> {
        endList();
        blocks.add(new Block.PageBreak(page, new SourceSpan.OnPage(page, null)));
      }
      case Piece.Whole(int page, PageItem item) -> {
        endList();
        writeWhole(page, item);
      }
      case Piece.Lines(Chunk chunk) -> writeChunk(chunk);
    }
  }

  private void writeWhole(int page, PageItem item) {
    SourceSpan span = new SourceSpan.OnPage(page, item.box());
    switch (item) {
      case PageItem.Grid grid -> blocks.add(TableWriter.table(page, grid, budget));
      case PageItem.Picture _ -> blocks.add(new Block.Image(null, null, span));
      case PageItem.Comment comment -> {
        comments++;
        String author = comment.author().isBlank() ? "" : comment.author() + ": ";
        Block text = new Block.Paragraph(Text.of(author + comment.text()), span);
        blocks.add(
            new Block.Note(Block.Note.Kind.COMMENT, "comment-" + comments, List.of(text), span));
      }
      case PageItem.Line line -> writeChunk(new Chunk(page, line));
    }
  }

  private void writeChunk(Chunk chunk) {
    budget.spendCharacters(chunk.plain().length());
    if (headings.isHeading(chunk)) {
      endList();
      unfinished = null;
      blocks.add(
          new Block.Heading(headings.level(chunk), TextBuilder.plain(chunk.lines()), chunk.span()));
    } else if (isCode(chunk)) {
      endList();
      blocks.add(new Block.Code(CodeText.of(chunk), null, chunk.span()));
    } else if (!list.take(chunk)) {
      endList();
      writeParagraph(chunk);
    }
  }

  private boolean isCode(Chunk chunk) {
    return !body.mono() && chunk.lines().size() >= FEWEST_CODE_LINES && chunk.isAll(Style.MONO);
  }

  private void writeParagraph(Chunk chunk) {
    Unfinished before = unfinished;
    if (before != null && goesOn(before, chunk)) {
      List<PageItem.Line> lines = new ArrayList<>(before.lines());
      lines.addAll(chunk.lines());
      blocks.set(before.at(), new Block.Paragraph(text(lines), before.span()));
      unfinished =
          Sentence.ends(chunk.last().text())
              ? null
              : new Unfinished(before.at(), lines, before.span(), before.size());
      return;
    }
    blocks.add(new Block.Paragraph(text(chunk.lines()), chunk.span()));
    boolean isBody = Math.abs(chunk.size() - body.size()) <= SAME_SIZE * body.size();
    if (isBody && chunk.lines().size() > 1) {
      unfinished =
          Sentence.ends(chunk.last().text())
              ? null
              : new Unfinished(blocks.size() - 1, chunk.lines(), chunk.span(), chunk.size());
    }
  }

  private boolean goesOn(Unfinished before, Chunk chunk) {
    boolean elsewhere =
        before.lines().getLast().column() != chunk.first().column()
            || !(before.span() instanceof SourceSpan.OnPage(int page, _) && page == chunk.page());
    return elsewhere
        && Math.abs(before.size() - chunk.size()) <= SAME_SIZE * before.size()
        && Sentence.startsLowerCase(chunk.first().text());
  }

  private Text text(List<PageItem.Line> lines) {
    int ignored = (body.bold() ? Style.BOLD : 0) | (body.mono() ? Style.MONO : 0);
    return new TextBuilder(ignored).add(lines, 0).build();
  }

  private void endList() {
    blocks.addAll(list.finish());
  }
}
