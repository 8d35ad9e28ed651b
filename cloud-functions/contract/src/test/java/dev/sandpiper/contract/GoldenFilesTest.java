package dev.sandpiper.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Version 1 is frozen by these files: a change here is a new version of the contract.
class GoldenFilesTest {

  static Set<String> requests() {
    return GoldenMessages.requests().keySet();
  }

  static Set<String> replies() {
    return GoldenMessages.replies().keySet();
  }

  @Test
  void everyKindOfMessageHasAGoldenFile() {
    assertThat(requests()).hasSize(3);
    assertThat(replies()).hasSize(6);
  }

  @ParameterizedTest
  @MethodSource("requests")
  void requestIsWrittenAsItsGoldenFile(String name) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    RequestJson.write(GoldenMessages.request(name), out);
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(GoldenMessages.golden(name));
  }

  @ParameterizedTest
  @MethodSource("requests")
  void goldenRequestIsReadBack(String name) throws IOException {
    assertThat(RequestJson.read(stream(GoldenMessages.golden(name))))
        .isEqualTo(GoldenMessages.request(name));
  }

  @ParameterizedTest
  @MethodSource("replies")
  void replyIsWrittenAsItsGoldenFile(String name) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ReplyJson.write(GoldenMessages.reply(name), content(name), out);
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(GoldenMessages.golden(name));
  }

  @ParameterizedTest
  @MethodSource("replies")
  void goldenReplyIsReadBackWithItsContent(String name) throws IOException {
    Recorder read = new Recorder();
    Recorder expected = new Recorder();
    assertThat(ReplyJson.read(stream(GoldenMessages.golden(name)), read))
        .isEqualTo(GoldenMessages.reply(name));
    content(name).writeTo(expected);
    assertThat(read.pieces).isEqualTo(expected.pieces);
  }

  @Test
  void sectionsNobodyWantsAreSkipped() throws IOException {
    Recorder read =
        new Recorder() {
          @Override
          public boolean wants(Section section) {
            return section == Section.CHUNKS;
          }
        };
    ReplyJson.read(stream(GoldenMessages.golden("reply-parsed-inline")), read);
    assertThat(read.pieces).hasSize(2).allMatch(Chunk.class::isInstance);
  }

  @Test
  void longMarkdownIsWrittenInBoundedPieces() throws IOException {
    String text = "x" + "📄".repeat(100_000);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ReplyJson.write(GoldenMessages.reply("reply-parsed-inline"), sink -> sink.markdown(text), out);
    StringBuilder read = new StringBuilder();
    Recorder recorder = new Recorder();
    ReplyJson.read(new ByteArrayInputStream(out.toByteArray()), recorder);
    for (Object piece : recorder.pieces) {
      String markdown = piece.toString().substring("markdown ".length());
      assertThat(markdown.length()).isLessThanOrEqualTo(32 << 10);
      read.append(markdown);
    }
    assertThat(read.toString()).isEqualTo(text);
  }

  private static ContentSource content(String name) {
    return switch (name) {
      case "reply-parsed-inline" -> GoldenMessages.content();
      case "reply-parsed-pages" -> GoldenMessages.pages();
      default -> ContentSource.EMPTY;
    };
  }

  private static ByteArrayInputStream stream(String json) {
    return new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8));
  }

  /// Remembers everything it receives, in order.
  private static class Recorder implements ContentSink {
    final List<Object> pieces = new ArrayList<>();

    @Override
    public void markdown(String piece) {
      pieces.add("markdown " + piece);
    }

    @Override
    public void block(String json) {
      pieces.add("block " + json);
    }

    @Override
    public void chunk(Chunk chunk) {
      pieces.add(chunk);
    }

    @Override
    public void page(String json) {
      pieces.add("page " + json);
    }
  }
}
