package dev.sandpiper.edge.channel.text;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.commonmark.ext.gfm.strikethrough.Strikethrough;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.Code;
import org.commonmark.node.Emphasis;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.StrongEmphasis;

/// A message as a terminal shows it: bold, italics and code by escape sequences, or its words
/// alone. The text must have no control characters but line breaks: the terminal would obey them.
public final class TerminalText implements Flow.Sink {
  private static final String BOLD = "1";
  private static final String ITALIC = "3";
  private static final String STRUCK = "9";
  private static final String CODE = "36";
  private static final String QUOTE = "│ ";

  /// The beginning of a line that may still become the sign of a block.
  private static final Pattern UNDECIDED =
      Pattern.compile("\\s*(?:#.*|[-+*>=|~`].{0,2}|\\d+[.)]?)");

  private static final Pattern CLOSED_LINK =
      Pattern.compile(".*\\](?:[^(].*|\\([^)]*\\).*)", Pattern.DOTALL);

  private final boolean styled;
  private final StringBuilder out = new StringBuilder();
  private final List<Node> around = new ArrayList<>();

  private TerminalText(boolean styled) {
    this.styled = styled;
  }

  /// @param styled whether the terminal knows escape sequences
  public static String of(String markdown, boolean styled) {
    TerminalText sink = new TerminalText(styled);
    Flow.layOut(Markdown.parse(markdown), sink);
    return sink.out.toString();
  }

  /// The beginning of a text that is still being written which will look the same whatever follows.
  public static String settled(String markdown) {
    int block = markdown.lastIndexOf("\n\n") + 1;
    int line = markdown.lastIndexOf('\n') + 1;
    boolean inCode = (markdown.split("```", -1).length & 1) == 0;
    boolean undecided = UNDECIDED.matcher(markdown.substring(line)).matches();
    String stable = inCode || undecided ? markdown.substring(0, line) : markdown;
    if (inCode) {
      return stable;
    }
    if (markdown.startsWith("|", block == 0 ? 0 : block + 1)) {
      return markdown.substring(0, block); // a table is as wide as its widest row
    }
    return stable.substring(0, unclosed(stable, Math.min(block, stable.length())));
  }

  /// Where something begins that may still be emphasis, code or a link.
  private static int unclosed(String markdown, int from) {
    int end = markdown.length();
    for (char sign : "*_`~|".toCharArray()) {
      int first = -1;
      int runs = 0;
      for (int i = from; i < markdown.length(); i++) {
        if (markdown.charAt(i) == sign) {
          boolean begins = i == from || markdown.charAt(i - 1) != sign;
          runs += begins ? 1 : 0;
          first = begins && (runs & 1) == 1 ? i : first;
        }
      }
      boolean touchesEnd = first >= 0 && markdown.charAt(markdown.length() - 1) == sign;
      end = (runs & 1) == 1 || touchesEnd ? Math.min(end, Math.max(first, from)) : end;
    }
    int bracket = markdown.lastIndexOf('[');
    if (bracket >= from && !CLOSED_LINK.matcher(markdown.substring(bracket)).matches()) {
      boolean picture = bracket > from && markdown.charAt(bracket - 1) == '!';
      end = Math.min(end, picture ? bracket - 1 : bracket);
    }
    int angle = markdown.lastIndexOf('<');
    if (angle >= from && markdown.indexOf('>', angle) < 0) {
      end = Math.min(end, angle);
    }
    // These mean something together with what follows.
    while (end > from && "\\!&".indexOf(markdown.charAt(end - 1)) >= 0) {
      end--;
    }
    return end;
  }

  @Override
  public void words(String words) {
    boolean quoted = around.stream().anyMatch(BlockQuote.class::isInstance);
    String codes = styled ? codes() : "";
    String[] lines = words.split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      if (i > 0) {
        out.append('\n').append(quoted ? QUOTE : "");
      }
      boolean bare = codes.isEmpty() || lines[i].isBlank();
      out.append(bare ? lines[i] : "\u001b[" + codes + "m" + lines[i] + "\u001b[0m");
    }
  }

  private String codes() {
    List<String> codes = new ArrayList<>();
    for (Node node : around) {
      String code =
          switch (node) {
            case Heading _, StrongEmphasis _ -> BOLD;
            case Emphasis _ -> ITALIC;
            case Strikethrough _ -> STRUCK;
            case Code _, FencedCodeBlock _, IndentedCodeBlock _ -> CODE;
            default -> "";
          };
      if (!code.isEmpty() && !codes.contains(code)) {
        codes.add(code);
      }
    }
    return String.join(";", codes);
  }

  @Override
  public void begin(Node node) {
    if (node instanceof BlockQuote) {
      out.append(QUOTE);
    }
    around.add(node);
  }

  @Override
  public void end(Node node) {
    around.removeLast();
    String target =
        switch (node) {
          case Link link -> link.getDestination();
          case Image image -> image.getDestination();
          default -> "";
        };
    if (!target.isEmpty() && !Flow.words(node).endsWith(target)) {
      out.append(" (").append(target).append(')');
    }
  }
}
