package dev.sandpiper.edge.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sandpiper.edge.queue.JobFilter;
import dev.sandpiper.edge.queue.Priority;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntakeTest {

  @TempDir Path home;
  private Rig rig;

  @BeforeEach
  void open() throws IOException {
    rig = new Rig(home, 1_000);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void theSameBytesAreParsedOnce() throws IOException {
    assertThat(rig.accept("a.txt", "hello")).isInstanceOf(Receipt.Queued.class);
    assertThat(rig.accept("b.txt", "hello")).isInstanceOf(Receipt.AlreadyQueued.class);
    rig.parseNext("hello");
    assertThat(rig.accept("c.txt", "hello")).isInstanceOf(Receipt.Known.class);
    assertThat(rig.queue.view().list(JobFilter.newest(10))).hasSize(1);
  }

  @Test
  void aFailureIsRemembered() throws IOException {
    rig.accept("a.txt", "bad");
    rig.rejectNext("encrypted", "needs a password");
    assertThat(rig.accept("a.txt", "bad"))
        .isInstanceOfSatisfying(
            Receipt.FailedBefore.class,
            failed -> assertThat(failed.reason()).isEqualTo("encrypted: needs a password"));
  }

  @Test
  void aLargeDocumentIsRefusedAndLeavesNothing() throws IOException {
    assertThat(rig.accept("a.txt", "x".repeat(1_001)))
        .isEqualTo(
            new Receipt.Refused(
                Receipt.Why.TOO_LARGE,
                "the document is over limits.document (1000 bytes); raise it or send a smaller"
                    + " one"));
    assertThat(rig.files()).isZero();
    assertThat(rig.queue.view().list(JobFilter.newest(10))).isEmpty();
  }

  @Test
  void anUploadThatBreaksOffLeavesNothing() throws IOException {
    InputStream broken =
        new InputStream() {
          private int left = 500;

          @Override
          public int read(byte[] target, int offset, int length) throws IOException {
            target[offset] = (byte) read();
            return 1;
          }

          @Override
          public int read() throws IOException {
            if (--left < 0) {
              throw new IOException("gone");
            }
            return 'x';
          }
        };
    Submission submission = new Submission("a", null, "test", Priority.BULK, null, Set.of("tax"));
    assertThatThrownBy(() -> rig.intake.accept(broken, submission)).hasMessage("gone");
    assertThat(rig.files()).isZero();
    assertThat(rig.queue.view().list(JobFilter.newest(10))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'../../etc/passwd', passwd",
    "'C:\\temp\\a.pdf', a.pdf",
    "'..', document",
    "'', document",
    "'a\nb\0.txt', ab.txt",
    "'\u202efdp.exe', fdp.exe",
    "'报告 🐦.pdf', '报告 🐦.pdf'",
    "'דוח.docx', 'דוח.docx'"
  })
  void namesAreMadeSafe(String given, String safe) {
    assertThat(DocumentName.of(given)).isEqualTo(safe);
  }

  @Test
  void longNamesAreCutAndBadTagsRefused() {
    assertThat(DocumentName.of("x".repeat(5_000))).hasSize(255);
    assertThatThrownBy(
            () -> new Submission("a", null, "test", Priority.BULK, null, Set.of("two words")))
        .hasMessage("a tag is one word of at most 64 characters: \"two words\"");
  }
}
