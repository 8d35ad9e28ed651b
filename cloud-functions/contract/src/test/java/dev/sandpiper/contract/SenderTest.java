package dev.sandpiper.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SenderTest {

  private static final Sender PI = new Sender(new ObjectKeys("pi"), "r-1");

  @Test
  void senderOfANewerVersionIsFound() throws IOException {
    assertThat(
            find(
                """
                {"v":2,"type":{"new":[1,{"requestId":"no"}]},"requestId":"r-1",
                 "result":{"zip":{"s3":{"key":"in/no/x"}},"s3":{"bucket":"b","key":"out/pi/abc","x":[]}}}
                """))
        .contains(PI);
  }

  @Test
  void whatStandsBeforeTheFaultCounts() throws IOException {
    assertThat(find("{\"requestId\":\"r-1\",\"result\":{\"s3\":{\"key\":\"out/pi/abc\"}},oops"))
        .contains(PI);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "[]",
        "{\"requestId\":\"r-1\"}",
        "{\"result\":{\"s3\":{\"key\":\"out/pi/abc\"}}}",
        "{\"requestId\":7,\"result\":{\"s3\":{\"key\":\"out/pi/abc\"}}}",
        "{\"requestId\":\"r-1\",\"result\":{\"s3\":{\"key\":\"elsewhere/pi/abc\"}}}",
        "{\"requestId\":\"r-1\",\"result\":{\"s3\":[\"out/pi/abc\"]}}",
        "{\"requestId\":\"r-1\",\"result\":[{\"s3\":{\"key\":\"out/pi/abc\"}}]}",
      })
  void messageThatDoesNotSayHasNone(String json) throws IOException {
    assertThat(find(json)).isEmpty();
  }

  @Test
  void deepNestingEndsTheSearch() throws IOException {
    assertThat(find("{\"a\":" + "[".repeat(100_000))).isEmpty();
  }

  private static Optional<Sender> find(String json) throws IOException {
    return Sender.find(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
  }
}
