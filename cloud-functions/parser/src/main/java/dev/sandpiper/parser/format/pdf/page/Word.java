package dev.sandpiper.parser.format.pdf.page;

import dev.sandpiper.parser.document.Box;
import org.jspecify.annotations.Nullable;

/// Characters without a gap between them, of one style.
///
/// @param glued whether it follows the word before it without a blank
record Word(
    String text,
    Box box,
    float baseline,
    float size,
    int style,
    @Nullable String link,
    boolean glued) {

  Word withLink(String target) {
    return new Word(text, box, baseline, size, style, target, glued);
  }

  Word apart() {
    return glued ? new Word(text, box, baseline, size, style, link, false) : this;
  }

  float centerX() {
    return (box.left() + box.right()) / 2;
  }

  float centerY() {
    return (box.top() + box.bottom()) / 2;
  }
}
