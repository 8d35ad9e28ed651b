package dev.sandpiper.parser.format.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sandpiper.parser.ParsedDocument;
import dev.sandpiper.parser.detect.Format;
import dev.sandpiper.parser.format.Parsing;
import dev.sandpiper.parser.format.html.HtmlParser;
import dev.sandpiper.parser.task.ParseFailure;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class MailParserTest {

  private static final String ALTERNATIVES =
      """
      Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=
      From: Ada <ada@a.example>
      Date: Mon, 6 May 2024 09:08:09 +0200
      MIME-Version: 1.0
      Content-Type: multipart/mixed; boundary=m

      --m
      Content-Type: multipart/alternative; boundary=a

      --a
      Content-Type: text/plain

      plain words
      --a
      Content-Type: text/html

      <h2>Rich</h2><p>words
      --a--
      --m
      Content-Type: text/html; name*=utf-8''%C3%BCber.html
      Content-Disposition: attachment; filename*=utf-8''%C3%BCber.html
      Content-Transfer-Encoding: base64

      PHA+YXR0YWNoZWQ=
      --m--
      """;

  @TempDir Path folder;
  private Parsing parsing;

  @BeforeEach
  void open() {
    parsing = new Parsing(folder, Format.EML, List.of(new MailParser(), new HtmlParser()));
  }

  @Test
  void bestAlternativeIsShownAndAttachmentsAreParsed() throws IOException {
    ParsedDocument parsed = parsing.parse(ALTERNATIVES);
    assertThat(Parsing.outline(parsed.document().blocks()))
        .containsExactly(
            "h1 Grüße",
            "p From: Ada <ada@a.example>\nDate: 2024-05-06 09:08:09 +02:00",
            "h2 Rich",
            "p words",
            "h2 über.html",
            "p attached");
    assertThat(parsed.document().metadata().created())
        .isEqualTo(Instant.parse("2024-05-06T07:08:09Z"));
    assertThat(parsed.document().metadata().authors()).containsExactly("Ada");
    assertThat(parsed.warnings()).isEmpty();
  }

  @Test
  void quotedLinesBecomeQuotationsAndFlowedLinesJoin() throws IOException {
    String mail = "Content-Type: text/plain; format=flowed\n\none \ntwo\n\n> a\n>> b\n";
    assertThat(Parsing.outline(parsing.blocks(mail)))
        .containsExactly("p one two", "quote [p a, quote [p b]]");
  }

  @Test
  void undeclaredCharsetIsFoundByItsLetters() throws IOException {
    String words = "Песочник бежит вдоль воды, останавливается, смотрит и снова бежит.";
    byte[] mail = ("Subject: x\n\n" + words).getBytes(Charset.forName("windows-1251"));
    assertThat(Parsing.outline(parsing.parse(mail).document().blocks()))
        .containsExactly("h1 x", "p " + words);
  }

  @Test
  void wrappedLinesOfAParagraphJoinAndSetOnesStay() throws IOException {
    String mail =
        """
        Date: some day

        Please bring the serial number of the boiler with you, because without
        it the maker does not send the valve, and the valve is what we need.

        Kind regards
        Ada
        """;
    assertThat(Parsing.outline(parsing.blocks(mail)))
        .containsExactly(
            "p Date: some day",
            "p Please bring the serial number of the boiler with you, because without it the maker"
                + " does not send the valve, and the valve is what we need.",
            "p Kind regards\nAda");
  }

  @Test
  void everyMessageOfAMailboxIsRead() throws IOException {
    String mailbox = "From a@b Mon\nSubject: 1\n\nfirst\n\nFrom c@d Tue\nSubject: 2\n\nsecond\n";
    assertThat(Parsing.outline(parsing.blocks(mailbox)))
        .containsExactly("h1 1", "p first", "rule", "h1 2", "p second");
  }

  @Test
  void notesOfSeveralTextsKeepApart() throws IOException {
    String text =
        "Content-Type: text/html\n\n"
            + "<p>word<a role=doc-noteref href='#n1'>1</a><aside role=doc-footnote id=n1>note\n";
    String mail =
        "Content-Type: multipart/mixed; boundary=b\n\n--b\n" + text + "--b\n" + text + "--b--\n";
    assertThat(Parsing.outline(parsing.blocks(mail)))
        .containsExactly("p word1", "note n1 [p note]", "p word1", "note text2-n1 [p note]");
    assertThat(parsing.blocks(mail).toString()).contains("noteRef=n1").contains("=text2-n1");

    String mailbox = "From a@b Mon\n" + mail + "\nFrom c@d Tue\n" + mail;
    assertThat(Parsing.outline(parsing.blocks(mailbox)))
        .contains("note message2-n1 [p note]", "note message2-text2-n1 [p note]");
  }

  @Test
  void multipartsThousandDeepEndWithAWarning() throws IOException {
    StringBuilder mail = new StringBuilder();
    for (int i = 0; i < 1_000; i++) {
      mail.append("Content-Type: multipart/mixed; boundary=b" + i + "x\n\n--b" + i + "x\n");
    }
    assertThat(Parsing.warnings(parsing.parse(mail + "\ndeep"))).containsExactly("mail-parts");
  }

  @Test
  void headerBombsAreOverTheLimit() {
    for (String bomb : List.of("X-A: b\n".repeat(100_000), "Subject: " + "x".repeat(5_000_000))) {
      assertThatExceptionOfType(ParseFailure.class)
          .isThrownBy(() -> parsing.parse(bomb + "\n\nbody"))
          .satisfies(e -> assertThat(e.code()).isEqualTo(ParseFailure.Code.OVER_LIMIT));
    }
  }

  @Test
  void hugeEncodedTextIsCutWithAWarning() throws IOException {
    String mail =
        "Content-Transfer-Encoding: base64\n\n" + ("QUFB".repeat(18) + "\n").repeat(330_000);
    assertThat(Parsing.warnings(parsing.parse(mail))).containsExactly("text-cut");
  }
}
