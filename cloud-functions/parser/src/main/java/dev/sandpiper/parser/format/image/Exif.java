package dev.sandpiper.parser.format.image;

import dev.sandpiper.parser.document.Metadata;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a camera wrote into a JPEG: when, with what, which way up, and whether a place is in it.
/// The place itself stays in the file. Damage ends the reading; what came before is kept.
final class Exif {

  private static final int MAKE = 0x010F;
  private static final int MODEL = 0x0110;
  private static final int ORIENTATION = 0x0112;
  private static final int CHANGED = 0x0132;
  private static final int MORE = 0x8769;
  private static final int GPS = 0x8825;
  private static final int TAKEN = 0x9003;
  private static final int OFFSET_TAKEN = 0x9011;
  private static final int GPS_LATITUDE = 2;

  private static final int MOST_ENTRIES = 500;
  private static final int LONGEST = 200;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu:MM:dd HH:mm:ss").withResolverStyle(ResolverStyle.STRICT);

  private final ByteBuffer tiff;
  private final Map<Integer, Integer> entries = new HashMap<>();
  private boolean located;

  private Exif(ByteBuffer tiff) {
    this.tiff = tiff;
  }

  /// Adds what is known to `metadata`.
  ///
  /// @param head the beginning of a JPEG file
  static void read(byte[] head, Metadata.Builder metadata) {
    ByteBuffer tiff = find(ByteBuffer.wrap(head));
    if (tiff == null) {
      return;
    }
    Exif exif = new Exif(tiff);
    try {
      exif.directories();
    } catch (IndexOutOfBoundsException e) {
      // An offset points beyond the file; the entries before it are read.
    }
    exif.describe(metadata);
  }

  /// The TIFF structure in the segment `APP1`; `null` when there is none.
  private static @Nullable ByteBuffer find(ByteBuffer jpeg) {
    int at = 2;
    while (at + 10 < jpeg.limit() && (jpeg.get(at) & 0xFF) == 0xFF) {
      int marker = jpeg.get(at + 1) & 0xFF;
      int length = jpeg.getShort(at + 2) & 0xFFFF;
      if (marker == 0xDA || length < 2) {
        return null;
      }
      boolean exif = jpeg.getInt(at + 4) == 0x45786966 && jpeg.getShort(at + 8) == 0;
      if (marker == 0xE1 && exif) {
        int start = at + 10;
        return jpeg.slice(start, Math.clamp(at + 2L + length - start, 0, jpeg.limit() - start));
      }
      at += 2 + length;
    }
    return null;
  }

  private void directories() {
    boolean little = tiff.getShort(0) == 0x4949;
    tiff.order(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    directory(tiff.getInt(4));
    Integer more = entries.get(MORE);
    if (more != null) {
      directory(tiff.getInt(more + 8));
    }
    Integer gps = entries.get(GPS);
    if (gps != null) {
      int start = tiff.getInt(gps + 8);
      int count = Math.min(tiff.getShort(start) & 0xFFFF, MOST_ENTRIES);
      for (int i = 0; i < count; i++) {
        located |= tiff.getShort(start + 2 + 12 * i) == GPS_LATITUDE;
      }
    }
  }

  private void directory(int start) {
    int count = Math.min(tiff.getShort(start) & 0xFFFF, MOST_ENTRIES);
    for (int i = 0; i < count; i++) {
      int at = start + 2 + 12 * i;
      entries.putIfAbsent(tiff.getShort(at) & 0xFFFF, at);
    }
  }

  private void describe(Metadata.Builder metadata) {
    String taken = text(TAKEN);
    String offset = text(OFFSET_TAKEN);
    LocalDateTime time = time(taken.isEmpty() ? text(CHANGED) : taken);
    if (time != null) {
      metadata.created(time.toInstant(offset(offset)));
      metadata.property("taken", time + offset);
    }
    String make = text(MAKE);
    String model = text(MODEL);
    metadata.property("camera", model.startsWith(make) ? model : make + " " + model);
    metadata.property("orientation", orientation());
    metadata.property("gps", located ? "present" : null);
  }

  private @Nullable String orientation() {
    Integer at = entries.get(ORIENTATION);
    if (at == null || at + 10 > tiff.limit()) {
      return null;
    }
    return switch (tiff.getShort(at + 8)) {
      case 1 -> "upright";
      case 2, 4, 5, 7 -> "mirrored";
      case 3 -> "upside down";
      case 6 -> "turned left"; // shown upright after a quarter turn to the right
      case 8 -> "turned right";
      default -> null;
    };
  }

  /// An ASCII value; empty when it is missing or damaged.
  private String text(int tag) {
    Integer at = entries.get(tag);
    if (at == null || at + 12 > tiff.limit() || tiff.getShort(at + 2) != 2) {
      return "";
    }
    int length = Math.clamp(tiff.getInt(at + 4), 0, LONGEST);
    int start = length <= 4 ? at + 8 : tiff.getInt(at + 8);
    if (start < 0 || start > tiff.limit() - length) {
      return "";
    }
    byte[] bytes = new byte[length];
    tiff.get(start, bytes);
    String value = new String(bytes, StandardCharsets.UTF_8);
    int end = value.indexOf('\0');
    return (end < 0 ? value : value.substring(0, end)).strip();
  }

  private static @Nullable LocalDateTime time(String value) {
    try {
      return LocalDateTime.parse(value, TIME);
    } catch (DateTimeException e) {
      return null; // cameras without a clock write zeros
    }
  }

  /// Cameras before 2016 do not know their offset: their clock is taken for UTC.
  private static ZoneOffset offset(String value) {
    try {
      return ZoneOffset.of(value);
    } catch (DateTimeException e) {
      return ZoneOffset.UTC;
    }
  }
}
