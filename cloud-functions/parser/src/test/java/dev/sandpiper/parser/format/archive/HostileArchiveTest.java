package dev.sandpiper.parser.format.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sandpiper.parser.ParseOptions;
import dev.sandpiper.parser.ParsedDocument;
import dev.sandpiper.parser.StandardParser;
import dev.sandpiper.parser.fixture.Archives;
import dev.sandpiper.parser.fixture.Archives.Member;
import dev.sandpiper.parser.render.markdown.MarkdownRenderer;
import dev.sandpiper.parser.task.ByteSource;
import dev.sandpiper.parser.task.ParseFailure;
import dev.sandpiper.parser.task.ParseLimits;
import dev.sandpiper.parser.task.ParseWarning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Archives that expand, nest, lie or are broken: what stands before the harm is kept.
@Timeout(60)
class HostileArchiveTest {

  private static final ParseLimits LIMITS =
      new ParseLimits(64L << 20, 100, 4L << 20, 8, 100_000, 1_000_000);
  private static final String OVER =
      "This member and those after it were not read. The document has more than 4194304 bytes after"
          + " decompression. Raise the limit to parse it.";
  private static final Member LETTER = Member.of("letter.txt", "a boiler letter");
  private static final Member LATE = Member.of("late.txt", "too late");
  private static final Member BOMB = new Member("bomb.txt", new byte[8 << 20]);

  @TempDir Path folder;

  private ParsedDocument parse(byte[] bytes, String name) throws IOException {
    Path file = Files.write(folder.resolve("input"), bytes);
    return StandardParser.create(null)
        .parse(new ByteSource(file, name), ParseOptions.in(folder).withLimits(LIMITS));
  }

  private static String text(ParsedDocument parsed) {
    return new MarkdownRenderer().render(parsed.document().blocks());
  }

  @Test
  void membersBeforeABombAreKeptAndTheBombIsNamed() throws IOException {
    for (ParsedDocument parsed :
        List.of(
            parse(Archives.zip(LETTER, BOMB, LATE), "mixed.zip"),
            parse(Archives.tar(LETTER, BOMB, LATE), "mixed.tar"))) {
      assertThat(text(parsed)).contains("a boiler letter").doesNotContain("too late");
      assertThat(parsed.warnings())
          .containsExactly(new ParseWarning("part-over-limit", OVER, "bomb.txt"));
    }
  }

  @Test
  void membersBeforeABombInAnArchiveInsideAreKept() throws IOException {
    Member inner = new Member("in.zip", Archives.zip(LETTER, BOMB, LATE));
    ParsedDocument parsed = parse(Archives.zip(inner, LATE), "outer.zip");
    assertThat(text(parsed)).contains("a boiler letter").doesNotContain("too late");
    assertThat(parsed.warnings())
        .containsExactly(
            new ParseWarning("part-over-limit", OVER, "in.zip: bomb.txt"),
            new ParseWarning("part-over-limit", OVER, "late.txt"));
  }

  @Test
  void membersBeforeABombAreKeptWithoutADirectory() throws IOException {
    byte[] zip = Archives.zip(LETTER, BOMB);
    ParsedDocument parsed = parse(Arrays.copyOf(zip, zip.length - 30), "cut.zip");
    assertThat(text(parsed)).contains("a boiler letter");
    assertThat(parsed.warnings())
        .extracting(ParseWarning::code)
        .containsExactly("damaged-zip", "part-over-limit");
  }

  @Test
  void anArchiveOfNothingButABombIsOverTheLimit() throws IOException {
    byte[] bomb = Archives.zip(BOMB);
    assertThatThrownBy(() -> parse(bomb, "bomb.zip"))
        .isInstanceOfSatisfying(
            ParseFailure.class, e -> assertThat(e.code()).isEqualTo(ParseFailure.Code.OVER_LIMIT));
  }

  @Test
  void emptyMembersCostNothing() throws IOException {
    Member[] members = new Member[60_000];
    Arrays.setAll(members, i -> Member.of("empty-" + i, ""));
    members[members.length / 8] = LETTER;
    ParsedDocument parsed = parse(Archives.zip(members), "empties.zip");
    assertThat(text(parsed)).contains("a boiler letter");
    assertThat(parsed.warnings())
        .containsExactly(
            new ParseWarning(
                "truncated", "Only the first 10,000 members of the archive were read.", null));
  }

  @Test
  void aLibrarysFullStopIsNotDoubled() throws IOException {
    byte[] tar = Archives.tar(LETTER, LATE);
    Arrays.fill(tar, 1024 + 124, 1024 + 136, (byte) 'x');
    ParsedDocument parsed = parse(tar, "damaged.tar");
    assertThat(text(parsed)).contains("a boiler letter");
    assertThat(parsed.warnings())
        .containsExactly(
            new ParseWarning(
                "damaged-tar",
                "The rest of the archive cannot be read: Corrupted TAR archive.",
                null));
  }
}
