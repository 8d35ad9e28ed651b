package dev.sandpiper.functions;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sandpiper.contract.FailCode;
import dev.sandpiper.contract.ObjectKeys;
import dev.sandpiper.contract.ParseReply;
import dev.sandpiper.contract.ParseRequest;
import dev.sandpiper.contract.RejectCode;
import dev.sandpiper.contract.RequestJson;
import dev.sandpiper.contract.ResultTarget;
import dev.sandpiper.contract.Source;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParseBatchTest {

  private static final ResultTarget STORED = new ResultTarget.S3("bucket", "out/pi/result");
  private static final int MAX_RECEIVES = 5;

  @TempDir private Path folder;
  private Fixture fixture;
  private final List<ParseReply> sent = new ArrayList<>();
  private final List<ObjectKeys> owners = new ArrayList<>();
  private final Map<String, Duration> postponed = new HashMap<>();
  private ResultQueue results =
      (owner, reply) -> {
        owners.add(owner);
        sent.add(reply);
      };
  private JobQueue jobs = postponed::putAll;
  private long remaining = 60_000;

  @BeforeEach
  void open() throws IOException {
    fixture = new Fixture(folder);
    fixture.objects.put("in", "text".getBytes(StandardCharsets.UTF_8));
    fixture.objects.put("broken", "other".getBytes(StandardCharsets.UTF_8));
    fixture.throttled.add("busy");
  }

  @Test
  void emptyBatchIsDone() throws IOException {
    assertThat(SqsEventJson.read(stream("{\"Records\":[]}"))).isEmpty();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SqsEventJson.writeFailures(run(), out);
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("{\"batchItemFailures\":[]}");
  }

  @Test
  void eventIsReadByTheFieldsThatMatter() throws IOException {
    assertThat(
            SqsEventJson.read(
                stream(
                    """
                    {"x":[{}],"Records":[
                     {"attributes":{"a":[1],"ApproximateReceiveCount":"3"},"body":"b",
                      "messageAttributes":{"attributes":{}},"receiptHandle":"r","messageId":"m"},
                     {"messageId":"n","attributes":7}]}
                    """)))
        .containsExactly(new SqsMessage("m", "r", 3, "b"), new SqsMessage("n", "", 1, ""));
    assertThatThrownBy(() -> SqsEventJson.read(stream("[]"))).isInstanceOf(IOException.class);
  }

  @Test
  void failuresAreNamedAsLambdaWantsThem() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SqsEventJson.writeFailures(List.of("b"), out);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"b\"}]}");
  }

  @Test
  void failedMessagesComeAgainAndTheOthersDoNot() throws IOException {
    assertThat(run(message("a", "in", 1), message("b", "busy", 1))).containsExactly("b");
    assertThat(sent).hasOnlyElementsOfType(ParseReply.Parsed.class).hasSize(1);
    assertThat(owners).containsExactly(new ObjectKeys("pi"));
  }

  @ParameterizedTest
  @CsvSource({"1, 10", "2, 20", "4, 80", "5, 160", "6, 300", "1000, 300", "0, 10"})
  void eachDeliveryWaitsLonger(int receives, int seconds) {
    assertThat(ParseBatch.delay(receives)).isEqualTo(Duration.ofSeconds(seconds));
  }

  @Test
  void failedMessageWaitsByItsOwnCount() throws IOException {
    run(message("a", "in", 3), message("b", "busy", 3));
    assertThat(postponed).containsExactly(Map.entry("handle-b", Duration.ofSeconds(40)));
  }

  @Test
  void messageComesAgainAlsoWhenItCannotBePostponed() throws IOException {
    jobs =
        _ -> {
          throw new IOException("the queue is gone");
        };
    assertThat(run(message("b", "busy", 1))).containsExactly("b");
  }

  @Test
  void lastDeliveryIsAnsweredWithItsFailure() throws IOException {
    assertThat(run(message("b", "busy", MAX_RECEIVES))).isEmpty();
    assertThat(sent)
        .singleElement()
        .isInstanceOfSatisfying(
            ParseReply.Failed.class,
            failed -> assertThat(failed.code()).isEqualTo(FailCode.SOURCE_UNAVAILABLE));
  }

  @Test
  void vanishedDocumentIsAnsweredAtOnce() throws IOException {
    assertThat(run(message("a", "absent", 1))).isEmpty();
    assertThat(sent)
        .containsExactly(
            new ParseReply.Failed(
                "request-absent",
                FailCode.SOURCE_UNAVAILABLE,
                "There is no s3://bucket/absent: another delivery has finished it, or it was deleted. If there is still no result, send it again."));
  }

  @Test
  void permanentRefusalIsDone() throws IOException {
    assertThat(run(message("a", "broken", 1))).isEmpty();
    assertThat(sent).hasOnlyElementsOfType(ParseReply.Rejected.class).hasSize(1);
  }

  @Test
  void brokenBodyThatSaysWhoAskedIsAnswered() throws IOException {
    String newer =
        "{\"v\":2,\"requestId\":\"r\",\"result\":{\"s3\":{\"key\":\"out/attic/x\"}},\"new\":true}";

    assertThat(run(new SqsMessage("a", "handle", 1, newer))).isEmpty();
    assertThat(owners).containsExactly(new ObjectKeys("attic"));
    assertThat(sent)
        .singleElement()
        .isInstanceOfSatisfying(
            ParseReply.Rejected.class,
            rejected -> {
              assertThat(rejected.requestId()).isEqualTo("r");
              assertThat(rejected.code()).isEqualTo(RejectCode.UNSUPPORTED_VERSION);
            });
  }

  @Test
  void messageWithoutSenderIsLeftForTheDeadLetters() throws IOException {
    assertThat(
            run(
                new SqsMessage("a", "handle-a", MAX_RECEIVES, "nonsense"),
                new SqsMessage("b", "handle-b", 1, body("in", new ResultTarget.Inline()))))
        .containsExactly("a", "b");
    assertThat(sent).isEmpty();
  }

  @Test
  void duplicateIsHandledOnceAndSharesItsFate() throws IOException {
    assertThat(
            run(
                message("a", "in", 1),
                message("b", "busy", 1),
                message("c", "in", 1),
                message("d", "busy", 1)))
        .containsExactly("b", "d");
    assertThat(sent).hasSize(1);
  }

  @Test
  void duplicateInALaterBatchStoresTheSameBytes() throws IOException {
    run(message("a", "in", 1));
    byte[] first = requireNonNull(fixture.objects.get("out/pi/result"));
    run(message("b", "in", 2));

    assertThat(fixture.objects.get("out/pi/result")).isEqualTo(first);
    assertThat(sent)
        .extracting(reply -> ((ParseReply.Parsed) reply).stored())
        .containsOnly(new ParseReply.Stored(Fixture.sha256(first), first.length))
        .hasSize(2);
  }

  @Test
  void messagesThatCannotBeBegunInTimeComeAgain() throws IOException {
    remaining = 100;

    assertThat(run(message("a", "in", 1))).containsExactly("a");
    assertThat(sent).isEmpty();
  }

  @Test
  void messageThatIsNeverBegunIsAnsweredAtItsLastDelivery() throws IOException {
    remaining = 100;

    assertThat(run(message("a", "in", MAX_RECEIVES))).isEmpty();
    // No fault of the document: as a deadline it would count as one that kills its worker.
    assertThat(sent)
        .extracting(reply -> ((ParseReply.Failed) reply).code())
        .containsExactly(FailCode.THROTTLED);
  }

  @Test
  void messageComesAgainWhenItsReplyCannotBeSent() throws IOException {
    results =
        (_, _) -> {
          throw new IOException("queue is gone");
        };

    assertThat(run(message("a", "in", MAX_RECEIVES), message("b", "absent", 1)))
        .containsExactly("a", "b");
  }

  private Set<String> run(SqsMessage... messages) throws IOException {
    return new ParseBatch(fixture.function, results, jobs, MAX_RECEIVES, () -> remaining)
        .run(List.of(messages));
  }

  private static SqsMessage message(String id, String key, int receives) throws IOException {
    return new SqsMessage(id, "handle-" + id, receives, body(key, STORED));
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
