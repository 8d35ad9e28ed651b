package dev.sandpiper.standin.aws.s3;

import dev.sandpiper.standin.aws.fault.RefusedException;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A part of an object.
///
/// @param last inclusive
record ByteRange(int first, int last) {

  private static final Pattern FORM = Pattern.compile("bytes=(\\d{1,9})-(\\d{0,9})");

  static ByteRange of(String header, int size) throws RefusedException {
    Matcher matcher = FORM.matcher(header);
    if (!matcher.matches()) {
      throw new RefusedException(
          501, "NotImplemented", "This stand-in reads one range from A to B");
    }
    int first = Integer.parseInt(matcher.group(1));
    String end = matcher.group(2);
    int last = end.isEmpty() ? size - 1 : Math.min(Integer.parseInt(end), size - 1);
    if (first > last) {
      throw new RefusedException(416, "InvalidRange", "The requested range is not satisfiable");
    }
    return new ByteRange(first, last);
  }

  byte[] of(byte[] content) {
    return Arrays.copyOfRange(content, first, last + 1);
  }

  String header(int size) {
    return "bytes " + first + "-" + last + "/" + size;
  }
}
