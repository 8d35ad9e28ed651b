package dev.sandpiper.parser.format.pdf.page;

import dev.sandpiper.parser.document.Box;
import dev.sandpiper.parser.format.pdf.page.ReadingOrder.Node;
import dev.sandpiper.parser.task.ParseBudget;
import dev.sandpiper.parser.task.ParseFailure;
import dev.sandpiper.parser.task.ParseWarning;
import dev.sandpiper.parser.task.Reason;
import java.awt.geom.AffineTransform;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.pdfbox.pdmodel.PDPage;

/// The reading of one page: content, annotations, tables, columns.
final class Reading {

  private static final float SMALLEST_PICTURE_SHARE = 0.01f;
  private static final int FEW_CHARACTERS = 30;

  private final int number;
  private final ParseBudget budget;
  private final Fonts fonts;
  private final List<ParseWarning> warnings = new ArrayList<>();

  Reading(int number, ParseBudget budget, Fonts fonts) {
    this.number = number;
    this.budget = budget;
    this.fonts = fonts;
  }

  PageRecord read(PDPage page) {
    PageFrame frame = new PageFrame(new AffineTransform(), 0, 0);
    try {
      frame = PageFrame.of(page);
      return record(frame, items(page, frame));
    } catch (ParseFailure e) {
      throw e;
    } catch (IOException | RuntimeException | StackOverflowError e) {
      String why = Characters.clean(Reason.of(e));
      warn("page-unreadable", "The page cannot be read: " + why + ".");
      return record(frame, List.of());
    }
  }

  private PageRecord record(PageFrame frame, List<PageItem> items) {
    return new PageRecord(
        number, Hundredths.round(frame.width()), Hundredths.round(frame.height()), items, warnings);
  }

  private void warn(String code, String message) {
    warnings.add(new ParseWarning(code, message, "page " + number));
  }

  private List<PageItem> items(PDPage page, PageFrame frame) throws IOException {
    ContentEngine engine = new ContentEngine(frame, new PageGuard(budget), fonts);
    try {
      engine.run(page);
    } catch (PageStopped e) {
      warn("page-truncated", "The page is read in part: " + e.getMessage() + ".");
    }
    report(engine, engine.glyphReader());
    Annotations annotations = Annotations.of(page.getCOSObject(), frame);
    List<PageItem> items = new ArrayList<>();
    addUpright(engine, annotations, frame, items);
    for (Map.Entry<Direction, List<Glyph>> entry : engine.glyphs().entrySet()) {
      if (entry.getKey() != Direction.RIGHT) {
        addTurned(entry.getKey(), WordBuilder.words(entry.getValue()), items);
      }
    }
    items.addAll(annotations.comments());
    return items;
  }

  private void report(ContentEngine engine, GlyphReader glyphs) {
    if (engine.refusedForms() > 0) {
      warn(
          "nesting-refused",
          "Forms nested too deeply or in themselves were left out: " + engine.refusedForms() + ".");
    }
    if (engine.failedOperators() > 0) {
      warn(
          "content-damaged",
          "Parts of the page's content were skipped: " + engine.failedOperators() + ".");
    }
    if (glyphs.unmapped() > FEW_CHARACTERS && 2 * glyphs.unmapped() > glyphs.shown()) {
      warn(
          "unknown-encoding",
          "Most characters of the page cannot be mapped to text; OCR may read it.");
    }
    if (glyphs.shown() == 0 && !engine.pictures().isEmpty()) {
      warn("no-text", "The page has pictures but no text; OCR may read it.");
    }
  }

  private void addUpright(
      ContentEngine engine, Annotations annotations, PageFrame frame, List<PageItem> items) {
    List<Word> words =
        new ArrayList<>(
            WordBuilder.words(engine.glyphs().getOrDefault(Direction.RIGHT, List.of())));
    words.addAll(annotations.words());
    Links.apply(annotations.links(), words);
    List<PageItem.Grid> grids = new TableFinder(words).find(engine.rulings());
    List<Node> nodes = new ArrayList<>();
    for (Segment segment : SegmentBuilder.segments(words)) {
      nodes.add(new Node(segment.box(), segment.size(), segment.characters(), segment));
    }
    for (PageItem.Grid grid : grids) {
      nodes.add(new Node(grid.box(), 1, 0, grid));
    }
    for (Box picture : engine.pictures()) {
      if (isLarge(picture, frame)) {
        nodes.add(new Node(picture, 1, 0, new PageItem.Picture(Hundredths.round(picture))));
      }
    }
    ColumnWriter.write(nodes, items);
  }

  private static boolean isLarge(Box picture, PageFrame frame) {
    float area = (picture.right() - picture.left()) * (picture.bottom() - picture.top());
    return area >= SMALLEST_PICTURE_SHARE * frame.width() * frame.height();
  }

  /// Text that does not run from left to right follows the rest, line by line.
  private static void addTurned(Direction direction, List<Word> words, List<PageItem> items) {
    int column = ColumnWriter.nextColumn(items);
    for (List<Segment> row : SegmentBuilder.rows(SegmentBuilder.segments(words))) {
      items.add(LineMaker.line(row, column, direction));
    }
  }
}
