package dev.sandpiper.parser.format.docx;

import dev.sandpiper.parser.document.Block;
import dev.sandpiper.parser.format.container.XmlCursor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads drawings: pictures, text boxes, and the text of charts and diagrams.
final class Drawings {

  private static final int DEEPEST = 60;

  private final Story story;
  private final BodyReader body;
  private final List<Block> found;

  Drawings(Story story, BodyReader body, List<Block> found) {
    this.story = story;
    this.body = body;
    this.found = found;
  }

  /// Reads a drawing to its end; what it shows is added to the blocks found.
  void read(XmlCursor xml) {
    read(xml, 0, null);
  }

  private void read(XmlCursor xml, int nesting, @Nullable String outerAlt) {
    String alt = outerAlt;
    int depth = xml.depth();
    while (xml.nextIn(depth)) {
      if (!xml.isStart()) {
        continue;
      }
      switch (xml.name()) {
        case "wp:docPr", "pic:cNvPr" -> alt = alt(xml, alt);
        case "a:blip" -> image(alt, story.target(xml.attr("r:embed", xml.attr("r:link", ""))));
        case "v:imagedata" ->
            image(first(alt, xml.attr("o:title")), story.target(xml.attr("r:id", "")));
        case "v:shape" -> alt = first(xml.attr("alt"), alt);
        case "w:txbxContent" -> found.addAll(body.inner(xml));
        case "c:chart" -> found.addAll(story.chart(xml.attr("r:id", "")));
        case "dgm:relIds" -> found.addAll(story.diagram(xml.attr("r:dm", "")));
        case "mc:AlternateContent" -> {
          if (nesting < DEEPEST && Alternatives.enter(xml)) {
            int inner = xml.depth();
            read(xml, nesting + 1, alt);
            Alternatives.leave(xml, inner);
          }
        }
        default -> {}
      }
    }
  }

  private static @Nullable String alt(XmlCursor xml, @Nullable String fallback) {
    return first(first(xml.attr("descr"), xml.attr("title")), fallback);
  }

  private static @Nullable String first(@Nullable String value, @Nullable String fallback) {
    return value == null || value.isBlank() ? fallback : value;
  }

  private void image(@Nullable String alt, String target) {
    if (!target.isEmpty()) {
      found.add(new Block.Image(alt, target, story.span()));
    }
  }
}
