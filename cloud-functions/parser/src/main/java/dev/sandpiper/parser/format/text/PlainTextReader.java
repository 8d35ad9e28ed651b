package dev.sandpiper.parser.format.text;

import dev.sandpiper.parser.detect.CharsetDetector;
import dev.sandpiper.parser.detect.Format;
import dev.sandpiper.parser.document.Block;
import dev.sandpiper.parser.document.Document;
import dev.sandpiper.parser.document.Metadata;
import dev.sandpiper.parser.document.SourceSpan;
import dev.sandpiper.parser.document.Text;
import dev.sandpiper.parser.format.FormatParser;
import dev.sandpiper.parser.format.ParseContext;
import dev.sandpiper.parser.format.flow.WrappedLines;
import dev.sandpiper.parser.task.ByteSource;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Plain text: paragraphs between empty lines, hard-wrapped ones made whole; a paragraph whose
/// lines are laid out with spaces is kept as it stands.
public final class PlainTextReader implements FormatParser {

  /// A paragraph without an empty line in it is cut after so many characters.
  private static final int LONGEST_PARAGRAPH = 1 << 18;

  @Override
  public Set<Format> formats() {
    return Set.of(Format.TEXT);
  }

  @Override
  public Document parse(ByteSource source, Format format, ParseContext context) throws IOException {
    TextRoom room = new TextRoom(context);
    List<Block> blocks = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    try (Reader reader = CharsetDetector.open(source)) {
      LineReader in = new LineReader(reader);
      int length = 0;
      int first = 1;
      for (String line = in.next();
          line != null && room.take(line.length() + 1L, 0);
          line = in.next()) {
        boolean blank = line.isBlank();
        if (!blank) {
          first = lines.isEmpty() ? in.number() : first;
          lines.add(line);
          length += line.length();
        }
        if ((blank || length > LONGEST_PARAGRAPH) && !lines.isEmpty()) {
          blocks.add(paragraph(lines, first));
          lines.clear();
          length = 0;
        }
      }
      if (!lines.isEmpty()) {
        blocks.add(paragraph(lines, first));
      }
    }
    return new Document(Metadata.NONE, 1, blocks);
  }

  private static Block paragraph(List<String> lines, int first) {
    SourceSpan span = new SourceSpan.Lines(first, first + lines.size() - 1);
    boolean laidOut = isLaidOut(lines);
    String text = laidOut ? String.join("\n", lines) : WrappedLines.join(lines);
    String clean = text.replace("\0", "");
    return laidOut
        ? new Block.Code(clean, null, span)
        : new Block.Paragraph(Text.of(clean.strip()), span);
  }

  /// Most lines are indented, or have wide gaps or tabs inside.
  private static boolean isLaidOut(List<String> lines) {
    if (lines.size() < 2) {
      return false;
    }
    int laidOut = 0;
    for (String line : lines) {
      String inner = line.stripTrailing();
      boolean indented = inner.startsWith("    ") || inner.startsWith("\t");
      laidOut +=
          indented || inner.strip().contains("   ") || inner.strip().indexOf('\t') > 0 ? 1 : 0;
    }
    return laidOut * 2 > lines.size();
  }
}
