package dev.sandpiper.parser.format.mail;

import dev.sandpiper.parser.document.Block;
import dev.sandpiper.parser.document.SourceSpan;
import dev.sandpiper.parser.document.Text;
import dev.sandpiper.parser.format.flow.WrappedLines;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Turns a plain text body into paragraphs and quotations. Lines of a paragraph keep their breaks,
/// except where the text says that it flows (RFC 3676) or shows that it was wrapped.
final class PlainMail {

  private record Line(int quotes, String text, boolean flows) {}

  private final boolean flowed;
  private final boolean deleteSpace;
  private final SourceSpan span;

  private PlainMail(Map<String, String> parameters, SourceSpan span) {
    this.flowed = "flowed".equalsIgnoreCase(parameters.get("format"));
    this.deleteSpace = "yes".equalsIgnoreCase(parameters.get("delsp"));
    this.span = span;
  }

  /// @param deepest most quotations in quotations; deeper ones count as this deep
  static List<Block> blocks(
      String text, Map<String, String> parameters, int deepest, SourceSpan span) {
    PlainMail mail = new PlainMail(parameters, span);
    List<Line> lines = text.lines().map(line -> mail.line(line, deepest)).toList();
    return mail.blocks(lines, 0);
  }

  private Line line(String source, int deepest) {
    int at = 0;
    int quotes = 0;
    while (at < source.length() && source.charAt(at) == '>') {
      quotes++;
      at++;
      // `> > word` is as common as `>> word`.
      if (at + 1 < source.length() && source.charAt(at) == ' ' && source.charAt(at + 1) == '>') {
        at++;
      }
    }
    int start =
        at < source.length() && source.charAt(at) == ' ' && (quotes > 0 || flowed) ? at + 1 : at;
    String text = source.substring(start);
    boolean flows = flowed && text.endsWith(" ") && !text.equals("-- ");
    String kept = flows && deleteSpace ? text.substring(0, text.length() - 1) : text;
    return new Line(Math.min(quotes, deepest), kept, flows);
  }

  private List<Block> blocks(List<Line> lines, int quotes) {
    List<Block> blocks = new ArrayList<>();
    StringBuilder paragraph = new StringBuilder();
    int i = 0;
    while (i < lines.size()) {
      Line line = lines.get(i);
      if (line.quotes() > quotes) {
        end(paragraph, blocks);
        int from = i;
        while (i < lines.size() && lines.get(i).quotes() > quotes) {
          i++;
        }
        List<Block> content = blocks(lines.subList(from, i), quotes + 1);
        if (!content.isEmpty()) {
          blocks.add(new Block.Quote(content, span));
        }
      } else {
        add(line, paragraph, blocks);
        i++;
      }
    }
    end(paragraph, blocks);
    return blocks;
  }

  private void add(Line line, StringBuilder paragraph, List<Block> blocks) {
    if (line.text().isBlank()) {
      end(paragraph, blocks);
    } else {
      paragraph.append(line.flows() ? line.text() : line.text().stripTrailing() + "\n");
    }
  }

  private void end(StringBuilder paragraph, List<Block> blocks) {
    List<String> lines = paragraph.toString().strip().lines().toList();
    String text = WrappedLines.join(lines);
    if (!text.isEmpty()) {
      blocks.add(new Block.Paragraph(Text.of(text), span));
    }
    paragraph.setLength(0);
  }
}
