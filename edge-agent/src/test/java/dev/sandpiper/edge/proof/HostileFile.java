package dev.sandpiper.edge.proof;

import java.nio.charset.StandardCharsets;

/// One document made to do harm.
///
/// @param name file name; the extension says what it pretends to be
/// @param bytes its content
// The array is not copied: nobody changes it and some are large.
@SuppressWarnings("ArrayRecordComponent")
record HostileFile(String name, byte[] bytes) {

  static HostileFile of(String name, String text) {
    return new HostileFile(name, text.getBytes(StandardCharsets.UTF_8));
  }
}
