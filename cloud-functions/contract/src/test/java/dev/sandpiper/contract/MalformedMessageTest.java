package dev.sandpiper.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class MalformedMessageTest {

  private static final String GOOD = GoldenMessages.golden("parse-request-file");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "\"v\":1|\"v\":2|This function speaks contract version 1, the request is version 2. Deploy the function package that"
            + " belongs to this agent.",
        "\"v\":1,||The message does not follow contract v1: \"v\" is missing.",
        "\"type\":\"parse\"|\"type\":\"parze\"|The message does not follow contract v1: \"type\" must be \"parse\" or \"join\","
            + " not \"parze\".",
        "\"maxPages\"|\"maxPagez\"|The message does not follow contract v1: unknown field \"maxPagez\".",
        "\"maxPages\":10000|\"maxPages\":0|The message does not follow contract v1: every limit must be at least 1.",
        "\"size\":48213|\"size\":\"big\"|The message does not follow contract v1: \"size\" must be a whole number.",
        "[\"markdown\"|[\"mark\"|The message does not follow contract v1: \"outputs\" knows markdown, blocks, chunks and pages,"
            + " not \"mark\".",
        "\"sha256\":\"e3|\"sha256\":\"E3|The message does not follow contract v1: sha256 must be 64 lower-case hexadecimal"
            + " digits.",
      })
  void faultIsNamedInTheRefusal(String good, String bad, String message) {
    assertThatExceptionOfType(ContractException.class)
        .isThrownBy(() -> read(GOOD.replace(good, bad == null ? "" : bad)))
        .withMessage(message);
  }

  @Test
  void refusalCarriesTheRequestIdAndCode() {
    String json = GOOD.replace("\"outputs\"", "\"output\"");
    assertThatExceptionOfType(ContractException.class)
        .isThrownBy(() -> read(json))
        .satisfies(e ->
            assertThat(e.toReply())
                .isEqualTo(
                    new ParseReply.Rejected(
                        "job-17-1",
                        RejectCode.MALFORMED_REQUEST,
                        "The message does not follow contract v1: unknown field"
                            + " \"output\".")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "null", "[]", "{", "\"x\"", "{\"v\":1}", "{\"v\":99999999999999999999}"})
  void nonsenseIsRefused(String json) {
    assertThatExceptionOfType(ContractException.class).isThrownBy(() -> read(json));
  }

  @Test
  void deepNestingIsRefused() {
    String deep = "{\"v\":1,\"document\":" + "[".repeat(100_000);
    assertThatExceptionOfType(ContractException.class).isThrownBy(() -> read(deep));
  }

  /// Any single corrupted byte gives a request or a refusal, never another exception.
  @Test
  void corruptedBytesNeverEscapeTheContract() throws Exception {
    long seed = RandomGenerator.getDefault().nextLong();
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    byte[] good = GOOD.getBytes(StandardCharsets.UTF_8);
    for (int round = 0; round < 5_000; round++) {
      byte[] bad = good.clone();
      bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
      try {
        assertThat(RequestJson.read(new ByteArrayInputStream(bad))).as("seed %d", seed).isNotNull();
      } catch (ContractException e) {
        assertThat(e).as("seed %d", seed).hasMessageContaining("contract");
      }
    }
  }

  private static FunctionRequest read(String json) throws Exception {
    return RequestJson.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
  }
}
