package dev.sandpiper.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.contract.DocumentRef;
import dev.sandpiper.contract.JoinRequest;
import dev.sandpiper.contract.Limits;
import dev.sandpiper.contract.Output;
import dev.sandpiper.contract.PageRange;
import dev.sandpiper.contract.ParseReply;
import dev.sandpiper.contract.ParseRequest;
import dev.sandpiper.contract.ResultTarget;
import dev.sandpiper.contract.Source;
import dev.sandpiper.contract.SplitPolicy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SplitAndJoinTest {

  private static final byte[] PDF = pdf(6);
  private static final Set<Output> WHOLE =
      EnumSet.of(Output.MARKDOWN, Output.BLOCKS, Output.CHUNKS);

  @TempDir private Path folder;
  private Fixture fixture;

  @BeforeEach
  void open() throws IOException {
    fixture = new Fixture(folder);
    Files.write(fixture.in.resolve("document"), PDF);
  }

  @Test
  void joinedPartsEqualTheUnsplitDocument() throws IOException {
    parse("whole.json", null, WHOLE, SplitPolicy.NONE);
    List<Source> parts = new ArrayList<>();
    for (PageRange range : List.of(new PageRange(1, 2), new PageRange(3, 6))) {
      String name = "part-" + range.first();
      ParseReply.Parsed part =
          (ParseReply.Parsed) parse(name, range, EnumSet.of(Output.PAGES), SplitPolicy.NONE);
      assertThat(part.pageCount()).isEqualTo(6);
      Files.move(fixture.out.resolve(name), fixture.in.resolve(name));
      parts.add(new Source.File(name));
    }

    ParseReply joined =
        fixture
            .function
            .answer(
                new JoinRequest(
                    "join",
                    document(),
                    parts,
                    Limits.DEFAULT,
                    new ResultTarget.File("joined.json")),
                60_000)
            .reply();

    assertThat(joined).isInstanceOf(ParseReply.Parsed.class);
    assertThat(content("joined.json")).isEqualTo(content("whole.json")).contains("Page 6");
  }

  @Test
  void heavyDocumentIsAnsweredWithASplit() {
    ParseReply reply = parse("x.json", null, WHOLE, new SplitPolicy(3, 1));

    assertThat(reply)
        .isInstanceOfSatisfying(
            ParseReply.Split.class,
            split -> {
              assertThat(split.pageCount()).isEqualTo(6);
              assertThat(split.ranges()).hasSize(3);
            });
    assertThat(fixture.out).isEmptyDirectory();
  }

  private ParseReply parse(
      String target, @Nullable PageRange pages, Set<Output> outputs, SplitPolicy split) {
    return fixture
        .function
        .answer(
            new ParseRequest(
                "parse",
                document(),
                pages,
                outputs,
                Limits.DEFAULT,
                split,
                new ResultTarget.File(target)),
            60_000)
        .reply();
  }

  private static DocumentRef document() {
    return new DocumentRef(
        "six.pdf", Fixture.sha256(PDF), PDF.length, null, new Source.File("document"));
  }

  private String content(String name) throws IOException {
    String json = Files.readString(fixture.out.resolve(name));
    return json.substring(json.indexOf("\"content\""));
  }

  /// A plain PDF of pages with one line each.
  private static byte[] pdf(int pages) {
    StringBuilder pdf = new StringBuilder("%PDF-1.4\n");
    List<Integer> offsets = new ArrayList<>();
    StringBuilder kids = new StringBuilder();
    for (int i = 0; i < pages; i++) {
      kids.append(4 + 2 * i).append(" 0 R ");
    }
    object(pdf, offsets, "<</Type/Catalog/Pages 2 0 R>>");
    object(pdf, offsets, "<</Type/Pages/Count " + pages + "/Kids[" + kids + "]>>");
    object(pdf, offsets, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>");
    for (int i = 0; i < pages; i++) {
      object(
          pdf,
          offsets,
          "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>/Contents "
              + (5 + 2 * i)
              + " 0 R>>");
      String text = "BT /F1 12 Tf 72 700 Td (Page " + (i + 1) + " of a plain document.) Tj ET";
      object(pdf, offsets, "<</Length " + text.length() + ">>stream\n" + text + "\nendstream");
    }
    int xref = pdf.length();
    pdf.append("xref\n0 ").append(offsets.size() + 1).append("\n0000000000 65535 f \n");
    offsets.forEach(offset -> pdf.append("%010d 00000 n \n".formatted(offset)));
    pdf.append("trailer<</Root 1 0 R/Size ").append(offsets.size() + 1);
    pdf.append(">>\nstartxref\n").append(xref).append("\n%%EOF\n");
    return pdf.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private static void object(StringBuilder pdf, List<Integer> offsets, String body) {
    offsets.add(pdf.length());
    pdf.append(offsets.size()).append(" 0 obj").append(body).append("\nendobj\n");
  }
}
