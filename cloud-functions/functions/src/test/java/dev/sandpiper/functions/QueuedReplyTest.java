package dev.sandpiper.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.contract.ContentSink;
import dev.sandpiper.contract.FailCode;
import dev.sandpiper.contract.PageRange;
import dev.sandpiper.contract.ParseReply;
import dev.sandpiper.contract.RejectCode;
import dev.sandpiper.contract.ReplyJson;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import org.junit.jupiter.api.Test;

class QueuedReplyTest {

  @Test
  void replyThatFitsIsLeftAlone() throws IOException {
    ParseReply reply = new ParseReply.Rejected("a", RejectCode.ENCRYPTED, "m".repeat(10_000));

    assertThat(queued(reply)).isEqualTo(reply);
  }

  @Test
  void longMessageIsCutAtACharacterNotInsideOne() throws IOException {
    String message = "x" + "🐦".repeat(100_000);

    assertThat(queued(new ParseReply.Failed("a", FailCode.INTERNAL, message)))
        .isEqualTo(new ParseReply.Failed("a", FailCode.INTERNAL, "x" + "🐦".repeat(499) + "…"));
    assertThat(queued(new ParseReply.Rejected("a", RejectCode.ENCRYPTED, message)))
        .isEqualTo(
            new ParseReply.Rejected("a", RejectCode.ENCRYPTED, "x" + "🐦".repeat(499) + "…"));
  }

  @Test
  void splitThatDoesNotFitIsRefused() throws IOException {
    ParseReply split =
        new ParseReply.Split("a", 1, Collections.nCopies(20_000, new PageRange(1, 1)), "reason");

    assertThat(queued(split))
        .isEqualTo(
            new ParseReply.Rejected(
                "a",
                RejectCode.OVER_LIMIT,
                "The reply has more than 200,000 bytes, too many for a queue. Ask for fewer parts."));
  }

  private static ParseReply queued(ParseReply reply) throws IOException {
    byte[] json = QueuedReply.of(reply).getBytes(StandardCharsets.UTF_8);
    assertThat(json.length).isLessThanOrEqualTo(QueuedReply.MOST_BYTES);
    return ReplyJson.read(new ByteArrayInputStream(json), ContentSink.IGNORE);
  }
}
