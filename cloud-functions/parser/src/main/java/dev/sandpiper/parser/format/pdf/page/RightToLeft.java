package dev.sandpiper.parser.format.pdf.page;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Puts the words of Hebrew and Arabic lines into reading order. Words are kept as they are drawn
/// when a line is mostly written from left to right.
final class RightToLeft {

  private RightToLeft() {}

  static List<Word> inReadingOrder(List<Word> words) {
    int leftward = 0;
    int rightward = 0;
    for (Word word : words) {
      if (isRightToLeft(word.text())) {
        leftward += word.text().length();
      } else if (hasLetter(word.text())) {
        rightward += word.text().length();
      }
    }
    if (leftward <= rightward) {
      return words;
    }
    List<Word> sorted = new ArrayList<>(words);
    sorted.sort(Comparator.comparingDouble((Word word) -> word.box().left()).reversed());
    List<Word> read = new ArrayList<>(sorted.size());
    for (Word word : sorted) {
      read.add(word.apart());
    }
    return read;
  }

  static boolean isRightToLeft(String text) {
    for (int i = 0; i < text.length(); i++) {
      byte directionality = Character.getDirectionality(text.charAt(i));
      if (directionality == Character.DIRECTIONALITY_RIGHT_TO_LEFT
          || directionality == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasLetter(String text) {
    return text.chars().anyMatch(Character::isLetter);
  }
}
