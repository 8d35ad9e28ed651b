package dev.sandpiper.functions;

import dev.sandpiper.contract.DocumentRef;
import dev.sandpiper.contract.Limits;
import dev.sandpiper.contract.Output;
import dev.sandpiper.contract.ParseRequest;
import dev.sandpiper.contract.ResultTarget;
import dev.sandpiper.contract.Source;
import dev.sandpiper.contract.SplitPolicy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// A tiny document of each common family.
final class PrimingSamples {

  private static final String XML = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
  private static final String OFFICE =
      "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  private static final String TYPES =
      "http://schemas.openxmlformats.org/package/2006/content-types";
  private static final String LINKS =
      "http://schemas.openxmlformats.org/package/2006/relationships";
  private static final String CONTENT = "application/vnd.openxmlformats-officedocument.";

  private PrimingSamples() {}

  // The array is made for this record and only read.
  @SuppressWarnings("ArrayRecordComponent")
  record Sample(String name, byte[] bytes) {

    ParseRequest request() {
      String hash = HexFormat.of().formatHex(Outside.sha256().digest(bytes));
      return new ParseRequest(
          name,
          new DocumentRef(name, hash, bytes.length, null, new Source.Inline(bytes)),
          null,
          EnumSet.of(Output.MARKDOWN, Output.BLOCKS, Output.CHUNKS),
          Limits.DEFAULT,
          SplitPolicy.NONE,
          new ResultTarget.Inline());
    }
  }

  static List<Sample> all() {
    return List.of(
        text("sample.txt", "Plain text.\n\nTwo paragraphs of it.\n"),
        text("sample.md", "# Heading\n\n* item\n* item\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"),
        text("sample.csv", "name,amount\nfirst,1\nsecond,2\nthird,3\n"),
        text(
            "sample.html",
            "<!doctype html><html><head><title>T</title></head><body><h1>A</h1><p>b <b>c</b></p>"
                + "<ul><li>d</li></ul><table><tr><th>e</th></tr><tr><td>f</td></tr></table></body></html>"),
        text(
            "sample.eml",
            "From: a@example.org\r\nTo: b@example.org\r\nSubject: Sample\r\nMIME-Version: 1.0\r\n"
                + "Date: Mon, 2 Nov 2026 10:00:00 +0000\r\nContent-Type: text/plain; charset=utf-8\r\n"
                + "\r\nA letter.\r\n"),
        pdf(),
        docx(),
        xlsx(),
        pptx(),
        odt());
  }

  private static Sample pdf() {
    StringBuilder pdf = new StringBuilder("%PDF-1.4\n");
    StringBuilder table = new StringBuilder("xref\n0 6\n0000000000 65535 f \n");
    List<String> objects =
        List.of(
            "<</Type/Catalog/Pages 2 0 R>>",
            "<</Type/Pages/Count 1/Kids[4 0 R]>>",
            "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>/Contents 5 0 R>>",
            "<</Length 38>>stream\nBT /F1 12 Tf 72 700 Td (Sample) Tj ET   \nendstream");
    for (int i = 0; i < objects.size(); i++) {
      table.append("%010d 00000 n \n".formatted(pdf.length()));
      pdf.append("%d 0 obj%s endobj\n".formatted(i + 1, objects.get(i)));
    }
    return text(
        "sample.pdf",
        "%s%strailer<</Root 1 0 R/Size 6>>\nstartxref\n%d\n%%%%EOF\n"
            .formatted(pdf, table, pdf.length()));
  }

  private static Sample docx() {
    return ooxml(
        "sample.docx",
        "word/document.xml",
        "wordprocessingml.document.main+xml",
        "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">"
            + "<w:body><w:p><w:r><w:t>Sample</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t>"
            + "</w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>");
  }

  private static Sample xlsx() {
    String main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    return ooxml(
        "sample.xlsx",
        "xl/workbook.xml",
        "spreadsheetml.sheet.main+xml",
        "<workbook xmlns=\"%s\" xmlns:r=\"%s\"><sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
            .formatted(main, OFFICE),
        "xl/_rels/workbook.xml.rels",
        links("worksheet", "worksheets/sheet1.xml"),
        "xl/worksheets/sheet1.xml",
        "<worksheet xmlns=\"%s\"><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>a</t></is></c><c r=\"B1\"><v>1</v></c></row></sheetData></worksheet>"
            .formatted(main));
  }

  private static Sample pptx() {
    String p = "http://schemas.openxmlformats.org/presentationml/2006/main";
    String a = "http://schemas.openxmlformats.org/drawingml/2006/main";
    return ooxml(
        "sample.pptx",
        "ppt/presentation.xml",
        "presentationml.presentation.main+xml",
        "<p:presentation xmlns:p=\"%s\" xmlns:r=\"%s\"><p:sldIdLst><p:sldId id=\"256\" r:id=\"r1\"/></p:sldIdLst></p:presentation>"
            .formatted(p, OFFICE),
        "ppt/_rels/presentation.xml.rels",
        links("slide", "slides/slide1.xml"),
        "ppt/slides/slide1.xml",
        "<p:sld xmlns:p=\"%s\" xmlns:a=\"%s\"><p:cSld><p:spTree><p:sp><p:txBody><a:p><a:r><a:t>Sample</a:t></a:r></a:p></p:txBody></p:sp></p:spTree></p:cSld></p:sld>"
            .formatted(p, a));
  }

  private static Sample odt() {
    return zip(
        "sample.odt",
        "mimetype",
        "application/vnd.oasis.opendocument.text",
        "content.xml",
        XML
            + "<office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\""
            + " xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:body><office:text>"
            + "<text:h text:outline-level=\"1\">A</text:h><text:p>b</text:p></office:text></office:body>"
            + "</office:document-content>");
  }

  /// @param entries names and texts in turn, after the main part
  private static Sample ooxml(
      String name, String part, String type, String text, String... entries) {
    String[] all = new String[entries.length + 6];
    all[0] = "[Content_Types].xml";
    all[1] =
        XML
            + "<Types xmlns=\"%s\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/%s\" ContentType=\"%s\"/></Types>"
                .formatted(TYPES, part, CONTENT + type);
    all[2] = "_rels/.rels";
    all[3] = links("officeDocument", part);
    all[4] = part;
    all[5] = XML + text;
    System.arraycopy(entries, 0, all, 6, entries.length);
    return zip(name, all);
  }

  private static String links(String type, String target) {
    return XML
        + "<Relationships xmlns=\"%s\"><Relationship Id=\"r1\" Type=\"%s/%s\" Target=\"%s\"/></Relationships>"
            .formatted(LINKS, OFFICE, type, target);
  }

  private static Sample text(String name, String text) {
    return new Sample(name, text.getBytes(StandardCharsets.UTF_8));
  }

  private static Sample zip(String name, String... entries) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (int i = 0; i < entries.length; i += 2) {
        zip.putNextEntry(new ZipEntry(entries[i]));
        zip.write(entries[i + 1].getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Sample(name, bytes.toByteArray());
  }
}
