package dev.sandpiper.edge.courier;

import dev.sandpiper.contract.ParseReply;
import org.jspecify.annotations.Nullable;

/// Replies of the cloud as the edge takes them.
final class Replies {

  /// Memory of the plant's function when nobody says otherwise, in MB: one full processor.
  private static final long MEMORY = 1_769;

  private Replies() {}

  /// The same reply under the edge's own id.
  static ParseReply withId(ParseReply reply, String id) {
    return switch (reply) {
      case ParseReply.Parsed parsed -> withStored(parsed, id, parsed.stored());
      case ParseReply.Split split ->
          new ParseReply.Split(id, split.pageCount(), split.ranges(), split.reason());
      case ParseReply.Rejected rejected ->
          new ParseReply.Rejected(id, rejected.code(), rejected.message());
      case ParseReply.Failed failed -> new ParseReply.Failed(id, failed.code(), failed.message());
    };
  }

  static ParseReply.Parsed withStored(
      ParseReply.Parsed parsed, String id, ParseReply.@Nullable Stored stored) {
    return new ParseReply.Parsed(
        id, parsed.metadata(), parsed.pageCount(), parsed.warnings(), parsed.usage(), stored);
  }

  /// What the function used, nearly: a queue's messages do not say what was billed.
  static long gbMillis(ParseReply.Parsed parsed) {
    return parsed.usage().wallMillis() * MEMORY / 1_024;
  }
}
