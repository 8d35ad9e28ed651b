package dev.sandpiper.edge.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Documents made of XML or HTML: entities, external references, nesting, cycles, repeats.
final class HostileXml {

  private static final String W =
      "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'";
  private static final String ODF =
      "xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0'"
          + " xmlns:text='urn:oasis:names:tc:opendocument:xmlns:text:1.0'"
          + " xmlns:table='urn:oasis:names:tc:opendocument:xmlns:table:1.0'"
          + " xmlns:style='urn:oasis:names:tc:opendocument:xmlns:style:1.0'"
          + " xmlns:draw='urn:oasis:names:tc:opendocument:xmlns:drawing:1.0'"
          + " xmlns:xlink='http://www.w3.org/1999/xlink'";

  private HostileXml() {}

  static List<HostileFile> files(String home) {
    List<HostileFile> files = new ArrayList<>();
    String laughs = laughs();
    String file = "<!DOCTYPE r [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>";
    String web =
        "<!DOCTYPE r SYSTEM '%s/dtd' [<!ENTITY %% p SYSTEM '%s/parameter'> %%p; <!ENTITY e SYSTEM '%s/entity'>]>"
            .formatted(home, home, home);
    for (String format : List.of("docx", "xlsx", "pptx", "odt", "ods", "odp", "epub", "xml")) {
      files.add(document("billion-laughs", format, laughs, "&e;"));
      files.add(document("entity-from-etc", format, file, "&e;"));
      files.add(document("entity-from-the-web", format, web, "&e;"));
    }
    String deep = "<a>".repeat(300_000);
    files.add(HostileFile.of("elements-300000-deep.xml", "<?xml version='1.0'?>" + deep));
    files.add(HostileFile.of("attributes-300000.xml", attributes()));
    files.addAll(word(home));
    files.addAll(sheets(home));
    files.addAll(openDocument(home));
    files.addAll(books(home));
    files.addAll(html(home));
    return files;
  }

  private static String laughs() {
    StringBuilder dtd = new StringBuilder("<!DOCTYPE r [<!ENTITY a 'ha ha ha ha ha'>");
    for (char c = 'b'; c <= 'n'; c++) {
      String previous = "&" + (char) (c - 1) + ";";
      dtd.append("<!ENTITY ").append(c).append(" '").append(previous.repeat(10)).append("'>");
    }
    return dtd.append("<!ENTITY e '&n;&n;'>]>").toString();
  }

  private static String attributes() {
    StringBuilder xml = new StringBuilder("<?xml version='1.0'?><r");
    for (int i = 0; i < 300_000; i++) {
      xml.append(" a").append(i).append("='v'");
    }
    return xml.append("/>").toString();
  }

  /// A small document of a format whose main part begins with `dtd` and says `text`.
  private static HostileFile document(String name, String format, String dtd, String text) {
    String xml = "<?xml version='1.0' encoding='UTF-8'?>" + dtd;
    return switch (format) {
      case "docx" ->
          docx(
              name,
              xml + "<w:document " + W + "><w:body>" + paragraph(text) + "</w:body></w:document>",
              Map.of());
      case "xlsx" ->
          xlsx(
              name,
              xml
                  + "<sst xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><si><t>"
                  + text
                  + "</t></si></sst>",
              "<row r='1'><c r='A1' t='s'><v>0</v></c></row>");
      case "pptx" -> pptx(name, xml, text);
      case "odt", "ods", "odp" -> odf(name, format, xml, body(format, text));
      case "epub" ->
          epub(
              name,
              xml
                  + "<html xmlns='http://www.w3.org/1999/xhtml'><body><p>"
                  + text
                  + "</p></body></html>",
              "<itemref idref='c'/>");
      case "xml" -> HostileFile.of(name + ".xml", xml + "<r>" + text + "</r>");
      default -> throw new IllegalArgumentException(format);
    };
  }

  private static String body(String format, String text) {
    String p = "<text:p>" + text + "</text:p>";
    return switch (format) {
      case "odt" -> "<office:text>" + p + "</office:text>";
      case "ods" ->
          "<office:spreadsheet><table:table table:name='a'><table:table-row><table:table-cell>"
              + p
              + "</table:table-cell></table:table-row></table:table></office:spreadsheet>";
      default ->
          "<office:presentation><draw:page draw:name='a'><draw:frame><draw:text-box>"
              + p
              + "</draw:text-box></draw:frame></draw:page></office:presentation>";
    };
  }

  private static List<HostileFile> word(String home) {
    String head = "<?xml version='1.0'?><w:document " + W + "><w:body>";
    String tail = "</w:body></w:document>";
    String styles =
        "<w:styles "
            + W
            + "><w:style w:styleId='A'><w:basedOn w:val='B'/><w:link w:val='A'/></w:style>"
            + "<w:style w:styleId='B'><w:basedOn w:val='A'/><w:next w:val='B'/></w:style></w:styles>";
    String styled = "<w:p><w:pPr><w:pStyle w:val='A'/></w:pPr><w:r><w:t>styled</w:t></w:r></w:p>";
    StringBuilder relations =
        new StringBuilder(
            "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>");
    int n = 1;
    for (String type :
        List.of("image", "attachedTemplate", "oleObject", "subDocument", "hyperlink", "frame")) {
      relations.append(external(n++, type, home));
    }
    String cell =
        "<w:tc><w:tcPr><w:gridSpan w:val='2147483647'/><w:vMerge/></w:tcPr>"
            + paragraph("x")
            + "</w:tc>";
    String lists =
        "<w:p><w:pPr><w:numPr><w:ilvl w:val='2147483647'/><w:numId w:val='-1'/></w:numPr></w:pPr><w:r><w:t>x</w:t></w:r></w:p>";
    return List.of(
        docx("styles-in-a-circle", head + styled + tail, Map.of("word/styles.xml", styles)),
        docx(
            "templates-from-the-web",
            head + styled + tail,
            Map.of(
                "word/_rels/document.xml.rels", relations.append("</Relationships>").toString())),
        docx("tables-20000-deep", head + "<w:tbl><w:tr><w:tc>".repeat(20_000), Map.of()),
        docx(
            "span-of-2-billion",
            head + "<w:tbl><w:tr>" + cell.repeat(20) + "</w:tr></w:tbl>" + tail,
            Map.of()),
        docx("list-level-2-billion", head + lists.repeat(1000) + tail, Map.of()),
        new HostileFile(
            "document-of-4-gigabytes.docx",
            docxZip(Map.of())
                .add(
                    Zip.Entry.deflated(
                        "word/document.xml",
                        Deflated.raw("<w:p/>".getBytes(UTF_8), 4000),
                        0xFFFFFFFFL))
                .bytes()));
  }

  private static List<HostileFile> sheets(String home) {
    String strings =
        "<sst xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><si><t>a</t></si></sst>";
    StringBuilder far = new StringBuilder();
    for (int i = 0; i < 200; i++) {
      far.append(
          "<row r='%d'><c r='XFD%d'><v>1</v></c></row>".formatted(5000 * i + 1, 5000 * i + 1));
    }
    String index =
        "<row r='1'><c r='A1' t='s'><v>-1</v></c><c r='B1' t='s'><v>2147483647</v></c><c r='ZZZZZZZ99999999999' t='s'><v>0</v></c></row>";
    String formula =
        "<row r='1'><c r='A1'><f>WEBSERVICE(\""
            + home
            + "/formula\")</f><v>0</v></c><c r='B1'><f>"
            + "(".repeat(100_000)
            + "</f></c></row>";
    return List.of(
        xlsx("cells-far-apart", strings, far.toString()),
        xlsx("strings-that-are-not-there", strings, index),
        xlsx("formula-calls-home", strings, formula),
        xlsx(
            "rows-again-and-again",
            strings,
            "<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>".repeat(50_000)));
  }

  private static List<HostileFile> openDocument(String home) {
    String xml = "<?xml version='1.0'?>";
    String repeated =
        "<office:spreadsheet><table:table><table:table-row table:number-rows-repeated='2147483647'>"
            + "<table:table-cell table:number-columns-repeated='2147483647'><text:p>x</text:p></table:table-cell>"
            + "</table:table-row></table:table></office:spreadsheet>";
    String spanned =
        repeated
            .replace("number-columns-repeated", "number-columns-spanned")
            .replace("table:number-rows-repeated='2147483647'", "");
    String links =
        "<office:text><text:p><draw:frame><draw:image xlink:href='%s/image' xlink:actuate='onLoad'/></draw:frame></text:p><text:section><text:section-source xlink:href='%s/section'/></text:section></office:text>"
            .formatted(home, home);
    return List.of(
        odf("cells-repeated-2-billion", "ods", xml, repeated),
        odf("cell-spans-2-billion", "ods", xml, spanned),
        odf(
            "spaces-2-billion",
            "odt",
            xml,
            "<office:text><text:p>a<text:s text:c='2147483647'/>b</text:p></office:text>"),
        odf(
            "lists-20000-deep",
            "odt",
            xml,
            "<office:text>" + "<text:list><text:list-item>".repeat(20_000)),
        odf("images-from-the-web", "odt", xml, links));
  }

  private static List<HostileFile> books(String home) {
    String page =
        "<html xmlns='http://www.w3.org/1999/xhtml'><body><p>again</p><img src='"
            + home
            + "/cover'/></body></html>";
    Zip outside = epubZip("../../../../etc/passwd").add(Zip.Entry.text("book.opf", "<package/>"));
    return List.of(
        epub("spine-300000-times", page, "<itemref idref='c'/>".repeat(300_000)),
        epub("image-from-the-web", page, "<itemref idref='c'/><itemref idref='missing'/>"),
        new HostileFile("package-outside.epub", outside.bytes()));
  }

  private static List<HostileFile> html(String home) {
    String calls =
        """
        <html><head><link rel=stylesheet href=%1$s/css><meta http-equiv=refresh content="0;url=%1$s/refresh">
        <script src=%1$s/script></script><base href=%1$s/base></head><body background=%1$s/background>
        <img src=%1$s/img srcset="%1$s/set 2x"><iframe src=%1$s/frame></iframe><object data=%1$s/object></object>
        <img src=file:///etc/passwd><p>text</p></body></html>
        """
            .formatted(home);
    return List.of(
        HostileFile.of("calls-home.html", calls),
        HostileFile.of("divs-500000-deep.html", "<html><body>" + "<div>".repeat(500_000)),
        HostileFile.of(
            "formatting-never-closed.html", "<html><body>" + "<b><i><a href=x><p>".repeat(20_000)),
        HostileFile.of("lists-100000-deep.html", "<html><body>" + "<ul><li>".repeat(100_000)),
        HostileFile.of("tables-50000-deep.html", "<html><body>" + "<table><tr><td>".repeat(50_000)),
        HostileFile.of(
            "cell-spans-2-billion.html",
            "<html><body><table><tr>"
                + "<td colspan=2147483647 rowspan=2147483647>x".repeat(50)
                + "</table>"),
        HostileFile.of(
            "entities-without-end.html", "<html><body>" + "&#x110000;&AMP&lt".repeat(300_000)),
        HostileFile.of("comment-without-end.html", "<html><body><!--" + "-".repeat(3_000_000)));
  }

  private static String external(int id, String type, String home) {
    return "<Relationship Id='r%d' Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s' Target='%s/%s' TargetMode='External'/>"
        .formatted(id, type, home, type);
  }

  private static String paragraph(String text) {
    return "<w:p><w:r><w:t>" + text + "</w:t></w:r></w:p>";
  }

  private static HostileFile docx(String name, String document, Map<String, String> more) {
    return new HostileFile(
        name + ".docx", docxZip(more).add(Zip.Entry.text("word/document.xml", document)).bytes());
  }

  private static Zip docxZip(Map<String, String> more) {
    Zip zip =
        office(
            "word/document.xml",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml");
    new LinkedHashMap<>(more).forEach((part, text) -> zip.add(Zip.Entry.text(part, text)));
    return zip;
  }

  private static HostileFile xlsx(String name, String strings, String rows) {
    String main = "xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'";
    Zip zip =
        office(
            "xl/workbook.xml",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml");
    zip.add(
        Zip.Entry.text(
            "xl/workbook.xml",
            "<workbook "
                + main
                + " xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'><sheets><sheet name='a' sheetId='1' r:id='r1'/></sheets></workbook>"));
    zip.add(
        Zip.Entry.text(
            "xl/_rels/workbook.xml.rels",
            relations("worksheet", "worksheets/sheet1.xml", "sharedStrings", "sharedStrings.xml")));
    zip.add(
        Zip.Entry.text(
            "xl/worksheets/sheet1.xml",
            "<worksheet "
                + main
                + "><dimension ref='A1:XFD1048576'/><sheetData>"
                + rows
                + "</sheetData></worksheet>"));
    return new HostileFile(
        name + ".xlsx", zip.add(Zip.Entry.text("xl/sharedStrings.xml", strings)).bytes());
  }

  private static HostileFile pptx(String name, String xml, String text) {
    String p =
        "xmlns:p='http://schemas.openxmlformats.org/presentationml/2006/main' xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main' xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'";
    Zip zip =
        office(
            "ppt/presentation.xml",
            "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml");
    zip.add(
        Zip.Entry.text(
            "ppt/presentation.xml",
            "<p:presentation "
                + p
                + "><p:sldIdLst><p:sldId id='256' r:id='r1'/></p:sldIdLst></p:presentation>"));
    zip.add(
        Zip.Entry.text(
            "ppt/_rels/presentation.xml.rels",
            relations("slide", "slides/slide1.xml", "slideMaster", "slides/slide1.xml")));
    zip.add(
        Zip.Entry.text(
            "ppt/slides/_rels/slide1.xml.rels",
            relations("slideLayout", "slide1.xml", "notesSlide", "slide1.xml")));
    String slide =
        "<p:sld "
            + p
            + "><p:cSld><p:spTree><p:sp><p:txBody><a:p><a:r><a:t>"
            + text
            + "</a:t></a:r></a:p></p:txBody></p:sp></p:spTree></p:cSld></p:sld>";
    return new HostileFile(
        name + ".pptx", zip.add(Zip.Entry.text("ppt/slides/slide1.xml", xml + slide)).bytes());
  }

  private static Zip office(String main, String type) {
    return new Zip()
        .add(
            Zip.Entry.text(
                "[Content_Types].xml",
                "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'><Default Extension='xml' ContentType='application/xml'/><Override PartName='/"
                    + main
                    + "' ContentType='"
                    + type
                    + "'/></Types>"))
        .add(
            Zip.Entry.text(
                "_rels/.rels",
                relations("officeDocument", main, "extended-properties", "docProps/app.xml")));
  }

  private static String relations(String type1, String target1, String type2, String target2) {
    String base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
    return "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'><Relationship Id='r1' Type='%s' Target='%s'/><Relationship Id='r2' Type='%s' Target='%s'/></Relationships>"
        .formatted(base + type1, target1, base + type2, target2);
  }

  private static HostileFile odf(String name, String format, String xml, String body) {
    String kind =
        switch (format) {
          case "odt" -> "text";
          case "ods" -> "spreadsheet";
          default -> "presentation";
        };
    String styles =
        "<office:document-styles "
            + ODF
            + "><office:styles><style:style style:name='A' style:parent-style-name='A'/></office:styles></office:document-styles>";
    String content =
        xml
            + "<office:document-content "
            + ODF
            + "><office:body>"
            + body
            + "</office:body></office:document-content>";
    Zip zip =
        new Zip().add(Zip.Entry.text("mimetype", "application/vnd.oasis.opendocument." + kind));
    zip.add(Zip.Entry.text("styles.xml", styles));
    return new HostileFile(
        name + "." + format, zip.add(Zip.Entry.text("content.xml", content)).bytes());
  }

  private static HostileFile epub(String name, String page, String spine) {
    String opf =
        "<package xmlns='http://www.idpf.org/2007/opf' version='3.0'><metadata/><manifest><item id='c' href='c.xhtml' media-type='application/xhtml+xml'/><item id='n' href='book.opf' media-type='application/x-dtbncx+xml'/></manifest><spine toc='n'>"
            + spine
            + "</spine></package>";
    Zip zip = epubZip("book.opf").add(Zip.Entry.text("book.opf", opf));
    return new HostileFile(name + ".epub", zip.add(Zip.Entry.text("c.xhtml", page)).bytes());
  }

  private static Zip epubZip(String root) {
    String container =
        "<container version='1.0' xmlns='urn:oasis:names:tc:opendocument:xmlns:container'><rootfiles><rootfile full-path='"
            + root
            + "' media-type='application/oebps-package+xml'/></rootfiles></container>";
    return new Zip()
        .add(Zip.Entry.text("mimetype", "application/epub+zip"))
        .add(Zip.Entry.text("META-INF/container.xml", container));
  }
}
