package dev.sandpiper.parser.render.markdown;

import dev.sandpiper.parser.document.Block;
import dev.sandpiper.parser.document.Text;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Blocks as Markdown lines. Containers write their content first and prefix its lines.
final class BlockMarkdown {

  private static final int LARGEST_NUMBER = 999_999_999;

  private final MarkdownOptions options;
  private final InlineMarkdown inline;
  private final TableMarkdown tables;

  BlockMarkdown(MarkdownOptions options) {
    this.options = options;
    this.inline = new InlineMarkdown(options.hiddenText());
    this.tables = new TableMarkdown(inline, new HtmlTable(options.hiddenText()));
  }

  String blocks(List<Block> blocks, String separator) {
    StringBuilder out = new StringBuilder();
    Siblings siblings = new Siblings();
    for (Block block : blocks) {
      String text = block(block, siblings.listAgain(block));
      if (!text.isEmpty()) {
        out.append(out.isEmpty() ? "" : separator).append(text);
        siblings.shown(block);
      }
    }
    return out.toString();
  }

  /// One block without a line break at its end; empty when nothing is to be shown.
  ///
  /// @param otherMarker whether a list must differ from the list before it
  String block(Block block, boolean otherMarker) {
    return switch (block) {
      case Block.Heading heading -> heading(heading);
      case Block.Paragraph(Text text, _) -> inline.paragraph(text);
      case Block.ListBlock list -> list(list, otherMarker);
      case Block.Table table -> tables.table(table);
      case Block.Code code -> code(code);
      case Block.Quote(List<Block> content, _) -> quote(blocks(content, "\n\n"));
      case Block.Image image -> image(image.alt(), image.target());
      case Block.Note note -> note(note);
      case Block.Rule _ -> "---";
      case Block.PageBreak(int page, _) -> options.pageBreaks() ? "<!-- page " + page + " -->" : "";
    };
  }

  private String heading(Block.Heading heading) {
    String text = inline.heading(heading.text());
    return text.isEmpty() ? "" : "#".repeat(heading.level()) + " " + text;
  }

  private static String code(Block.Code code) {
    if (code.text().isBlank()) {
      return "";
    }
    String text = code.text().endsWith("\n") ? code.text() : code.text() + "\n";
    String fence = "`".repeat(Math.max(3, longestRun(text) + 1));
    return fence
        + language(code.language())
        + "\n"
        + text.replace("\r\n", "\n").replace('\r', '\n').replace("\0", "")
        + fence;
  }

  static int longestRun(String text) {
    int longest = 0;
    int run = 0;
    for (int i = 0; i < text.length(); i++) {
      run = text.charAt(i) == '`' ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    return longest;
  }

  private static String language(@Nullable String language) {
    if (language == null) {
      return "";
    }
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < language.length(); i++) {
      char c = language.charAt(i);
      if (Character.isLetterOrDigit(c) || c == '+' || c == '#' || c == '-' || c == '.') {
        word.append(c);
      }
    }
    return word.toString();
  }

  private static String quote(String content) {
    return content.isEmpty() ? "" : prefix(content, "> ", ">");
  }

  static String image(@Nullable String alt, @Nullable String target) {
    if (alt == null && target == null) {
      return "";
    }
    String label = alt == null ? "" : InlineMarkdown.label(alt);
    return "![" + label + "](" + (target == null ? "" : Links.destination(target)) + ")";
  }

  private String note(Block.Note note) {
    String content = blocks(note.content(), "\n\n");
    if (content.isEmpty()) {
      return "";
    }
    return note.kind() == Block.Note.Kind.SPEAKER
        ? quote("**Notes:**\n\n" + content)
        : hang("[^" + Links.noteId(note.id()) + "]: ", content, 4);
  }

  private String list(Block.ListBlock list, boolean otherMarker) {
    boolean tight = isTight(list);
    StringBuilder out = new StringBuilder();
    int number = Math.clamp(list.start(), 0, LARGEST_NUMBER - list.items().size());
    for (Block.Item item : list.items()) {
      String marker =
          list.ordered() ? number++ + (otherMarker ? ")" : ".") : otherMarker ? "*" : "-";
      out.append(out.isEmpty() ? "" : tight ? "\n" : "\n\n")
          .append(item(item, marker + " ", tight));
    }
    return out.toString();
  }

  private String item(Block.Item item, String marker, boolean tight) {
    String content = blocks(item.content(), tight ? "\n" : "\n\n");
    Boolean checked = item.checked();
    if (checked != null) {
      content = (checked ? "[x] " : "[ ] ") + content;
    }
    if (content.equals("---") || content.startsWith("---\n")) {
      content = "___" + content.substring(3); // "- ---" would be a rule itself
    }
    return hang(marker, content, marker.length()).stripTrailing();
  }

  /// A list is tight when every item is a paragraph, perhaps with lists under it that can follow it
  /// without an empty line between.
  private static boolean isTight(Block.ListBlock list) {
    for (Block.Item item : list.items()) {
      List<Block> content = item.content();
      for (int i = 0; i < content.size(); i++) {
        boolean fits =
            switch (content.get(i)) {
              case Block.Paragraph _ -> i == 0;
              case Block.ListBlock inner -> i <= 1 && mayFollowText(inner) && isTight(inner);
              default -> false;
            };
        if (!fits) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean mayFollowText(Block.ListBlock list) {
    return !list.items().isEmpty()
        && list.items().getFirst().content().stream().findFirst().isPresent()
        && list.items().getFirst().content().getFirst() instanceof Block.Paragraph(Text text, _)
        && !text.isBlank()
        && (!list.ordered() || list.start() == 1);
  }

  private static String hang(String first, String content, int width) {
    String indent = " ".repeat(width);
    StringBuilder out = new StringBuilder(first);
    boolean start = true;
    for (String line : content.split("\n", -1)) {
      if (!start) {
        out.append('\n').append(line.isEmpty() ? "" : indent);
      }
      out.append(line);
      start = false;
    }
    return out.toString();
  }

  private static String prefix(String content, String prefix, String emptyLine) {
    StringBuilder out = new StringBuilder();
    for (String line : content.split("\n", -1)) {
      out.append(out.isEmpty() ? "" : "\n");
      out.append(line.isEmpty() ? emptyLine : prefix).append(line);
    }
    return out.toString();
  }
}
