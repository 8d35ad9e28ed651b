package dev.sandpiper.parser.format.text;

import dev.sandpiper.parser.document.Block;
import dev.sandpiper.parser.document.SourceSpan;
import dev.sandpiper.parser.document.Text;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/// Elements as a nested list: `name (attribute: value): text`, the elements inside below it. The
/// outermost element is a heading. What is nested too deeply stands in the deepest item, in order.
final class ElementTree {

  /// An element whose end has not come.
  private static final class Open {
    private final String label;
    private final int line;
    private final List<Block> content = new ArrayList<>();
    private final List<Block.Item> items = new ArrayList<>();

    /// Whether the label stands in the content.
    private boolean labelled;

    Open(String label, int line) {
      this.label = label;
      this.line = line;
    }
  }

  private final int deepest;
  private final Deque<Open> open = new ArrayDeque<>();
  private final List<Block> roots = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private @Nullable String deepLabel;
  private int below;
  private int line = 1;
  private boolean entities;

  /// @param deepest most lists in lists
  ElementTree(int deepest) {
    this.deepest = Math.max(1, deepest);
  }

  /// Notes that an entity is shown by its name.
  void entity() {
    entities = true;
  }

  boolean hasEntities() {
    return entities;
  }

  /// Starts the reader's element.
  ///
  /// @return characters of its name and attributes
  int start(XMLStreamReader xml) {
    endText();
    line = xml.getLocation().getLineNumber();
    if (!open.isEmpty()) {
      labelled(open.element(), "");
    }
    if (below > 0 || open.size() > deepest) {
      below++;
      endDeepLabel();
      deepLabel = label(xml);
      return deepLabel.length();
    }
    String label = open.isEmpty() ? xml.getLocalName() : label(xml);
    open.push(new Open(label, line));
    if (open.size() == 1) {
      root(xml);
    }
    return label.length();
  }

  private void root(XMLStreamReader xml) {
    Open root = open.element();
    root.labelled = true;
    root.content.add(new Block.Heading(1, Text.of(root.label), new SourceSpan.Lines(line, line)));
    String attributes = attributes(xml);
    if (!attributes.isEmpty()) {
      root.content.add(new Block.Paragraph(Text.of(attributes), new SourceSpan.Lines(line, line)));
    }
  }

  void text(String more, int atLine) {
    line = atLine;
    text.append(more);
  }

  void end() {
    endText();
    if (below > 0) {
      below--;
      endDeepLabel();
      return;
    }
    Open closed = open.poll();
    if (closed == null) {
      return;
    }
    labelled(closed, "");
    endItems(closed);
    Open around = open.peek();
    if (around == null) {
      roots.addAll(closed.content);
    } else {
      around.items.add(new Block.Item(closed.content, null));
    }
  }

  List<Block> finish() {
    endText();
    endDeepLabel();
    below = 0;
    while (!open.isEmpty()) {
      end();
    }
    return roots;
  }

  private void endText() {
    String words = collapsed(text);
    text.setLength(0);
    Open current = open.peek();
    if (words.isEmpty() || current == null) {
      return;
    }
    if (below > 0) {
      String label = deepLabel == null ? "" : deepLabel + ": ";
      deepLabel = null;
      add(current, label + words);
    } else if (current.labelled) {
      add(current, words);
    } else {
      labelled(current, words);
    }
  }

  private void endDeepLabel() {
    Open current = open.peek();
    if (deepLabel != null && current != null) {
      add(current, deepLabel);
    }
    deepLabel = null;
  }

  private void labelled(Open element, String words) {
    if (!element.labelled) {
      element.labelled = true;
      add(element, words.isEmpty() ? element.label : element.label + ": " + words);
    }
  }

  private void add(Open element, String words) {
    endItems(element);
    SourceSpan span = new SourceSpan.Lines(element.line, Math.max(element.line, line));
    element.content.add(new Block.Paragraph(Text.of(words), span));
  }

  /// Makes a list of the elements inside so far.
  private void endItems(Open element) {
    if (!element.items.isEmpty()) {
      SourceSpan span = new SourceSpan.Lines(element.line, Math.max(element.line, line));
      element.content.add(new Block.ListBlock(false, 1, element.items, span));
      element.items.clear();
    }
  }

  private static String label(XMLStreamReader xml) {
    String attributes = attributes(xml);
    String name = name(xml.getPrefix(), xml.getLocalName());
    return attributes.isEmpty() ? name : name + " (" + attributes + ")";
  }

  private static String attributes(XMLStreamReader xml) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < xml.getAttributeCount(); i++) {
      out.append(out.isEmpty() ? "" : ", ")
          .append(name(xml.getAttributePrefix(i), xml.getAttributeLocalName(i)))
          .append(": ")
          .append(collapsed(xml.getAttributeValue(i)));
    }
    return out.toString();
  }

  private static String name(@Nullable String prefix, String name) {
    return prefix == null || prefix.isEmpty() ? name : prefix + ":" + name;
  }

  /// Runs of white space are how the file is laid out.
  private static String collapsed(CharSequence source) {
    StringBuilder out = new StringBuilder(source.length());
    for (int i = 0; i < source.length(); i++) {
      char c = source.charAt(i);
      if (!Character.isWhitespace(c)) {
        out.append(c);
      } else if (!out.isEmpty() && out.charAt(out.length() - 1) != ' ') {
        out.append(' ');
      }
    }
    return out.toString().strip();
  }
}
