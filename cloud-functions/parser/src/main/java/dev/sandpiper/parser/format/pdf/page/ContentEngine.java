package dev.sandpiper.parser.format.pdf.page;

import dev.sandpiper.parser.document.Box;
import dev.sandpiper.parser.task.ParseFailure;
import java.awt.geom.Point2D;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.pdfbox.contentstream.PDFStreamEngine;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.util.Matrix;
import org.apache.pdfbox.util.Vector;

/// Runs a page's content and collects what it shows: glyphs, rulings and picture boxes. It draws
/// nothing, decodes no picture and runs no Type 3 procedure.
final class ContentEngine extends PDFStreamEngine {

  private static final int MOST_PICTURES = 2_000;

  /// PDF itself allows 28; files that never restore what they save are common.
  private static final int MOST_STATES = 5_000;

  private final PageFrame frame;
  private final PageGuard guard;
  private final ContentBytes bytes;
  private final Fonts fonts;
  private final GlyphReader glyphReader;
  private final RulingCollector rulings;
  private final Map<Direction, List<Glyph>> glyphs = new EnumMap<>(Direction.class);
  private final List<Box> pictures = new ArrayList<>();
  private int failedOperators;
  private int refusedForms;

  ContentEngine(PageFrame frame, PageGuard guard, Fonts fonts) {
    this.frame = frame;
    this.guard = guard;
    this.bytes = new ContentBytes(guard);
    this.fonts = fonts;
    this.glyphReader = new GlyphReader(fonts);
    this.rulings = new RulingCollector(frame);
    Operators.register(this, rulings);
  }

  Map<Direction, List<Glyph>> glyphs() {
    return glyphs;
  }

  GlyphReader glyphReader() {
    return glyphReader;
  }

  List<Ruling> rulings() {
    return rulings.rulings();
  }

  List<Box> pictures() {
    return pictures;
  }

  int failedOperators() {
    return failedOperators;
  }

  int refusedForms() {
    return refusedForms;
  }

  /// Runs the content.
  ///
  /// @throws PageStopped when a bound is reached
  void run(PDPage page) throws IOException {
    processPage(new GuardedPage(page, bytes));
  }

  @Override
  protected void processOperator(Operator operator, List<COSBase> operands) {
    guard.countOperator();
    try {
      super.processOperator(operator, operands);
    } catch (PageStopped | ParseFailure e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      failedOperators++;
    }
  }

  /// Saves the graphics state.
  ///
  /// @throws PageStopped when too many are saved
  @Override
  public void saveGraphicsState() {
    if (getGraphicsStackSize() >= MOST_STATES) {
      throw new PageStopped("it saves its graphics state more than 5,000 times over");
    }
    super.saveGraphicsState();
  }

  /// Whether the named font may be loaded.
  boolean allowsFont(COSName name) {
    PDResources resources = getResources();
    COSDictionary dictionary =
        resources == null ? null : resources.getCOSObject().getCOSDictionary(COSName.FONT);
    return dictionary == null
        || !(dictionary.getDictionaryObject(name) instanceof COSDictionary font)
        || fonts.isSafe(font);
  }

  /// Shows a named XObject: a form is run, a picture leaves its box.
  void show(COSName name) throws IOException {
    PDResources resources = getResources();
    if (resources == null) {
      return;
    }
    COSDictionary objects = resources.getCOSObject().getCOSDictionary(COSName.XOBJECT);
    if (objects == null || !(objects.getDictionaryObject(name) instanceof COSStream stream)) {
      return;
    }
    COSName subtype = stream.getCOSName(COSName.SUBTYPE);
    if (COSName.IMAGE.equals(subtype)) {
      showPicture();
    } else if (COSName.FORM.equals(subtype)) {
      showForm(resources, stream);
    }
  }

  /// Records the unit square of a picture.
  void showPicture() {
    if (pictures.size() >= MOST_PICTURES) {
      return;
    }
    Matrix ctm = getGraphicsState().getCurrentTransformationMatrix();
    Box box = null;
    for (int corner = 0; corner < 4; corner++) {
      Point2D.Float user = ctm.transformPoint(corner & 1, corner >> 1);
      Point2D.Float seen = frame.point(user.x, user.y);
      Box point = new Box(seen.x, seen.y, seen.x, seen.y);
      box = box == null ? point : box.union(point);
    }
    if (box != null) {
      pictures.add(box);
    }
  }

  private void showForm(PDResources resources, COSStream stream) throws IOException {
    if (!guard.enterForm(stream)) {
      refusedForms++;
      return;
    }
    try {
      showForm(new GuardedForm(stream, resources.getResourceCache(), bytes));
    } finally {
      guard.leaveForm(stream);
    }
  }

  @Override
  protected void showGlyph(Matrix rendering, PDFont font, int code, Vector displacement) {
    guard.countGlyph();
    GlyphReader.Placed placed = glyphReader.read(frame, rendering, font, code, displacement);
    if (placed != null) {
      glyphs.computeIfAbsent(placed.direction(), _ -> new ArrayList<>()).add(placed.glyph());
    }
  }
}
