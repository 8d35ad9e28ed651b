package dev.sandpiper.parser.format.pdf.page;

import dev.sandpiper.parser.document.Box;

/// Which way text runs on the page. Lines are built in an upright frame and turned back.
enum Direction {
  RIGHT,
  DOWN,
  LEFT,
  UP;

  static Direction of(float dx, float dy) {
    if (Math.abs(dx) >= Math.abs(dy)) {
      return dx >= 0 ? RIGHT : LEFT;
    }
    return dy > 0 ? DOWN : UP;
  }

  /// Position along the line.
  float along(float x, float y) {
    return switch (this) {
      case RIGHT -> x;
      case DOWN -> y;
      case LEFT -> -x;
      case UP -> -y;
    };
  }

  /// Position across the lines; grows from line to line.
  float across(float x, float y) {
    return switch (this) {
      case RIGHT -> y;
      case DOWN -> -x;
      case LEFT -> -y;
      case UP -> x;
    };
  }

  /// A box of the upright frame, seen on the page.
  Box onPage(Box box) {
    return switch (this) {
      case RIGHT -> box;
      case DOWN -> new Box(-box.bottom(), box.left(), -box.top(), box.right());
      case LEFT -> new Box(-box.right(), -box.bottom(), -box.left(), -box.top());
      case UP -> new Box(box.top(), -box.right(), box.bottom(), -box.left());
    };
  }
}
