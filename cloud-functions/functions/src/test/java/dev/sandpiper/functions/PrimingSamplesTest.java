package dev.sandpiper.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.contract.ParseReply;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrimingSamplesTest {

  @TempDir private Path folder;

  /// A sample that is refused primes nothing.
  @Test
  void everySampleIsParsedAsAFormatOfItsOwnAndHasText() throws Exception {
    ParseFunction function = new Fixture(folder).function;
    Set<String> types = new HashSet<>();
    for (PrimingSamples.Sample sample : PrimingSamples.all()) {
      Answer answer = function.answer(sample.request(), 60_000);
      assertThat(answer.reply()).as(sample.name()).isInstanceOf(ParseReply.Parsed.class);
      ParseReply.Parsed parsed = (ParseReply.Parsed) answer.reply();
      assertThat(parsed.warnings()).as(sample.name()).isEmpty();
      assertThat(new String(answer.json(), StandardCharsets.UTF_8))
          .as(sample.name())
          .containsPattern("\"markdown\":\\[?\"[^\"]")
          .contains("\"chunks\":[{");
      types.add(parsed.metadata().mediaType());
    }
    assertThat(types).hasSize(PrimingSamples.all().size()).hasSizeGreaterThanOrEqualTo(10);
  }
}
