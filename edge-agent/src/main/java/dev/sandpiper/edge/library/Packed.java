package dev.sandpiper.edge.library;

import java.nio.ByteBuffer;

/// A vector as it is kept: its largest value as a float, then one signed byte a dimension. It costs
/// a hundredth of the likeness at most, and a quarter of the space.
final class Packed {
  private static final int HEAD = Float.BYTES;

  private final byte[] bytes;

  private Packed(byte[] bytes) {
    this.bytes = bytes;
  }

  static Packed of(float[] vector) {
    float largest = 0;
    for (float value : vector) {
      largest = Math.max(largest, Math.abs(value));
    }
    ByteBuffer packed = ByteBuffer.allocate(HEAD + vector.length).putFloat(largest);
    for (float value : vector) {
      packed.put((byte) (largest == 0 ? 0 : Math.round(value / largest * Byte.MAX_VALUE)));
    }
    return new Packed(packed.array());
  }

  byte[] bytes() {
    return bytes;
  }

  /// The dot product with another; of a vector of another length 0.
  double times(byte[] other) {
    if (other.length != bytes.length) {
      return 0;
    }
    long sum = 0;
    for (int i = HEAD; i < bytes.length; i++) {
      sum += bytes[i] * other[i];
    }
    double scale = largest(bytes) / Byte.MAX_VALUE * (largest(other) / Byte.MAX_VALUE);
    return sum * scale;
  }

  private static double largest(byte[] packed) {
    return ByteBuffer.wrap(packed).getFloat();
  }
}
