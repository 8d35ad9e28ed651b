package dev.sandpiper.edge.channel.text;

import org.commonmark.node.CustomNode;
import org.commonmark.node.Delimited;
import org.commonmark.node.Node;
import org.commonmark.node.Nodes;
import org.commonmark.node.SourceSpans;
import org.commonmark.parser.delimiter.DelimiterProcessor;
import org.commonmark.parser.delimiter.DelimiterRun;

/// Words that are hidden until they are touched: `||the butler did it||`.
public final class Spoiler extends CustomNode implements Delimited {
  private static final String DELIMITER = "||";

  @Override
  public String getOpeningDelimiter() {
    return DELIMITER;
  }

  @Override
  public String getClosingDelimiter() {
    return DELIMITER;
  }

  /// Finds them.
  static final class Processor implements DelimiterProcessor {
    @Override
    public char getOpeningCharacter() {
      return '|';
    }

    @Override
    public char getClosingCharacter() {
      return '|';
    }

    @Override
    public int getMinLength() {
      return DELIMITER.length();
    }

    @Override
    public int process(DelimiterRun opening, DelimiterRun closing) {
      if (opening.length() != DELIMITER.length() || closing.length() != DELIMITER.length()) {
        return 0;
      }
      Node opener = opening.getOpener();
      Spoiler spoiler = new Spoiler();
      SourceSpans spans = new SourceSpans();
      spans.addAllFrom(opening.getOpeners(DELIMITER.length()));
      for (Node node : Nodes.between(opener, closing.getCloser())) {
        spoiler.appendChild(node);
        spans.addAll(node.getSourceSpans());
      }
      spans.addAllFrom(closing.getClosers(DELIMITER.length()));
      spoiler.setSourceSpans(spans.getSourceSpans());
      opener.insertAfter(spoiler);
      return DELIMITER.length();
    }
  }
}
