package dev.sandpiper.functions;

import dev.sandpiper.contract.Metadata;
import dev.sandpiper.contract.ParseReply;
import dev.sandpiper.contract.RejectCode;
import dev.sandpiper.contract.Warning;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A reply as a queue takes it: small. A document decides how many warnings it gets and how long
/// its title is; the whole of them is in the stored result.
public final class QueuedReply {

  /// Longest message: below what every queue takes, this one's stand-ins included.
  static final int MOST_BYTES = 200_000;

  private static final int MOST_WARNINGS = 50;
  private static final int MOST_AUTHORS = 20;
  private static final int LONGEST_TEXT = 500;

  private QueuedReply() {}

  /// The reply's JSON, shortened where it would be too long.
  public static String of(ParseReply reply) {
    String whole = json(reply);
    if (fits(whole)) {
      return whole;
    }
    String shortened = json(shortened(reply));
    return fits(shortened)
        ? shortened
        : json(
            new ParseReply.Rejected(
                reply.requestId(),
                RejectCode.OVER_LIMIT,
                "The reply has more than %,d bytes, too many for a queue. Ask for fewer parts."
                    .formatted(MOST_BYTES)));
  }

  private static String json(ParseReply reply) {
    return new String(Answer.of(reply).json(), StandardCharsets.UTF_8);
  }

  private static boolean fits(String json) {
    return json.getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES;
  }

  private static ParseReply shortened(ParseReply reply) {
    return switch (reply) {
      case ParseReply.Parsed parsed ->
          new ParseReply.Parsed(
              parsed.requestId(),
              shortened(parsed.metadata()),
              parsed.pageCount(),
              parsed.warnings().stream()
                  .limit(MOST_WARNINGS)
                  .map(w -> new Warning(cut(w.code()), cut(w.message()), cutNullable(w.place())))
                  .toList(),
              parsed.usage(),
              parsed.stored());
      case ParseReply.Split split -> split;
      case ParseReply.Rejected(String id, RejectCode code, String message) ->
          new ParseReply.Rejected(id, code, cut(message));
      case ParseReply.Failed(String id, var code, String message) ->
          new ParseReply.Failed(id, code, cut(message));
    };
  }

  private static Metadata shortened(Metadata all) {
    return new Metadata(
        all.mediaType(),
        cutNullable(all.title()),
        all.authors().stream().limit(MOST_AUTHORS).map(QueuedReply::cut).toList(),
        all.created(),
        all.modified(),
        cutNullable(all.language()),
        cutNullable(all.producer()),
        Map.of());
  }

  private static @Nullable String cutNullable(@Nullable String text) {
    return text == null ? null : cut(text);
  }

  /// The first characters; never half of one.
  private static String cut(String text) {
    if (text.codePointCount(0, text.length()) <= LONGEST_TEXT) {
      return text;
    }
    return text.substring(0, text.offsetByCodePoints(0, LONGEST_TEXT)) + "…";
  }
}
