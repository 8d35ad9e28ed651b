package dev.sandpiper.parser.format.pptx;

import dev.sandpiper.parser.format.container.XmlCursor;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What slides inherit from a layout: where placeholders lie, and on which levels they have no
/// bullets.
final class Layout {

  static final Layout NONE = new Layout();

  private static final int MOST_PLACES = 1000;

  private record Place(Placeholder placeholder, Shape.Area area, BitSet plainLevels) {}

  private final List<Place> places = new ArrayList<>();

  static Layout read(@Nullable XmlCursor xml) {
    Layout layout = new Layout();
    while (xml != null && xml.next()) {
      if (xml.isStart("p:sp") || xml.isStart("p:pic")) {
        layout.place(xml);
      }
    }
    return layout;
  }

  private void place(XmlCursor xml) {
    Placeholder placeholder = null;
    Shape.Area area = Shape.Area.UNKNOWN;
    BitSet plain = new BitSet();
    int level = 0;
    int depth = xml.depth();
    while (xml.nextIn(depth)) {
      if (!xml.isStart()) {
        continue;
      }
      switch (xml.name()) {
        case "p:ph" -> placeholder = Placeholder.of(xml);
        case "a:xfrm" -> area = Transform.read(xml).area();
        case "a:lvl1pPr" -> level = 0;
        case "a:lvl2pPr" -> level = 1;
        case "a:lvl3pPr" -> level = 2;
        case "a:lvl4pPr" -> level = 3;
        case "a:lvl5pPr" -> level = 4;
        case "a:buNone" -> plain.set(level);
        case "a:p" -> xml.skip();
        default -> {}
      }
    }
    if (placeholder != null && places.size() < MOST_PLACES) {
      places.add(new Place(placeholder, area, plain));
    }
  }

  Shape.Area area(Placeholder wanted) {
    Place place = find(wanted);
    return place == null ? Shape.Area.UNKNOWN : place.area();
  }

  /// Whether a paragraph of this level has no bullet unless it brings its own.
  boolean isPlain(Placeholder wanted, int level) {
    Place place = find(wanted);
    return place != null && place.plainLevels().get(level);
  }

  private @Nullable Place find(Placeholder wanted) {
    for (Place place : places) {
      if (!wanted.index().isEmpty() && place.placeholder().index().equals(wanted.index())) {
        return place;
      }
    }
    for (Place place : places) {
      if (wanted.index().isEmpty() && place.placeholder().type().equals(wanted.type())) {
        return place;
      }
    }
    return null;
  }
}
