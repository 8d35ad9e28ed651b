package dev.sandpiper.parser.render.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sandpiper.parser.document.Block;
import dev.sandpiper.parser.document.Box;
import dev.sandpiper.parser.document.SourceSpan;
import dev.sandpiper.parser.fixture.RandomTrees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlockJsonTest {

  @Test
  void everyExampleInTheDescriptionIsReadAndWrittenTheSame() throws IOException {
    List<String> examples =
        Files.readAllLines(Path.of("BLOCKS.md")).stream()
            .filter(line -> line.startsWith("{"))
            .toList();
    assertThat(examples).hasSizeGreaterThanOrEqualTo(11);
    assertThat(examples)
        .allSatisfy(line -> assertThat(BlockJson.write(BlockJson.read(line))).isEqualTo(line));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void writtenBlocksSurviveASecondTrip(long seed) {
    RandomTrees trees = new RandomTrees(RandomGeneratorFactory.of("L64X128MixRandom").create(seed));
    for (int round = 0; round < 300; round++) {
      for (Block block : trees.blocks(3, 2)) {
        String json = BlockJson.write(block);
        Block read = BlockJson.read(json);
        assertThat(BlockJson.write(read)).as("seed %d round %d", seed, round).isEqualTo(json);
        assertThat(read.span()).isEqualTo(block.span());
      }
    }
  }

  @Test
  void coordinatesAreRoundedToOneDecimal() {
    Block rule = new Block.Rule(new SourceSpan.OnPage(1, new Box(1.26f, 2f, Float.NaN, 1e-9f)));
    assertThat(BlockJson.write(rule))
        .isEqualTo("{\"type\":\"rule\",\"span\":{\"page\":1,\"box\":[1.3,2,0,0]}}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"type\":\"rule\"}",
        "{\"type\":\"bird\",\"span\":{\"page\":1}}",
        "{\"type\":\"heading\",\"span\":{\"page\":1}}",
        "{\"type\""
      })
  void whatIsNoBlockIsRefused(String json) {
    assertThatThrownBy(() -> BlockJson.read(json)).isInstanceOf(IllegalArgumentException.class);
  }
}
