package dev.sandpiper.edge.fake.model;

import java.util.Locale;

/// Vectors that are near when texts share words. Not of length 1: making them so is the client's
/// work.
final class Vectors {

  private static final int SIZE = 64;

  private Vectors() {}

  static float[] of(String text) {
    float[] vector = new float[SIZE];
    vector[0] = 0.5f;
    for (String word : text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+", -1)) {
      if (!word.isEmpty()) {
        vector[Math.floorMod(word.hashCode() * 0x9E3779B1, SIZE)] += 2;
      }
    }
    return vector;
  }
}
