package dev.sandpiper.edge.llm.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sandpiper.edge.config.Secret;
import dev.sandpiper.edge.json.JsonValue;
import dev.sandpiper.edge.llm.ModelException;
import dev.sandpiper.edge.llm.ModelException.Kind;
import dev.sandpiper.edge.llm.Usage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class WireTest {

  private static final Instant NOW = Instant.parse("2026-12-01T00:00:00Z");
  private static final JsonValue NOTHING = new JsonValue.Nothing();

  private static Complaint complaint(int status, String code, String message) {
    return new Complaint(status, code.isEmpty() ? List.of() : List.of(code), message, "", NOTHING);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "retry-after: 20|20000",
        "retry-after: 1.5|1500",
        "retry-after: Tue, 01 Dec 2026 00:01:00 GMT|60000",
        "retry-after: Mon, 30 Nov 2026 23:59:00 GMT|0",
        "retry-after: 99999999|604800000",
        "retry-after: soon|-",
        "retry-after-ms: 250; retry-after: 1|250",
        "x-ratelimit-remaining-requests: 0; x-ratelimit-reset-requests: 6m0s|360000",
        "x-ratelimit-remaining-requests: 5; x-ratelimit-reset-requests: 6m0s|-",
        "x-ratelimit-remaining-tokens: 0; x-ratelimit-reset-tokens: 7.66s|7660",
        "x-ratelimit-remaining-tokens: 0; x-ratelimit-reset-tokens: 120ms|120",
        "x-ratelimit-remaining: 0; x-ratelimit-reset: 1796083260000|60000",
        "anthropic-ratelimit-input-tokens-remaining: 0; anthropic-ratelimit-input-tokens-reset:"
            + " 2026-12-01T00:00:30Z|30000",
        "content-type: text/html|-"
      })
  void aProviderSaysInManyWaysHowLongToWait(String headers, Long millis) {
    Map<String, String> map = new HashMap<>();
    for (String header : headers.split("; ", -1)) {
      String[] parts = header.split(": ", 2);
      map.put(parts[0], parts[1]);
    }
    assertThat(RetryAfter.find(map::get, complaint(429, "", ""), NOW).map(Duration::toMillis))
        .isEqualTo(java.util.Optional.ofNullable(millis));
  }

  @Test
  void itMayStandInTheBody() {
    JsonValue body =
        JsonValue.ours(
            "{\"error\":{\"details\":[{\"@type\":\"type.googleapis.com/google.rpc.RetryInfo\",\"retryDelay\":\"34.07s\"}]}}");
    assertThat(RetryAfter.ofBody(new Complaint(429, List.of(), "", "", body)))
        .contains(Duration.ofMillis(34_070));
    assertThat(
            RetryAfter.ofBody(
                complaint(429, "", "Limit 6000, Used 5900. Please try again in 1m7.5s. Visit")))
        .contains(Duration.ofMillis(67_500));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "401||no|UNAUTHORIZED",
        "403||no|UNAUTHORIZED",
        "402||no|NO_CREDIT",
        "429|insufficient_quota|You exceeded your current quota|NO_CREDIT",
        "400|invalid_request_error|Your credit balance is too low|NO_CREDIT",
        "404||model 'x' not found|UNKNOWN_MODEL",
        "400|ValidationException|The provided model identifier is invalid.|UNKNOWN_MODEL",
        "413|rate_limit_exceeded|Request too large for model|TOO_LONG",
        "400|context_length_exceeded|x|TOO_LONG",
        "400||This model's maximum context length is 4096 tokens|TOO_LONG",
        "400|invalid_request_error|prompt is too long: 210000 tokens > 200000 maximum|TOO_LONG",
        "400|INVALID_ARGUMENT|The input token count (1) exceeds the maximum number of tokens"
            + " allowed|TOO_LONG",
        "400|ValidationException|Input is too long for requested model.|TOO_LONG",
        "400|INVALID_ARGUMENT|API key not valid. Please pass a valid API key.|UNAUTHORIZED",
        "429||slow down|RATE_LIMITED",
        "429|RESOURCE_EXHAUSTED|Quota exceeded|RATE_LIMITED",
        "529|overloaded_error|Overloaded|SERVER",
        "503||no|SERVER",
        "408||no|SERVER",
        "301||moved|BAD_REQUEST",
        "422||bad|BAD_REQUEST",
        "0|overloaded_error|Overloaded|SERVER",
        "0||something|SERVER"
      })
  void everyTroubleHasItsKind(int status, String code, String message, Kind kind) {
    assertThat(Kinds.of(complaint(status, code == null ? "" : code, message))).isEqualTo(kind);
  }

  @Test
  void aQuoteIsShortOnOneLineAndWithoutTheKey() {
    Failures failures = new Failures("h", "m", new Secret("sk-proj-abcdefghijklmnop"));
    ModelException e =
        failures.of(
            RefusedException.inPlaceOfAnswer(
                complaint(
                    400,
                    "",
                    "Bad\nthing with sk-proj-abcdefghijklmnop and sk-proj-…mnop or jklmnop: "
                        + "\uD83D\uDC26".repeat(300)),
                _ -> null,
                NOW),
            Usage.NONE);
    assertThat(e.getMessage())
        .startsWith(
            "h does not accept the request to m (HTTP 400): \"Bad thing with *** and ***…mnop or"
                + " ***: ")
        .endsWith("\uD83D\uDC26…\". Check the model's settings, or use another model.");
    assertThat(String.valueOf(e.getMessage()).codePoints().count()).isLessThan(320);
  }

  @Test
  void aWaitIsTold() {
    ModelException e =
        new Failures("h", "m", null)
            .of(
                RefusedException.inPlaceOfAnswer(
                    complaint(429, "", "slow down"),
                    name -> name.equals("retry-after") ? "20" : null,
                    NOW),
                Usage.NONE);
    assertThat(e)
        .hasMessage(
            "h takes no more requests for m at the moment (HTTP 429): \"slow down\". Try again in"
                + " 20 s, or use another model.");
  }

  @Test
  void eventsHaveManyForms() throws IOException {
    EventReader events =
        new EventReader(
            bytes(
                "\uFEFF: hi\r\n"
                    + "data: a\r"
                    + "data:b\n\n"
                    + "event: x\n"
                    + "id: 1\n"
                    + "data\n\n"
                    + "event: lost\n\n"
                    + "data: end"));
    assertThat(events.next()).isEqualTo(new EventReader.Event("message", "a\nb"));
    assertThat(events.next()).isEqualTo(new EventReader.Event("x", ""));
    assertThat(events.next()).isEqualTo(new EventReader.Event("message", "end"));
    assertThat(events.next()).isNull();
  }

  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aLineWithoutEndIsCutOff() {
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            return 'x';
          }
        };
    assertThatThrownBy(() -> new LineReader(endless).next())
        .isInstanceOf(BrokenAnswerException.class)
        .hasMessage("has a line of more than 4194304 bytes");
  }

  @Test
  void anEventOfManyLinesIsBoundedToo() {
    String line = "data: " + "y".repeat(1 << 20) + "\n";
    assertThatThrownBy(() -> new EventReader(bytes(line.repeat(5))).next())
        .isInstanceOf(BrokenAnswerException.class)
        .hasMessage("has an event of more than 4194304 characters");
  }

  @ParameterizedTest
  @CsvSource({"toolu_01Ab,toolu_01Ab", "call.1:x/y,call_1_x_y"})
  void idsAreMadePlain(String id, String plain) {
    assertThat(ToolIds.plain(id)).isEqualTo(plain);
  }

  @Test
  void manyWordsAreEstimatedInAnyScript() {
    assertThat(Estimate.tokens("abcdefgh")).isEqualTo(2);
    assertThat(Estimate.tokens("一二三四")).isEqualTo(3);
    assertThat(Estimate.tokens("")).isZero();
  }
}
