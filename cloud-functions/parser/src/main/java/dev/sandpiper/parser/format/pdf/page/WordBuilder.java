package dev.sandpiper.parser.format.pdf.page;

import dev.sandpiper.parser.document.Box;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Groups glyphs, in the order they are drawn, into words.
final class WordBuilder {

  private static final float ASCENT = 0.75f;
  private static final float DESCENT = 0.22f;
  private static final float SAME_BASELINE = 0.12f;
  private static final float NEXT_LINE = 0.7f;
  private static final float STEP_BACK = 0.35f;
  private static final float SAME_SIZE = 0.15f;
  private static final float OVERPRINT = 0.2f;
  private static final float SMALLER = 0.9f;

  private record Place(String text, int x, int y) {}

  private final List<Word> words = new ArrayList<>();
  private final Map<Place, Glyph> printed = new HashMap<>();
  private final StringBuilder text = new StringBuilder();
  private @Nullable Glyph first;
  private @Nullable Glyph last;
  private @Nullable Word before;
  private boolean glued;

  /// The words of glyphs that all run in one direction.
  static List<Word> words(List<Glyph> glyphs) {
    WordBuilder builder = new WordBuilder();
    glyphs.forEach(builder::add);
    builder.finish();
    return builder.words;
  }

  private void add(Glyph glyph) {
    if (glyph.isBlank()) {
      finish();
      glued = false;
      return;
    }
    if (isOverprint(glyph)) {
      return;
    }
    Glyph previous = last;
    if (previous != null && !continues(previous, glyph)) {
      boolean touches = touches(previous, glyph);
      finish();
      glued = touches;
    }
    if (first == null) {
      first = glyph;
    }
    last = glyph;
    text.append(glyph.text());
  }

  private static boolean continues(Glyph previous, Glyph glyph) {
    return touches(previous, glyph)
        && Math.abs(glyph.baseline() - previous.baseline()) <= SAME_BASELINE * previous.size()
        && Math.abs(glyph.size() - previous.size()) <= SAME_SIZE * previous.size()
        && Style.of(glyph.font()) == Style.of(previous.font());
  }

  private static boolean touches(Glyph previous, Glyph glyph) {
    float larger = Math.max(previous.size(), glyph.size());
    float gap = glyph.start() - previous.end();
    return gap <= Math.min(previous.space(), glyph.space())
        && gap >= -STEP_BACK * larger
        && Math.abs(glyph.baseline() - previous.baseline()) <= NEXT_LINE * larger;
  }

  /// Bold is often faked by printing a character twice, a little apart.
  private boolean isOverprint(Glyph glyph) {
    int x = Math.round(glyph.start());
    int y = Math.round(glyph.baseline());
    for (int dx = -1; dx <= 1; dx++) {
      for (int dy = -1; dy <= 1; dy++) {
        Glyph other = printed.get(new Place(glyph.text(), x + dx, y + dy));
        if (other != null
            && Math.abs(other.start() - glyph.start()) < OVERPRINT * glyph.size()
            && Math.abs(other.baseline() - glyph.baseline()) < OVERPRINT * glyph.size()) {
          return true;
        }
      }
    }
    printed.put(new Place(glyph.text(), x, y), glyph);
    return false;
  }

  private void finish() {
    Glyph start = first;
    Glyph end = last;
    if (start != null && end != null) {
      float size = start.size();
      Box box =
          new Box(
              start.start(),
              start.baseline() - ASCENT * size,
              Math.max(end.end(), start.start()),
              start.baseline() + DESCENT * size);
      Word word = new Word(text.toString(), box, start.baseline(), size, style(start), null, glued);
      words.add(word);
      before = word;
    }
    text.setLength(0);
    first = null;
    last = null;
  }

  private int style(Glyph glyph) {
    int style = Style.of(glyph.font());
    Word base = before;
    if (base != null && glued && glyph.size() < SMALLER * base.size()) {
      float shift = base.baseline() - glyph.baseline();
      if (shift > SAME_BASELINE * base.size()) {
        style |= Style.RAISED;
      } else if (shift < -SAME_BASELINE * base.size()) {
        style |= Style.LOWERED;
      }
    }
    return style;
  }
}
