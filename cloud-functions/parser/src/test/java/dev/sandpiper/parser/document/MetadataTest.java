package dev.sandpiper.parser.document;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MetadataTest {

  @Test
  void textsEndAfterAThousandCodePoints() {
    String bird = "\uD83D\uDC26";
    String longText = bird.repeat(1_001);
    String kept = bird.repeat(1_000);
    Metadata metadata =
        Metadata.builder()
            .title(longText)
            .author(longText)
            .language(longText)
            .producer(longText)
            .property(longText, longText)
            .build();
    assertThat(metadata.title()).isEqualTo(kept);
    assertThat(metadata.authors()).containsExactly(kept);
    assertThat(metadata.language()).isEqualTo(kept);
    assertThat(metadata.producer()).isEqualTo(kept);
    assertThat(metadata.properties()).containsExactly(java.util.Map.entry(kept, kept));
  }

  @Test
  void textsOfAThousandCodePointsStayWhole() {
    assertThat(Metadata.builder().title("é".repeat(1_000)).build().title()).hasSize(1_000);
  }

  @Test
  void collectionsEndAfterAHundredElements() {
    Metadata.Builder builder = Metadata.builder();
    for (int i = 0; i < 200; i++) {
      builder.author("author " + i).property("key " + i, "value");
    }
    Metadata metadata = builder.build();
    assertThat(metadata.authors()).hasSize(100).endsWith("author 99");
    assertThat(metadata.properties()).hasSize(100).containsKey("key 99");
  }
}
