package dev.sandpiper.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sandpiper.parser.fixture.Archives;
import dev.sandpiper.parser.fixture.Archives.Member;
import dev.sandpiper.parser.task.ByteSource;
import dev.sandpiper.parser.task.PageSelection;
import dev.sandpiper.parser.task.ParseFailure;
import dev.sandpiper.parser.task.ParseLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A parse ends soon after its time is up, wherever it is.
@Timeout(60)
class DeadlineTest {

  @TempDir Path folder;

  /// Parses with a clock that says `true` from the given question on.
  private ParseFailure late(byte[] bytes, String name, int questions) throws IOException {
    Path file = Files.write(folder.resolve("input"), bytes);
    AtomicInteger asked = new AtomicInteger();
    ParseOptions options =
        new ParseOptions(
            ParseLimits.DEFAULT,
            PageSelection.ALL,
            folder,
            () -> asked.incrementAndGet() > questions);
    ParseFailure failure =
        catchThrowableOfType(
            ParseFailure.class,
            () -> StandardParser.create(null).parse(new ByteSource(file, name), options));
    assertThat(failure).as(name).isNotNull();
    assertThat(failure.code()).isEqualTo(ParseFailure.Code.DEADLINE);
    assertThat(asked).as("asked once too often at most").hasValue(questions + 1);
    return failure;
  }

  @Test
  void htmlOfManyMegabytesIsGivenUpWhileItsTreeGrows() throws IOException {
    byte[] html =
        ("<html><body>" + "<p>some <b>bold</b> words".repeat(300_000))
            .getBytes(StandardCharsets.UTF_8);
    assertThat(late(html, "large.html", 5).getStackTrace())
        .extracting(StackTraceElement::getClassName)
        .anyMatch(name -> name.startsWith("org.jsoup.parser."));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "large.txt ~ '' ~ 'some words||'",
        "large.md ~ '' ~ 'some *words*||'",
        "large.csv ~ '' ~ '1,2,3|'",
        "large.json ~ '[0' ~ ',{\"a\":[1,2]}'",
        "large.xml ~ '<?xml version=''1.0''?><a>' ~ '<b>text</b>'",
        "large.rtf ~ '{\\rtf1 ' ~ 'some words\\par '",
      })
  void textsAreGivenUpInTheMiddle(String name, String start, String repeated) throws IOException {
    String text = (start + repeated.repeat(60_000)).replace('|', '\n');
    late(text.getBytes(StandardCharsets.UTF_8), name, 2);
  }

  @Test
  void archivesAreGivenUpBetweenMembers() throws IOException {
    Member[] members = new Member[50];
    Arrays.setAll(members, i -> Member.of(i + ".txt", "words"));
    late(Archives.zip(members), "many.zip", 20);
    late(Archives.tar(members), "many.tar", 20);
    byte[] empty = Archives.gzip(new byte[0]);
    byte[] gzip = new byte[50 * empty.length];
    for (int i = 0; i < 50; i++) {
      System.arraycopy(empty, 0, gzip, i * empty.length, empty.length);
    }
    late(gzip, "empty.gz", 20);
  }

  @Test
  void aBombIsGivenUpWhileItExpands() throws IOException {
    late(Archives.zip(new Member("bomb.txt", new byte[16 << 20])), "bomb.zip", 20);
    late(Archives.gzip(new byte[16 << 20]), "bomb.gz", 20);
  }
}
