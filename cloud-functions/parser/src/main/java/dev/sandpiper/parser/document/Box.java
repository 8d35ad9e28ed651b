package dev.sandpiper.parser.document;

/// A rectangle in PDF points (1/72 inch); the origin is the page's upper left corner after
/// rotation, y grows downwards.
public record Box(float left, float top, float right, float bottom) {

  /// The smallest box around both.
  public Box union(Box other) {
    return new Box(
        Math.min(left, other.left),
        Math.min(top, other.top),
        Math.max(right, other.right),
        Math.max(bottom, other.bottom));
  }
}
