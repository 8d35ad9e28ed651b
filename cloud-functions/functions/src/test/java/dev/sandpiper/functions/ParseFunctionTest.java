package dev.sandpiper.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.contract.ContentSink;
import dev.sandpiper.contract.FailCode;
import dev.sandpiper.contract.ParseReply;
import dev.sandpiper.contract.RejectCode;
import dev.sandpiper.contract.ReplyJson;
import dev.sandpiper.contract.ResultTarget;
import dev.sandpiper.contract.Source;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParseFunctionTest {

  private static final String TEXT = "Hello, sandpiper.\n";
  private static final ResultTarget INLINE = new ResultTarget.Inline();
  private static final Source BYTES = new Source.Inline(TEXT.getBytes(StandardCharsets.UTF_8));

  @TempDir private Path folder;
  private Fixture fixture;

  @BeforeEach
  void open() throws IOException {
    fixture = new Fixture(folder);
  }

  @AfterEach
  void scratchIsLeftEmpty() {
    assertThat(fixture.scratch).isEmptyDirectory();
  }

  @Test
  void inlineDocumentIsAnsweredWithItsContent() throws IOException {
    Answer answer = fixture.function.answer(Fixture.request(TEXT, BYTES, INLINE), 60_000);

    assertThat(new String(answer.json(), StandardCharsets.UTF_8)).contains("Hello, sandpiper");
    assertThat(ReplyJson.read(new ByteArrayInputStream(answer.json()), ContentSink.IGNORE))
        .isEqualTo(answer.reply());
    assertThat(((ParseReply.Parsed) answer.reply()).usage().coldStart()).isTrue();
  }

  @Test
  void fileResultIsStoredWithHashAndSize() throws IOException {
    Files.writeString(fixture.in.resolve("document"), TEXT);

    ParseReply reply = reply(new Source.File("document"), new ResultTarget.File("result.json"));

    byte[] stored = Files.readAllBytes(fixture.out.resolve("result.json"));
    assertThat(((ParseReply.Parsed) reply).stored())
        .isEqualTo(new ParseReply.Stored(Fixture.sha256(stored), stored.length));
    assertThat(fixture.out).isDirectoryNotContaining("glob:**.partial");
  }

  @Test
  void objectsComeAndGoThroughTheStore() {
    fixture.objects.put("in/1", TEXT.getBytes(StandardCharsets.UTF_8));

    ParseReply reply =
        reply(new Source.S3("bucket", "in/1", null), new ResultTarget.S3("bucket", "out/1"));

    assertThat(reply).isInstanceOf(ParseReply.Parsed.class);
    assertThat(fixture.objects).containsKey("out/1");
  }

  @Test
  void objectThatIsGoneIsSaidToBe() {
    assertThat(reply(new Source.S3("bucket", "missing", null), INLINE))
        .isEqualTo(
            new ParseReply.Failed(
                "request-1",
                FailCode.SOURCE_UNAVAILABLE,
                "There is no s3://bucket/missing: another delivery has finished it, or it was deleted. If there is still no result, send it again."));
  }

  @Test
  void objectWithoutStoreIsRefused() {
    ParseReply reply =
        fixture
            .function(null)
            .answer(Fixture.request(TEXT, new Source.S3("bucket", "in/1", null), INLINE), 60_000)
            .reply();

    assertThat(code(reply)).isEqualTo(RejectCode.SOURCE_REFUSED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"../secret", "/etc/passwd", "link", "inner/../../secret", ".", "nul\0"})
  void pathThatLeavesTheSharedFolderIsRefused(String path) throws IOException {
    Files.writeString(folder.resolve("secret"), TEXT);
    Files.createSymbolicLink(fixture.in.resolve("link"), folder.resolve("secret"));

    assertThat(code(reply(new Source.File(path), INLINE))).isEqualTo(RejectCode.SOURCE_REFUSED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"../result.json", "/tmp/result.json", ".", "link/result.json"})
  void resultOutsideTheSharedFolderIsRefused(String path) throws IOException {
    Files.createSymbolicLink(fixture.out.resolve("link"), folder);

    assertThat(code(reply(BYTES, new ResultTarget.File(path))))
        .isEqualTo(RejectCode.SOURCE_REFUSED);
    assertThat(folder.resolve("result.json")).doesNotExist();
  }

  @Test
  void otherBytesThanAnnouncedAreRejected() {
    assertThat(code(reply(new Source.Inline(new byte[TEXT.length()]), INLINE)))
        .isEqualTo(RejectCode.HASH_MISMATCH);
    assertThat(code(reply(new Source.Inline(new byte[3]), INLINE)))
        .isEqualTo(RejectCode.HASH_MISMATCH);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | MALFORMED_REQUEST",
        "no json | MALFORMED_REQUEST",
        "{} | MALFORMED_REQUEST",
        "{\"v\":2,\"type\":\"parse\"} | UNSUPPORTED_VERSION",
      })
  void brokenRequestGetsACode(String json, RejectCode code) throws IOException {
    Answer answer =
        fixture.function.answer(
            new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), 60_000);

    assertThat(code(answer.reply())).isEqualTo(code);
  }

  private ParseReply reply(Source source, ResultTarget target) {
    return fixture.function.answer(Fixture.request(TEXT, source, target), 60_000).reply();
  }

  private static RejectCode code(ParseReply reply) {
    assertThat(reply).isInstanceOf(ParseReply.Rejected.class);
    return ((ParseReply.Rejected) reply).code();
  }
}
