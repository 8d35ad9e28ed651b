package dev.sandpiper.standin.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchVerdictTest {

  private static final Set<String> BATCH = Set.of("a", "b", "c");

  private static BatchVerdict verdict(String answer) {
    return BatchVerdict.of(answer.getBytes(StandardCharsets.UTF_8), BATCH);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "{}",
        "{\"batchItemFailures\":[]}",
        "{\"batchItemFailures\":null}",
        "{\"somethingElse\":1}"
      })
  void nothingFailedMeansAllIsDone(String answer) {
    assertThat(verdict(answer)).isEqualTo(new BatchVerdict(BATCH, true));
  }

  @Test
  void namedMessagesComeAgain() {
    assertThat(verdict("{\"batchItemFailures\":[{\"itemIdentifier\":\"b\"}]}").done())
        .containsExactlyInAnyOrder("a", "c");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"batchItemFailures\":[{\"itemIdentifier\":\"b\"},{\"itemIdentifier\":\"unknown\"}]}",
        "{\"batchItemFailures\":[{\"itemIdentifier\":\"\"}]}",
        "{\"batchItemFailures\":[{\"itemIdentifier\":null}]}",
        "{\"batchItemFailures\":[{\"id\":\"b\"}]}",
        "{\"batchItemFailures\":[\"b\"]}",
        "{\"batchItemFailures\":{}}",
        "{\"batchItemFailures\":[",
        "not JSON",
        "[]"
      })
  void anythingMalformedFailsTheWholeBatch(String answer) {
    assertThat(verdict(answer)).isEqualTo(BatchVerdict.nothing());
  }
}
