package dev.sandpiper.functions;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sandpiper.contract.DocumentRef;
import dev.sandpiper.contract.FunctionRequest;
import dev.sandpiper.contract.JoinRequest;
import dev.sandpiper.contract.Limits;
import dev.sandpiper.contract.ResultTarget;
import dev.sandpiper.contract.Source;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnBucketsTest {

  private static final OwnBuckets BUCKETS = new OwnBuckets("i", "o");
  private static final Source INLINE = new Source.Inline(new byte[0]);

  @Test
  void ownDocumentAndOwnResultAreAllowed() {
    allowed(request(s3("i", "in/pi/x"), target("o", "out/pi/y")));
    allowed(request(s3("i", "in/pi/x"), new ResultTarget.Inline()));
    allowed(request(INLINE, target("o", "out/pi/y")));
    allowed(request(INLINE, new ResultTarget.Inline()));
    allowed(join(target("o", "out/pi/y"), s3("o", "out/pi/1"), s3("o", "out/pi/2")));
  }

  @ParameterizedTest
  @CsvSource({
    "x, in/pi/x, o, out/pi/y",
    "i, in/pi/x, x, out/pi/y",
    "o, in/pi/x, o, out/pi/y",
    "i, in/pi/x, i, out/pi/y",
    "i, out/pi/x, o, out/pi/y",
    "i, in/pi/x, o, in/pi/y",
    "i, in/pi, o, out/pi/y",
    "i, in/../x, o, out/pi/y",
    "i, in/pi/x, o, out//y",
  })
  void otherPlacesAreRefused(String bucket, String key, String toBucket, String toKey) {
    refused(request(s3(bucket, key), target(toBucket, toKey)), " is none of this deployment's: ");
  }

  @Test
  void anotherDevicesDocumentIsRefused() {
    String why =
        "The source belongs to device attic, the result to device pi. A device asks only for its own documents.";

    refused(request(s3("i", "in/attic/x"), target("o", "out/pi/y")), why);
    refused(join(target("o", "out/pi/y"), s3("o", "out/pi/1"), s3("o", "out/attic/2")), why);
  }

  @Test
  void partsOfTwoDevicesAreNotJoined() {
    refused(
        join(new ResultTarget.Inline(), s3("o", "out/pi/1"), s3("o", "out/attic/2")),
        "A device asks only for its own documents.");
  }

  private static void allowed(FunctionRequest request) {
    assertThatCode(() -> BUCKETS.check(request)).doesNotThrowAnyException();
  }

  private static void refused(FunctionRequest request, String why) {
    assertThatThrownBy(() -> BUCKETS.check(request))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(why);
  }

  private static FunctionRequest request(Source source, ResultTarget target) {
    return Fixture.request("text", source, target);
  }

  private static FunctionRequest join(ResultTarget target, Source... parts) {
    return new JoinRequest(
        "join",
        new DocumentRef("a.pdf", "0".repeat(64), 1, null, INLINE),
        List.of(parts),
        Limits.DEFAULT,
        target);
  }

  private static Source s3(String bucket, String key) {
    return new Source.S3(bucket, key, null);
  }

  private static ResultTarget target(String bucket, String key) {
    return new ResultTarget.S3(bucket, key);
  }
}
