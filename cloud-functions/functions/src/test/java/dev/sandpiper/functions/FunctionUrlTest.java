package dev.sandpiper.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.contract.ContentSink;
import dev.sandpiper.contract.ParseReply;
import dev.sandpiper.contract.ReplyJson;
import dev.sandpiper.contract.RequestJson;
import dev.sandpiper.contract.ResultTarget;
import dev.sandpiper.contract.Source;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FunctionUrlTest {

  private static final String POST =
      "\"requestContext\":{\"stage\":{\"http\":{}},\"http\":{\"method\":\"POST\"}}";

  @TempDir private Path folder;
  private FunctionUrl url;

  @BeforeEach
  void open() throws IOException {
    url = new FunctionUrl(new Fixture(folder).function);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void requestInTheBodyIsAnswered(boolean base64) throws IOException {
    String request = request("text");
    String body =
        base64
            ? Base64.getEncoder().encodeToString(request.getBytes(StandardCharsets.UTF_8))
            : request;

    String response =
        answer(
            "{\"version\":\"2.0\",\"headers\":{\"v\":\"1\"},%s,\"body\":%s,\"isBase64Encoded\":%s}"
                .formatted(POST, quoted(body), base64));

    assertThat(response)
        .startsWith(
            "{\"statusCode\":200,\"headers\":{\"content-type\":\"application/json\"},\"isBase64Encoded\":false,\"body\":\"");
    assertThat(replyIn(response)).isInstanceOf(ParseReply.Parsed.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"body\":\"nonsense\"",
        "\"body\":\"{\\\"v\\\":2}\"",
        "\"body\":\"***\",\"isBase64Encoded\":true",
        "\"body\":7",
        "\"other\":[]",
      })
  void brokenRequestIsTheCallersFault(String rest) throws IOException {
    String response = answer("{" + POST + "," + rest + "}");

    assertThat(response).startsWith("{\"statusCode\":400,");
    assertThat(replyIn(response)).isInstanceOf(ParseReply.Rejected.class);
  }

  @Test
  void brokenEventIsTheCallersFault() throws IOException {
    assertThat(answer("{" + POST + ",\"body\":\"")).startsWith("{\"statusCode\":400,");
  }

  @Test
  void documentThatIsRefusedIsAnAnswer() throws IOException {
    String response =
        answer(
            "{"
                + POST
                + ",\"body\":"
                + quoted(request("text").replace("\"size\":4", "\"size\":5"))
                + "}");

    assertThat(response).startsWith("{\"statusCode\":200,");
    assertThat(replyIn(response)).isInstanceOf(ParseReply.Rejected.class);
  }

  @Test
  void otherMethodsAreRefused() throws IOException {
    String response = answer("{\"requestContext\":{\"http\":{\"method\":\"GET\"}}}");

    assertThat(response).startsWith("{\"statusCode\":405,");
    assertThat(((ParseReply.Rejected) replyIn(response)).message())
        .isEqualTo("Send the request with POST, not GET.");
  }

  /// Quotes and line ends double on their way into a JSON string.
  @Test
  void responseBeyondLambdasBoundIsRefused() throws IOException {
    String response =
        answer(
            "{"
                + POST
                + ",\"body\":"
                + quoted(request("\"\\ \"\\ \"\\ \"\n".repeat(88_000)))
                + "}");

    assertThat(response.length()).isLessThan(1_000);
    assertThat(((ParseReply.Rejected) replyIn(response)).message())
        .contains("more than the 6,291,456 of a function URL");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"requestContext\":{}}|true",
        "{\"body\":\"{\\\"v\\\":1}\",\"headers\":{\"v\":1},\"requestContext\":{}}|true",
        "{\"v\":1,\"requestContext\":{}}|false",
        "{\"type\":\"parse\",\"v\":1}|false",
        "{\"document\":{\"requestContext\":{}}}|false",
        "[]|false",
        "{\"a\":|false",
        "{}|false",
      })
  void eventIsToldFromARequestAndLeftWhole(String json, boolean event) throws IOException {
    InputStream in = stream(json);

    assertThat(FunctionUrl.calledThrough(in)).isEqualTo(event);
    assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(json);
  }

  private String answer(String event) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    url.answer(stream(event), out, 60_000);
    assertThat(out.size()).isLessThanOrEqualTo(6 << 20);
    return out.toString(StandardCharsets.UTF_8);
  }

  private static String request(String text) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    RequestJson.write(
        Fixture.request(
            text,
            new Source.Inline(text.getBytes(StandardCharsets.UTF_8)),
            new ResultTarget.Inline()),
        out);
    return out.toString(StandardCharsets.UTF_8);
  }

  private static ParseReply replyIn(String response) throws IOException {
    String body = response.substring(response.indexOf("\"body\":\"") + 8, response.length() - 2);
    return ReplyJson.read(stream(body.translateEscapes()), ContentSink.IGNORE);
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}
