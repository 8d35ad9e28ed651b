package dev.sandpiper.edge.channel.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.LinkReferenceDefinition;
import org.commonmark.node.Node;
import org.commonmark.node.SourceSpan;

/// The text a document was read from.
///
/// @param text as [Markdown#parse] read it
/// @param definitions what its links by reference refer to
record Source(String text, List<LinkReferenceDefinition> definitions) {

  static Source of(String text, Node document) {
    List<LinkReferenceDefinition> definitions = new ArrayList<>();
    document.accept(
        new AbstractVisitor() {
          @Override
          public void visit(LinkReferenceDefinition definition) {
            definitions.add(definition);
          }

          @Override
          public void visit(org.commonmark.node.Paragraph paragraph) {
            // no definition is in there, and nothing bounds its depth
          }

          @Override
          public void visit(org.commonmark.node.Heading heading) {
            // the same
          }
        });
    return new Source(text, List.copyOf(definitions));
  }

  /// What a block was written as, without the marks of the blocks around it.
  String of(Node block) {
    StringBuilder out = new StringBuilder();
    int line = -1;
    for (SourceSpan span : block.getSourceSpans()) {
      if (line >= 0) {
        out.append("\n".repeat(Math.max(1, span.getLineIndex() - line)));
      }
      line = span.getLineIndex();
      out.append(text, span.getInputIndex(), span.getInputIndex() + span.getLength());
    }
    return out.toString();
  }

  /// The part of a paragraph between two places of the text.
  String between(Node block, int from, int to) {
    StringBuilder out = new StringBuilder();
    for (SourceSpan span : block.getSourceSpans()) {
      int begin = Math.max(from, span.getInputIndex());
      int end = Math.min(to, span.getInputIndex() + span.getLength());
      if (begin < end) {
        out.append(out.isEmpty() ? "" : "\n").append(text, begin, end);
      }
    }
    return out.toString();
  }

  /// The Markdown with the definitions it refers to.
  String complete(String markdown) {
    if (definitions.isEmpty()) {
      return markdown;
    }
    StringBuilder out = new StringBuilder();
    String lower = markdown.toLowerCase(Locale.ROOT);
    for (LinkReferenceDefinition definition : definitions) {
      if (lower.contains(definition.getLabel().toLowerCase(Locale.ROOT) + "]")) {
        out.append(of(definition).strip()).append('\n');
      }
    }
    return out.isEmpty() ? markdown : out.append('\n').append(markdown).toString();
  }

  /// Whether the Markdown says these words, white space aside.
  boolean says(String markdown, String words) {
    return bare(words(markdown)).equals(bare(words));
  }

  /// What Markdown says here.
  String words(String markdown) {
    return Flow.words(Markdown.parse(complete(markdown)));
  }

  /// The words without white space.
  static String bare(String words) {
    StringBuilder bare = new StringBuilder(words.length());
    words.chars().filter(c -> !Character.isWhitespace(c)).forEach(c -> bare.append((char) c));
    return bare.toString();
  }

  /// Where an inline node begins.
  static int begin(Node node) {
    List<SourceSpan> spans = node.getSourceSpans();
    return spans.isEmpty() ? -1 : spans.getFirst().getInputIndex();
  }

  /// Where an inline node ends.
  static int end(Node node) {
    List<SourceSpan> spans = node.getSourceSpans();
    if (spans.isEmpty()) {
      return -1;
    }
    SourceSpan last = spans.getLast();
    return last.getInputIndex() + last.getLength();
  }
}
