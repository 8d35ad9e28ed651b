package dev.sandpiper.edge.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonValueTest {

  @Test
  void itAnswersWhatIsThereAndNothingElse() throws IOException {
    JsonValue value =
        JsonValue.read(
            "{\"a\":{\"n\":9007199254740993,\"r\":1.5},\"t\":\"x\",\"l\":[1,null],\"f\":true}");
    assertThat(value.number(0, "a", "n")).isEqualTo(9_007_199_254_740_993L);
    assertThat(value.findReal("a", "r")).contains(1.5);
    assertThat(value.findNumber("a", "r")).contains(1L);
    assertThat(value.text("t", "")).isEqualTo("x");
    assertThat(value.at("l").items()).hasSize(2);
    assertThat(value.flag("f")).isTrue();
    assertThat(value.findText("a", "n", "deeper")).isEmpty();
    assertThat(value.has("l", "0")).isFalse();
    assertThat(value.findNumber("t")).isEmpty();
  }

  @Test
  void whatIsReadIsWrittenTheSame() throws IOException {
    String text = "{\"a\":[1,2.50,-3e7,\"ä\\n\",true,false,null,{}],\"b\":{\"c\":[]}}";
    assertThat(JsonValue.read(text).json()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[1,", "{\"a\":}", "1 2", "nope", "{\"a\":1}}"})
  void brokenTextIsAnError(String text) {
    assertThatThrownBy(() -> JsonValue.read(text)).isInstanceOf(IOException.class);
  }

  @Test
  void nestingHasALimit() {
    assertThatThrownBy(() -> JsonValue.read("[".repeat(100_000))).isInstanceOf(IOException.class);
  }
}
