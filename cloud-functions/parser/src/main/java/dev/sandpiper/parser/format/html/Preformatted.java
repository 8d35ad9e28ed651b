package dev.sandpiper.parser.format.html;

import java.util.Locale;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeVisitor;
import org.jspecify.annotations.Nullable;

/// Reads `<pre>`: every space and line break counts.
final class Preformatted {

  private static final String[] PREFIXES = {"language-", "lang-", "highlight-source-", "brush:"};

  private Preformatted() {}

  static String text(Element pre) {
    StringBuilder text = new StringBuilder();
    NodeVisitor visitor =
        (node, _) -> {
          if (node instanceof TextNode words) {
            text.append(words.getWholeText());
          } else if (node instanceof Element element && element.normalName().equals("br")) {
            text.append('\n');
          }
        };
    pre.traverse(visitor);
    int end = text.length();
    while (end > 0 && Character.isWhitespace(text.charAt(end - 1))) {
      end--;
    }
    int start = 0;
    if (end > 0 && text.charAt(0) == '\n') {
      start = 1;
    }
    return start < end ? text.substring(start, end) : "";
  }

  static @Nullable String language(Element pre) {
    Element code = pre.selectFirst("code");
    String own = language(pre.className());
    return own == null && code != null ? language(code.className()) : own;
  }

  private static @Nullable String language(String classes) {
    String lower = classes.toLowerCase(Locale.ROOT).replace("brush: ", "brush:");
    for (String name : lower.split(" ", 20)) {
      for (String prefix : PREFIXES) {
        if (name.startsWith(prefix) && name.length() > prefix.length()) {
          return name.substring(prefix.length());
        }
      }
      // Pandoc writes `<pre class="sourceCode python">`.
      if (lower.startsWith("sourcecode ") && !name.startsWith("sourcecode")) {
        return name;
      }
    }
    return null;
  }
}
