package dev.sandpiper.edge.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Small healthy documents of several formats, each unlike every other.
final class Papers {

  /// A document.
  ///
  /// @param name its file name
  // The array is not copied: nobody changes it.
  @SuppressWarnings("ArrayRecordComponent")
  record Paper(String name, byte[] bytes) {}

  private Papers() {}

  /// The committed samples first, then as many made ones as it takes.
  static List<Paper> make(int count) {
    List<Paper> papers = new ArrayList<>(samples());
    for (int i = papers.size(); i < count; i++) {
      papers.add(paper(i));
    }
    return papers.subList(0, count);
  }

  /// One made document.
  static Paper paper(int i) {
    String word = "paper" + i;
    return switch (i % 6) {
      case 0 ->
          text(
              word + ".md",
              "# Report %s\n\n* one\n* two\n\n| a | b |\n|---|---|\n| %s | 2 |\n"
                  .formatted(word, word));
      case 1 -> text(word + ".txt", "Minutes of meeting " + word + ".\n\nEverybody agreed.\n");
      case 2 ->
          text(
              word + ".html",
              "<html><body><h1>Notice</h1><p>About %s.</p></body></html>".formatted(word));
      case 3 -> text(word + ".csv", "name,amount\n%s,%d\nother,2\n".formatted(word, i));
      case 4 -> text(word + ".json", "{\"name\": \"%s\", \"amount\": %d}".formatted(word, i));
      default -> {
        HostileFile pdf =
            new Pdf().content("BT /F1 12 Tf 72 720 Td (Invoice " + word + ") Tj ET").named(word);
        yield new Paper(pdf.name(), pdf.bytes());
      }
    };
  }

  private static Paper text(String name, String text) {
    return new Paper(name, text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<Paper> samples() {
    Path folder = Path.of("../scripts/samples/documents");
    try (var files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().map(Papers::read).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the samples cannot be read from " + folder.toAbsolutePath(), e);
    }
  }

  private static Paper read(Path file) {
    try {
      return new Paper(file.getFileName().toString(), Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
