package dev.sandpiper.parser.format.legacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sandpiper.parser.detect.Format;
import dev.sandpiper.parser.document.Block;
import dev.sandpiper.parser.format.Parsing;
import dev.sandpiper.parser.task.ParseFailure;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.poi.hslf.usermodel.HSLFSlide;
import org.apache.poi.hslf.usermodel.HSLFSlideShow;
import org.apache.poi.hslf.usermodel.HSLFTextBox;
import org.apache.poi.hssf.record.crypto.Biff8EncryptionKey;
import org.apache.poi.hssf.usermodel.HSSFRow;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.apache.poi.ss.util.CellRangeAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LegacyOfficeParserTest {

  @TempDir Path folder;

  private List<Block> parse(Format format, byte[] content) throws IOException {
    return new Parsing(folder, format, List.of(new LegacyOfficeParser()))
        .parse(content)
        .document()
        .blocks();
  }

  private static byte[] workbook() throws IOException {
    try (HSSFWorkbook workbook = new HSSFWorkbook();
        ByteArrayOutputStream out = new ByteArrayOutputStream()) {
      var sheet = workbook.createSheet("Birds");
      HSSFRow head = sheet.createRow(0);
      head.createCell(0).setCellValue("Seen");
      sheet.addMergedRegion(new CellRangeAddress(0, 0, 0, 1));
      HSSFRow row = sheet.createRow(1);
      row.createCell(0).setCellValue("Knot");
      var share = row.createCell(1);
      share.setCellValue(0.25);
      var style = workbook.createCellStyle();
      style.setDataFormat(workbook.createDataFormat().getFormat("0%"));
      share.setCellStyle(style);
      workbook.createSheet("Secret");
      workbook.setSheetHidden(1, true);
      workbook.write(out);
      return out.toByteArray();
    }
  }

  @Test
  void workbookShowsValuesAsExcelDoes() throws IOException {
    List<Block> blocks = parse(Format.XLS, workbook());
    assertThat(Parsing.outline(blocks))
        .containsExactly(
            "h1 Birds",
            "table 0 [[[p Seen]x1x2], [[p Knot]x1x1, [p 25%]x1x1]]",
            "page 2",
            "h1 Secret");
    assertThat(blocks.getLast().toString()).contains("HIDDEN");
  }

  @Test
  void slidesHaveTitlesAndTexts() throws IOException {
    try (HSLFSlideShow show = new HSLFSlideShow();
        ByteArrayOutputStream out = new ByteArrayOutputStream()) {
      HSLFSlide slide = show.createSlide();
      slide.addTitle().setText("Tide");
      HSLFTextBox box = new HSLFTextBox();
      box.setText("high");
      slide.addShape(box);
      show.createSlide();
      show.write(out);
      assertThat(Parsing.outline(parse(Format.PPT, out.toByteArray())))
          .containsExactly("h1 Tide", "p high", "page 2");
    }
  }

  @Test
  void lockedWorkbookIsEncrypted() throws IOException {
    Biff8EncryptionKey.setCurrentUserPassword("secret");
    byte[] locked;
    try (HSSFWorkbook workbook = new HSSFWorkbook(new ByteArrayInputStream(workbook()));
        ByteArrayOutputStream out = new ByteArrayOutputStream()) {
      workbook.write(out);
      locked = out.toByteArray();
    } finally {
      Biff8EncryptionKey.setCurrentUserPassword(null);
    }
    requireEncrypted(Format.XLS, locked);
  }

  @Test
  void lockedContainerIsEncrypted() throws IOException {
    try (POIFSFileSystem files = new POIFSFileSystem();
        ByteArrayOutputStream out = new ByteArrayOutputStream()) {
      files.createDocument(new ByteArrayInputStream(new byte[5000]), "EncryptedPackage");
      files.writeFilesystem(out);
      requireEncrypted(Format.DOC, out.toByteArray());
    }
  }

  private void requireEncrypted(Format format, byte[] content) {
    assertThatExceptionOfType(ParseFailure.class)
        .isThrownBy(() -> parse(format, content))
        .withMessage(
            "document is an Office document locked with a password. Remove it and send it again.");
  }

  @Test
  void cyclicAllocationTableIsUnreadable() throws IOException {
    byte[] content = workbook();
    int table = 512 + 512 * (content[0x4C] & 0xFF);
    // Every sector is followed by sector 1, so every chain runs for ever.
    for (int i = table; i < table + 512; i += 4) {
      Arrays.fill(content, i, i + 4, (byte) 0);
      content[i] = 1;
    }
    assertThatExceptionOfType(ParseFailure.class)
        .isThrownBy(() -> parse(Format.XLS, content))
        .satisfies(e -> assertThat(e.code()).isEqualTo(ParseFailure.Code.UNREADABLE));
  }
}
