package dev.sandpiper.parser.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.parser.document.Block;
import dev.sandpiper.parser.document.Document;
import dev.sandpiper.parser.document.Metadata;
import dev.sandpiper.parser.document.SourceSpan;
import dev.sandpiper.parser.document.Text;
import dev.sandpiper.parser.fixture.RandomTrees;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ChunkerTest {

  private static final SourceSpan PAGE = new SourceSpan.OnPage(4, null);

  private static List<DocumentChunk> chunks(ChunkSize size, List<Block> blocks) {
    return new Chunker(size).chunk(new Document(Metadata.NONE, 1, blocks), "hash");
  }

  private static Block paragraph(String text) {
    return new Block.Paragraph(Text.of(text), PAGE);
  }

  private static Block heading(int level, String text) {
    return new Block.Heading(level, Text.of(text), PAGE);
  }

  @Test
  void noChunkIsEmptyOrTooLargeWhateverTheTree() {
    RandomTrees trees = new RandomTrees(RandomGeneratorFactory.of("L64X128MixRandom").create(7));
    ChunkSize size = new ChunkSize(80, 120, 20);
    for (int round = 0; round < 300; round++) {
      List<DocumentChunk> chunks = chunks(size, trees.blocks(12, 3));
      assertThat(chunks).allSatisfy(chunk -> assertThat(chunk.text().length()).isBetween(1, 120));
      assertThat(chunks).extracting(DocumentChunk::ordinal).isSorted();
    }
  }

  @Test
  void headingsAreThePathAndStartNewChunks() {
    String body = "Some text that is long enough. ".repeat(10).strip();
    List<DocumentChunk> chunks =
        chunks(
            ChunkSize.DEFAULT,
            List.of(
                heading(1, "A"),
                heading(2, "B"),
                paragraph(body),
                heading(2, "C"),
                paragraph(body)));
    assertThat(chunks)
        .extracting(DocumentChunk::headings)
        .containsExactly(List.of("A", "B"), List.of("A", "C"));
    assertThat(chunks).extracting(DocumentChunk::firstPage).containsOnly(4);
    assertThat(chunks).extracting(DocumentChunk::text).containsOnly(body);
  }

  @Test
  void tinySectionsShareAChunkThatNamesThem() {
    List<DocumentChunk> chunks =
        chunks(
            ChunkSize.DEFAULT,
            List.of(
                heading(1, "A"),
                heading(2, "B"),
                paragraph("one"),
                heading(2, "C"),
                paragraph("two")));
    assertThat(chunks).hasSize(1);
    assertThat(chunks.getFirst().headings()).containsExactly("A");
    assertThat(chunks.getFirst().text()).isEqualTo("## B\n\none\n\n## C\n\ntwo");
  }

  @Test
  void headingsWithoutContentAreFound() {
    assertThat(chunks(ChunkSize.DEFAULT, List.of(heading(1, "Only"))).getFirst().text())
        .isEqualTo("# Only");
  }

  @Test
  void largeTablesRepeatTheirHeader() {
    List<Block.Row> rows = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      String text = i == 0 ? "Name" : "row number " + i;
      rows.add(
          new Block.Row(
              List.of(Block.Cell.of(Text.of(text), new SourceSpan.InSheet("S", "A" + (i + 1))))));
    }
    Block table = new Block.Table(null, 1, rows, new SourceSpan.InSheet("S", "A1:A100"));
    List<DocumentChunk> chunks = chunks(new ChunkSize(200, 300, 20), List.of(table));
    assertThat(chunks)
        .hasSizeGreaterThan(5)
        .allSatisfy(chunk -> assertThat(chunk.text()).startsWith("| Name |\n| --- |\n"));
    assertThat(chunks.getFirst().place()).startsWith("S!A2:A");
    assertThat(String.join("", chunks.stream().map(DocumentChunk::text).toList()))
        .contains("row number 1 ", "row number 99 ");
  }

  @Test
  void charactersAreNeverCutApart() {
    String family = "👨‍👩‍👧‍👦";
    List<DocumentChunk> chunks =
        chunks(new ChunkSize(80, 100, 10), List.of(paragraph(family.repeat(60))));
    assertThat(chunks)
        .hasSizeGreaterThan(3)
        .allSatisfy(chunk -> assertThat(chunk.text().replace(family, "")).isEmpty());
  }

  @Test
  void idsDependOnDocumentPlaceAndText() {
    List<Block> blocks = List.of(paragraph("same"));
    Document document = new Document(Metadata.NONE, 1, blocks);
    String id = new Chunker().chunk(document, "a").getFirst().id();
    assertThat(id)
        .matches("[0-9a-f]{16}")
        .isEqualTo(new Chunker().chunk(document, "a").getFirst().id());
    assertThat(new Chunker().chunk(document, "b").getFirst().id()).isNotEqualTo(id);
  }
}
