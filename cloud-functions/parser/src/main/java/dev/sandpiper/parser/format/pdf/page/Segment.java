package dev.sandpiper.parser.format.pdf.page;

import dev.sandpiper.parser.document.Box;
import java.util.ArrayList;
import java.util.List;

/// Words on one line with no wide gap between them.
final class Segment {

  private final List<Word> words = new ArrayList<>();
  private Box box;
  private float size;
  private float baseline;
  private int characters;

  Segment(Word word) {
    words.add(word.apart());
    box = word.box();
    size = word.size();
    baseline = word.baseline();
    characters = word.text().length();
  }

  List<Word> words() {
    return words;
  }

  Box box() {
    return box;
  }

  float size() {
    return size;
  }

  float baseline() {
    return baseline;
  }

  int characters() {
    return characters;
  }

  float centerY() {
    return (box.top() + box.bottom()) / 2;
  }

  void append(Word word) {
    words.add(word);
    box = box.union(word.box());
    if (word.size() > size) {
      size = word.size();
      baseline = word.baseline();
    }
    characters += word.text().length() + (word.glued() ? 0 : 1);
  }

  void append(Segment other) {
    other.words.forEach(this::append);
  }

  /// Whether both stand on one line: the flatter one overlaps the other by half its height.
  boolean besides(Box other) {
    float overlap = Math.min(box.bottom(), other.bottom()) - Math.max(box.top(), other.top());
    float flatter = Math.min(box.bottom() - box.top(), other.bottom() - other.top());
    return overlap >= flatter / 2;
  }
}
