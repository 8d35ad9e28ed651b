package dev.sandpiper.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sandpiper.contract.ParseReply;
import dev.sandpiper.contract.ParseRequest;
import dev.sandpiper.contract.RequestJson;
import dev.sandpiper.contract.ResultTarget;
import dev.sandpiper.contract.Source;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParseBatchTest {

  private static final ResultTarget STORED = new ResultTarget.S3("bucket", "out");

  @TempDir private Path folder;
  private Fixture fixture;
  private final List<ParseReply> sent = new ArrayList<>();

  @BeforeEach
  void open() throws IOException {
    fixture = new Fixture(folder);
    fixture.objects.put("in", "text".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void emptyBatchIsDone() throws IOException {
    assertThat(SqsEventJson.read(stream("{\"Records\":[]}"))).isEmpty();
    assertThat(failures(List.of())).isEqualTo("{\"batchItemFailures\":[]}");
  }

  @Test
  void eventIsReadByTheFieldsThatMatter() throws IOException {
    assertThat(
            SqsEventJson.read(
                stream(
                    "{\"x\":[{}],\"Records\":[{\"attributes\":{\"a\":[1]},\"body\":\"b\","
                        + "\"messageId\":\"m\"}]}")))
        .containsExactly(new SqsMessage("m", "b"));
    assertThatThrownBy(() -> SqsEventJson.read(stream("[]"))).isInstanceOf(IOException.class);
  }

  @Test
  void failedMessagesComeAgainAndTheOthersDoNot() throws IOException {
    String missing = body("absent", STORED);

    assertThat(
            failures(
                List.of(new SqsMessage("a", body("in", STORED)), new SqsMessage("b", missing))))
        .isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"b\"}]}");
    assertThat(sent).hasSize(1);
  }

  @Test
  void brokenBodyIsRejectedRatherThanRetriedForEver() throws IOException {
    assertThat(failures(List.of(new SqsMessage("a", "nonsense"))))
        .isEqualTo("{\"batchItemFailures\":[]}");
    assertThat(sent).hasOnlyElementsOfType(ParseReply.Rejected.class).hasSize(1);
  }

  @Test
  void inlineResultIsRejected() throws IOException {
    failures(List.of(new SqsMessage("a", body("in", new ResultTarget.Inline()))));

    assertThat(sent).hasOnlyElementsOfType(ParseReply.Rejected.class).hasSize(1);
  }

  @Test
  void duplicateIsHandledOnce() throws IOException {
    String body = body("in", STORED);

    failures(List.of(new SqsMessage("a", body), new SqsMessage("a", body)));

    assertThat(sent).hasSize(1);
  }

  @Test
  void messagesThatCannotBeBegunInTimeComeAgain() throws IOException {
    ParseBatch late = new ParseBatch(fixture.function, (id, reply) -> sent.add(reply), () -> 100);

    assertThat(late.run(List.of(new SqsMessage("a", body("in", STORED))))).containsExactly("a");
    assertThat(sent).isEmpty();
  }

  @Test
  void messageComesAgainWhenItsReplyCannotBeSent() throws IOException {
    ParseBatch mute =
        new ParseBatch(
            fixture.function,
            (id, reply) -> {
              throw new IOException("queue is gone");
            },
            () -> 60_000);

    assertThat(mute.run(List.of(new SqsMessage("a", "nonsense")))).containsExactly("a");
  }

  private String failures(List<SqsMessage> messages) throws IOException {
    ParseBatch batch =
        new ParseBatch(fixture.function, (id, reply) -> sent.add(reply), () -> 60_000);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SqsEventJson.writeFailures(batch.run(messages), out);
    return out.toString(StandardCharsets.UTF_8);
  }

  /// Each key makes a request of its own.
  private static String body(String key, ResultTarget target) throws IOException {
    ParseRequest request = Fixture.request("text", new Source.S3("bucket", key, null), target);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    RequestJson.write(
        new ParseRequest(
            "request-" + key,
            request.document(),
            null,
            request.outputs(),
            request.limits(),
            request.split(),
            target),
        out);
    return out.toString(StandardCharsets.UTF_8);
  }

  private static ByteArrayInputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}
