package dev.sandpiper.parser.detect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sandpiper.parser.task.ByteSource;
import dev.sandpiper.parser.task.ParseFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentDetectorTest {

  @TempDir Path folder;

  private Format detect(byte[] bytes, String name) throws IOException {
    Path file = Files.write(folder.resolve("file"), bytes);
    return new ContentDetector().detect(new ByteSource(file, name));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "%PDF-1.7 ~ wrong.docx ~ PDF",
        "junk|%PDF-1.4|1 0 obj ~ a ~ PDF",
        "A text about %PDF-1.4 files. ~ a ~ TEXT",
        "{\\rtf1 hello} ~ a ~ RTF",
        "<!DOCTYPE html><html><body>x</body></html> ~ a.txt ~ HTML",
        "<?xml version='1.0'?><note>x</note> ~ a ~ XML",
        "<?xml version='1.0'?><html xmlns='x'/> ~ a ~ HTML",
        "From: a@b.c|To: d@e.f|Subject: Hi||text ~ a ~ EML",
        "[{\"a\": 1}] ~ a ~ JSON",
        "[section]|key = value ~ a ~ TEXT",
        "a,b,c|1,2,3|4,5,6|7,8,9 ~ a ~ CSV",
        "a;b;c|1;2;3|4;5;6|7;8;9 ~ a ~ CSV",
        "a,b,c|1,2,3|4,5,6|7,8,9 ~ a.txt ~ TEXT",
        "# Title||Some [link](x). ~ a ~ MARKDOWN",
        "Just words. ~ a.md ~ MARKDOWN",
        "Just words, and more. ~ a ~ TEXT",
        "GIF89a ~ a ~ GIF",
      })
  void contentDecides(String content, String name, Format format) throws IOException {
    byte[] bytes = content.replace('|', '\n').getBytes(StandardCharsets.UTF_8);
    assertThat(detect(bytes, name)).isEqualTo(format);
  }

  @ParameterizedTest
  @CsvSource({
    "word/document.xml,DOCX",
    "xl/workbook.xml,XLSX",
    "ppt/presentation.xml,PPTX",
    "notes.txt,ZIP"
  })
  void zipsAreToldApartByTheirDirectory(String member, Format format) throws IOException {
    Path file = folder.resolve("zip");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry("[Content_Types].xml"));
      zip.putNextEntry(new ZipEntry(member));
    }
    assertThat(detect(Files.readAllBytes(file), "x.bin")).isEqualTo(format);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "From ada@a.example Mon May  6 09:08:09 2024|Return-Path: <ada@a.example>|Subject: Hi||text",
        "From ada@a.example Mon May  6 09:08:09 2024|From: ada@a.example|To: b@b.example||text",
        "From - Mon May  6 09:08:09 2024|X-Mozilla-Status: 0001|X-Mozilla-Keys:|From: a@b.c||text",
        "From MAILER-DAEMON Mon May  6 09:08:09 2024|Date: 6 May 2024|Subject: folder data||x",
        "|From a@b.c Mon May  6 09:08:09 2024|Status: RO|Subject: Grüße|To: d@e.f|| a,b,c|1,2,3",
      })
  void mailboxesAreMail(String content) throws IOException {
    byte[] bytes = content.replace('|', '\n').getBytes(StandardCharsets.UTF_8);
    for (String name : new String[] {"inbox", "inbox.mbox", "inbox.txt"}) {
      assertThat(detect(bytes, name)).as(name).isEqualTo(Format.EML);
    }
    byte[] windows = content.replace("|", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    assertThat(detect(windows, "inbox")).isEqualTo(Format.EML);
  }

  @Test
  void aLetterThatBeginsWithFromIsText() throws IOException {
    byte[] letter = "From here on:\nNote: the lake is cold.\n\nWords.".getBytes(UTF_8);
    assertThat(detect(letter, "letter")).isEqualTo(Format.TEXT);
  }

  private byte[] odf(boolean first, int method, String kind) throws IOException {
    byte[] type = ("application/vnd.oasis.opendocument." + kind).getBytes(UTF_8);
    ZipEntry mimetype = new ZipEntry("mimetype");
    mimetype.setMethod(method);
    if (method == ZipEntry.STORED) {
      CRC32 crc = new CRC32();
      crc.update(type);
      mimetype.setCrc(crc.getValue());
      mimetype.setSize(type.length);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      if (!first) {
        zip.putNextEntry(new ZipEntry("content.xml"));
      }
      zip.putNextEntry(mimetype);
      zip.write(type);
      zip.putNextEntry(new ZipEntry("META-INF/manifest.xml"));
      if (first) {
        zip.putNextEntry(new ZipEntry("content.xml"));
      }
    }
    return bytes.toByteArray();
  }

  @ParameterizedTest
  @CsvSource({
    "text,ODT",
    "text-template,ODT",
    "spreadsheet,ODS",
    "presentation,ODP",
  })
  void openDocumentsAreWhatTheySayWhereverTheySayIt(String kind, Format format) throws IOException {
    assertThat(detect(odf(true, ZipEntry.STORED, kind), "x")).isEqualTo(format);
    assertThat(detect(odf(true, ZipEntry.DEFLATED, kind), "x")).isEqualTo(format);
    assertThat(detect(odf(false, ZipEntry.STORED, kind), "x")).isEqualTo(format);
    assertThat(detect(odf(false, ZipEntry.DEFLATED, kind), "x")).isEqualTo(format);
  }

  @Test
  void whatIsNotReadIsNamed() {
    assertThatThrownBy(() -> detect(new byte[] {0x7F, 'E', 'L', 'F', 2, 1}, "tool.pdf"))
        .isInstanceOfSatisfying(
            ParseFailure.class,
            e -> assertThat(e.code()).isEqualTo(ParseFailure.Code.UNSUPPORTED_TYPE))
        .hasMessage(
            "tool.pdf looks like a Linux program, which this parser does not read. Convert it to PDF, Office, HTML or text and send it again.");
  }

  @ParameterizedTest
  @CsvSource({
    "UTF-8,Grüße aus Köln",
    "UTF-16LE,Grüße aus Köln",
    "UTF-16BE,plain words",
    "windows-1252,Grüße aus Köln und Umgebung",
    "windows-1251,Это обычный русский текст для проверки",
    "Shift_JIS,これは日本語の文章です。文字コードを判定します。"
  })
  void charsetsAreFoundWithoutADeclaration(String charset, String text) {
    assertThat(CharsetDetector.decode(text.getBytes(Charset.forName(charset)))).isEqualTo(text);
  }
}
