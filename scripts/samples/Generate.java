import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Makes documents that are too large or too many to commit, from the JDK alone, the same each time:
///
///     java Generate.java pages 1000 FILE.pdf     a PDF of so many pages of text
///     java Generate.java scans 200 FILE.pdf      a PDF of so many MB, one 2 MB picture a page
///     java Generate.java reports 20 FOLDER       PDFs of 1 to 60 pages
///     java Generate.java papers 500 FOLDER       small documents of five formats
///     java Generate.java broken 6 FOLDER         documents with which something is wrong
public final class Generate {

  private static final List<String> WORDS =
      List.of(
          ("the of and to in for with boiler valve pressure service warranty invoice contract notice period"
                  + " heating water meter reading flue sensor radiator kitchen cellar office harbour window"
                  + " tenant rent insurance bicycle garden tide sandpiper island lamp keeper storm letter"
                  + " yearly replaced agreed written measured delivered promised opened closed quiet slow")
              .split(" "));

  private final SplittableRandom random;

  private Generate(long seed) {
    random = new SplittableRandom(seed);
  }

  public static void main(String[] args) throws IOException {
    if (args.length != 3) {
      System.err.println("usage: java Generate.java pages|scans|reports|papers|broken COUNT TARGET");
      System.exit(2);
    }
    int count = Integer.parseInt(args[1]);
    Path target = Path.of(args[2]);
    switch (args[0]) {
      case "pages" -> new Generate(count).pdf(target, count, 0);
      case "scans" -> new Generate(count).pdf(target, (count + 1) / 2, 2 << 20);
      case "reports" -> {
        Files.createDirectories(target);
        for (int i = 0; i < count; i++) {
          new Generate(i).pdf(target.resolve("report-%03d.pdf".formatted(i)), 1 + i * 37 % 60, 0);
        }
      }
      case "papers" -> papers(Files.createDirectories(target), count);
      case "broken" -> broken(Files.createDirectories(target), count);
      default -> throw new IllegalArgumentException("no such kind: " + args[0]);
    }
  }

  private static void papers(Path folder, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      Generate one = new Generate(i);
      String title = "Paper " + i;
      String name = "paper-%06d.".formatted(i);
      switch (i % 5) {
        case 0 -> Files.writeString(folder.resolve(name + "md"), "# " + title + "\n\n" + one.text(60) + "\n\n* " + one.text(5) + "\n");
        case 1 -> Files.writeString(folder.resolve(name + "txt"), title + "\n\n" + one.text(90) + "\n");
        case 2 -> Files.writeString(folder.resolve(name + "html"), "<html><body><h1>" + title + "</h1><p>" + one.text(70) + "</p></body></html>\n");
        case 3 -> Files.writeString(folder.resolve(name + "csv"), "name,amount\n" + one.text(1) + "," + i + "\n" + one.text(1) + ",7\n");
        default -> one.pdf(folder.resolve(name + "pdf"), 1, 0);
      }
    }
  }

  private static void broken(Path folder, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      Path file = folder.resolve("damaged-%02d.pdf".formatted(i));
      new Generate(i).pdf(file, 2, 0);
      byte[] bytes = Files.readAllBytes(file);
      for (int at = bytes.length / 3; at < bytes.length; at += 97) {
        bytes[at] = (byte) i;
      }
      Files.write(file, bytes);
    }
  }

  private String text(int words) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < words; i++) {
      text.append(i == 0 ? "" : i % 14 == 13 ? ". " : " ").append(WORDS.get(random.nextInt(WORDS.size())));
    }
    return text.toString();
  }

  private void pdf(Path file, int pages, int pictureBytes) throws IOException {
    try (OutputStream stream = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
      Out out = new Out(stream);
      out.write("%PDF-1.7\n");
      StringBuilder kids = new StringBuilder();
      int perPage = pictureBytes > 0 ? 3 : 2;
      for (int page = 0; page < pages; page++) {
        int first = 4 + page * perPage;
        kids.append(first).append(" 0 R ");
        String picture = pictureBytes > 0 ? "/XObject << /I " + (first + 2) + " 0 R >>" : "";
        out.object(first, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Resources << /Font << /F1 3 0 R >> %s >> >>".formatted(first + 1, picture));
        byte[] content = content(page, pictureBytes > 0).getBytes(StandardCharsets.ISO_8859_1);
        out.stream(first + 1, "", content);
        if (pictureBytes > 0) {
          byte[] noise = new byte[pictureBytes];
          random.nextBytes(noise);
          out.stream(first + 2, "/Type /XObject /Subtype /Image /Width 1024 /Height 2048 /BitsPerComponent 8 /ColorSpace /DeviceGray", noise);
        }
      }
      out.object(1, "<< /Type /Catalog /Pages 2 0 R >>");
      out.object(2, "<< /Type /Pages /Count %d /Kids [%s] >>".formatted(pages, kids));
      out.object(3, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>");
      out.end(3 + pages * perPage);
    }
  }

  private String content(int page, boolean picture) {
    StringBuilder content = new StringBuilder();
    if (picture) {
      content.append("q 500 0 0 300 48 60 cm /I Do Q\n");
    }
    content.append("BT /F1 16 Tf 60 780 Td (Chapter ").append(page + 1).append(") Tj /F1 10 Tf 0 -28 Td 13 TL\n");
    for (int line = 0; line < (picture ? 20 : 50); line++) {
      content.append('(').append(text(13)).append(") Tj T*\n");
    }
    return content.append("ET").toString();
  }

  /// Counts what it writes, for the cross-reference table.
  private static final class Out {
    private final OutputStream stream;
    private final List<Long> offsets = new ArrayList<>();
    private long at;

    Out(OutputStream stream) {
      this.stream = stream;
    }

    void write(String text) throws IOException {
      write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    void write(byte[] bytes) throws IOException {
      stream.write(bytes);
      at += bytes.length;
    }

    void object(int number, String body) throws IOException {
      begin(number);
      write(body + "\nendobj\n");
    }

    void stream(int number, String entries, byte[] data) throws IOException {
      begin(number);
      write("<< /Length " + data.length + " " + entries + " >>\nstream\n");
      write(data);
      write("\nendstream\nendobj\n");
    }

    void end(int objects) throws IOException {
      long start = at;
      write("xref\n0 " + (objects + 1) + "\n0000000000 65535 f \n");
      for (int i = 1; i <= objects; i++) {
        write("%010d 00000 n \n".formatted(offsets.get(i)));
      }
      write("trailer\n<< /Root 1 0 R /Size %d >>\nstartxref\n%d\n%%%%EOF\n".formatted(objects + 1, start));
    }

    private void begin(int number) throws IOException {
      while (offsets.size() <= number) {
        offsets.add(0L);
      }
      offsets.set(number, at);
      write(number + " 0 obj\n");
    }
  }
}
