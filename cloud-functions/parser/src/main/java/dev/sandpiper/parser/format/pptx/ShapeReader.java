package dev.sandpiper.parser.format.pptx;

import dev.sandpiper.parser.document.Block;
import dev.sandpiper.parser.format.container.XmlCursor;
import dev.sandpiper.parser.format.flow.TableBuilder;
import dev.sandpiper.parser.format.ooxml.DrawingText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the shapes of a slide.
final class ShapeReader {

  private static final int DEEPEST_GROUP = 40;

  private final SlideContext slide;
  private final Layout layout;
  private final boolean bodyHasBullets;
  private final List<Shape> shapes = new ArrayList<>();

  /// @param bodyHasBullets whether the body's paragraphs are a list unless they say otherwise
  ShapeReader(SlideContext slide, Layout layout, boolean bodyHasBullets) {
    this.slide = slide;
    this.bodyHasBullets = bodyHasBullets;
    this.layout = layout;
  }

  List<Shape> shapes() {
    return shapes;
  }

  /// Reads the current element (the tree of shapes or a group) to its end.
  void group(XmlCursor xml, List<Transform> outer) {
    List<Transform> transforms = outer;
    int depth = xml.depth();
    while (xml.nextIn(depth)) {
      if (!xml.isStart()) {
        continue;
      }
      switch (xml.name()) {
        case "a:xfrm" -> {
          Transform own = Transform.read(xml);
          if (own.area().isKnown()) {
            transforms = new ArrayList<>(outer);
            transforms.add(own);
          }
        }
        case "p:grpSp" -> {
          if (transforms.size() > DEEPEST_GROUP || xml.depth() > 2 * DEEPEST_GROUP) {
            xml.skip();
          } else {
            group(xml, transforms);
          }
        }
        case "p:sp", "p:cxnSp", "p:pic", "p:graphicFrame" -> shape(xml, transforms);
        case "mc:Fallback" -> xml.skip();
        default -> {}
      }
    }
  }

  private void shape(XmlCursor xml, List<Transform> transforms) {
    Placeholder placeholder = null;
    Shape.Area area = Shape.Area.UNKNOWN;
    String alt = null;
    List<Block> blocks = new ArrayList<>();
    int depth = xml.depth();
    while (xml.nextIn(depth)) {
      if (!xml.isStart()) {
        continue;
      }
      switch (xml.name()) {
        case "p:cNvPr" -> alt = alt(xml);
        case "p:ph" -> placeholder = Placeholder.of(xml);
        case "a:xfrm", "p:xfrm" -> area = Transform.read(xml).area();
        case "p:txBody" -> blocks.addAll(new TextBody(slide, bullets(placeholder)).read(xml));
        case "a:tbl" -> blocks.addAll(table(xml));
        case "c:chart" ->
            blocks.addAll(
                DrawingText.chart(
                    slide.ooxml(),
                    slide.target(xml.attr("r:id", "")),
                    slide.context(),
                    slide.span()));
        case "dgm:relIds" ->
            blocks.addAll(
                DrawingText.diagram(
                    slide.ooxml(),
                    slide.target(xml.attr("r:dm", "")),
                    slide.context(),
                    slide.span()));
        case "a:blip" -> image(alt, slide.target(xml.attr("r:embed", "")), blocks);
        case "mc:Fallback" -> xml.skip();
        default -> {}
      }
    }
    if (!blocks.isEmpty()) {
      shapes.add(new Shape(role(placeholder), place(placeholder, area, transforms), blocks));
    }
  }

  private static Shape.Role role(@Nullable Placeholder placeholder) {
    return placeholder == null ? Shape.Role.OTHER : placeholder.role();
  }

  private Shape.Area place(
      @Nullable Placeholder placeholder, Shape.Area area, List<Transform> transforms) {
    Shape.Area place = area;
    if (!place.isKnown() && placeholder != null) {
      place = layout.area(placeholder);
    }
    for (Transform transform : transforms.reversed()) {
      place = transform.outside(place);
    }
    return place;
  }

  private TextBody.Bullets bullets(@Nullable Placeholder placeholder) {
    if (!bodyHasBullets || placeholder == null || placeholder.role() != Shape.Role.BODY) {
      return level -> false;
    }
    return level -> !layout.isPlain(placeholder, level);
  }

  private static @Nullable String alt(XmlCursor xml) {
    String description = xml.attr("descr", "");
    String text = description.isBlank() ? xml.attr("title", "") : description;
    return text.isBlank() ? null : text;
  }

  private void image(@Nullable String alt, String target, List<Block> blocks) {
    if (!target.isEmpty()) {
      blocks.add(new Block.Image(alt, target, slide.span()));
    }
  }

  private List<Block> table(XmlCursor xml) {
    TableBuilder table = new TableBuilder(slide.context().budget());
    boolean firstRowIsHeader = false;
    int depth = xml.depth();
    while (xml.nextIn(depth)) {
      if (xml.isStart("a:tblPr")) {
        firstRowIsHeader = xml.attr("firstRow", "0").equals("1");
      } else if (xml.isStart("a:tr")) {
        table.row(firstRowIsHeader && table.isEmpty());
      } else if (xml.isStart("a:tc")) {
        cell(xml, table);
      }
    }
    Block.Table built = table.build(null, slide.span());
    return built == null ? List.of() : List.of(built);
  }

  private void cell(XmlCursor xml, TableBuilder table) {
    boolean covered = xml.attr("hMerge", "0").equals("1");
    boolean continued = xml.attr("vMerge", "0").equals("1");
    int colSpan = xml.intAttr("gridSpan", 1);
    int rowSpan = xml.intAttr("rowSpan", 1);
    List<Block> content = new TextBody(slide, level -> false).read(xml);
    if (continued && !covered) {
      table.mergeContinue(colSpan);
    } else if (!covered && rowSpan > 1) {
      table.mergeStart(content, colSpan);
    } else if (!covered) {
      table.cell(content, colSpan);
    }
  }
}
