package dev.sandpiper.edge.channel.telegram;

import dev.sandpiper.edge.channel.text.Flow;
import dev.sandpiper.edge.channel.text.Markdown;
import dev.sandpiper.edge.channel.text.Spoiler;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.commonmark.ext.gfm.strikethrough.Strikethrough;
import org.commonmark.ext.gfm.tables.TableBlock;
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
import org.jspecify.annotations.Nullable;

/// A message as Telegram's HTML: its few tags, nested as it allows, whatever the Markdown does.
final class TelegramHtml implements Flow.Sink {
  private static final Set<String> SCHEMES = Set.of("http", "https", "mailto", "tel", "tg");
  private static final int LONGEST_TARGET = 2_000;

  private final StringBuilder html = new StringBuilder();
  private final StringBuilder words = new StringBuilder();
  private final List<Node> around = new ArrayList<>();
  private final List<Tag> open = new ArrayList<>();

  private TelegramHtml() {}

  /// A message to show.
  ///
  /// @param html with tags
  /// @param words without
  record Shown(String html, String words) {
    /// What Telegram's limit counts.
    int length() {
      return words.codePointCount(0, words.length());
    }
  }

  static Shown of(String markdown) {
    TelegramHtml sink = new TelegramHtml();
    Flow.layOut(Markdown.parse(markdown), sink);
    sink.change(List.of());
    return new Shown(sink.html.toString(), sink.words.toString());
  }

  /// A tag with what closes it. They are compared as wholes: two links beside each other stay two.
  private record Tag(String opening, String closing) {
    static final Tag QUOTE = new Tag("<blockquote>", "</blockquote>");
    static final Tag PRE = new Tag("<pre>", "</pre>");
    static final Tag CODE = new Tag("<code>", "</code>");

    static Tag code(String language) {
      return new Tag("<pre><code class=\"language-" + language + "\">", "</code></pre>");
    }

    static Tag link(String target) {
      return new Tag("<a href=\"" + escape(target).replace("\"", "&quot;") + "\">", "</a>");
    }

    static Tag style(String name) {
      return new Tag("<" + name + ">", "</" + name + ">");
    }
  }

  @Override
  public void words(String more) {
    if (!more.isEmpty()) {
      change(wanted());
      html.append(escape(more));
      words.append(more);
    }
  }

  @Override
  public void begin(Node node) {
    around.add(node);
  }

  @Override
  public void end(Node node) {
    around.removeLast();
    if (isBlock(node)) {
      change(wanted()); // two quotes or two blocks of code stay two
    }
  }

  private static boolean isBlock(Node node) {
    return node instanceof BlockQuote
        || node instanceof FencedCodeBlock
        || node instanceof IndentedCodeBlock
        || node instanceof TableBlock;
  }

  /// Closes and opens what it takes to stand inside exactly these tags.
  private void change(List<Tag> wanted) {
    int same = 0;
    while (same < Math.min(open.size(), wanted.size()) && open.get(same).equals(wanted.get(same))) {
      same++;
    }
    while (open.size() > same) {
      html.append(open.removeLast().closing());
    }
    for (Tag tag : wanted.subList(same, wanted.size())) {
      html.append(tag.opening());
      open.add(tag);
    }
  }

  /// The tags for where we are: code holds nothing else, one quote and one link at a time.
  private List<Tag> wanted() {
    boolean quote = false;
    Tag code = null;
    Tag link = null;
    Set<String> styles = new TreeSet<>();
    for (Node node : around) {
      switch (node) {
        case BlockQuote _ -> quote = true;
        case FencedCodeBlock fenced -> code = language(fenced);
        case IndentedCodeBlock _, TableBlock _ -> code = Tag.PRE;
        case Code _ -> code = Tag.CODE;
        case Heading _, StrongEmphasis _ -> styles.add("b");
        case Emphasis _ -> styles.add("i");
        case Strikethrough _ -> styles.add("s");
        case Spoiler _ -> styles.add("tg-spoiler");
        case Link target -> link = link == null ? link(target.getDestination()) : link;
        case Image target -> link = link == null ? link(target.getDestination()) : link;
        default -> {
          // says nothing to Telegram
        }
      }
    }
    List<Tag> tags = new ArrayList<>();
    if (quote) {
      tags.add(Tag.QUOTE);
    }
    if (link != null) {
      tags.add(link);
    }
    if (code != null && link == null) {
      tags.add(code);
    } else {
      styles.forEach(style -> tags.add(Tag.style(style)));
    }
    return tags;
  }

  private static Tag language(FencedCodeBlock code) {
    String info = code.getInfo() == null ? "" : code.getInfo().strip();
    String language = info.split("\\s", 2)[0];
    return language.matches("[A-Za-z0-9_+#.-]{1,32}") ? Tag.code(language) : Tag.PRE;
  }

  private static @Nullable Tag link(String target) {
    return isSafe(target) ? Tag.link(target) : null;
  }

  /// Whether Telegram follows such a target; of others only the words are shown.
  private static boolean isSafe(String target) {
    if (target.length() > LONGEST_TARGET || target.chars().anyMatch(c -> c <= ' ')) {
      return false;
    }
    try {
      String scheme =
          new URI(target.replaceAll("[^\\x21-\\x7E]|[\\[\\]|\\\\^`{}\"<>]", "_")).getScheme();
      return scheme != null && SCHEMES.contains(scheme.toLowerCase(Locale.ROOT));
    } catch (URISyntaxException _) {
      return false;
    }
  }

  /// Text as Telegram's HTML.
  static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
