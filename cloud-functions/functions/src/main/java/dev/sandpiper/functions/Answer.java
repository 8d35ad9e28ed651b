package dev.sandpiper.functions;

import dev.sandpiper.contract.ContentSource;
import dev.sandpiper.contract.ParseReply;
import dev.sandpiper.contract.ReplyJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/// A reply and its bytes on the wire, content included when it is inline.
///
/// @param mayHelp whether the same request may be answered otherwise later
// The array is made for this record and read once.
@SuppressWarnings("ArrayRecordComponent")
record Answer(ParseReply reply, byte[] json, boolean mayHelp) {

  /// A reply without content.
  static Answer of(ParseReply reply) {
    return of(reply, reply instanceof ParseReply.Failed);
  }

  /// A reply without content.
  static Answer of(ParseReply reply, boolean mayHelp) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ReplyJson.write(reply, ContentSource.EMPTY, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Answer(reply, bytes.toByteArray(), mayHelp);
  }
}
