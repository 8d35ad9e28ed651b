package dev.sandpiper.parser.format.mail;

import dev.sandpiper.parser.document.Block;
import dev.sandpiper.parser.document.NoteIds;
import dev.sandpiper.parser.document.SourceSpan;
import dev.sandpiper.parser.document.Text;
import dev.sandpiper.parser.format.ParseContext;
import dev.sandpiper.parser.format.html.HtmlBlocks;
import dev.sandpiper.parser.task.ByteSource;
import dev.sandpiper.parser.task.Reason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Shows the parts of a message: its best body, then every attachment under its name.
final class MailContent {

  private static final SourceSpan BODY = new SourceSpan.InPart("body");

  private final ParseContext context;
  private final List<Block> body = new ArrayList<>();
  private final List<Block> attachments = new ArrayList<>();
  private final Set<String> notes = new HashSet<>();
  private int texts;
  private int unnamed;

  MailContent(ParseContext context) {
    this.context = context;
  }

  /// The body, then the attachments.
  List<Block> blocks() {
    List<Block> all = new ArrayList<>(body);
    all.addAll(attachments);
    return all;
  }

  void show(MailPart part) {
    switch (part) {
      case MailPart.Words words -> words(words);
      case MailPart.File file -> file(file);
      case MailPart.Multi multi -> multi(multi);
    }
  }

  private void multi(MailPart.Multi multi) {
    switch (multi.subtype()) {
      case "alternative" -> alternative(multi.parts());
      case "related" -> related(multi.parts());
      default -> multi.parts().forEach(this::show);
    }
  }

  /// The same words several times: HTML has the most structure. Files among them, such as an
  /// invitation, are not the same words and are kept.
  private void alternative(List<MailPart> parts) {
    MailPart best = null;
    for (MailPart part : parts) {
      if (!(part instanceof MailPart.File) && !isBlank(part) && (best == null || !isPlain(part))) {
        best = part;
      }
    }
    for (MailPart part : parts) {
      if (part.equals(best) || part instanceof MailPart.File) {
        show(part);
      }
    }
  }

  private static boolean isPlain(MailPart part) {
    return part instanceof MailPart.Words words && !words.html();
  }

  private static boolean isBlank(MailPart part) {
    return switch (part) {
      case MailPart.Words words -> words.text().isBlank();
      case MailPart.File _ -> true;
      case MailPart.Multi multi -> multi.parts().stream().allMatch(MailContent::isBlank);
    };
  }

  /// A body and what it shows inside: pictures have their place in the body.
  private void related(List<MailPart> parts) {
    boolean hasBody = parts.stream().anyMatch(part -> !(part instanceof MailPart.File));
    for (MailPart part : parts) {
      boolean shownInBody =
          hasBody
              && part instanceof MailPart.File file
              && file.isImage()
              && file.contentId() != null;
      if (!shownInBody) {
        show(part);
      }
    }
  }

  private void words(MailPart.Words words) {
    if (words.html()) {
      html(words.text());
    } else {
      context.budget().spendCharacters(words.text().length());
      int deepest = Math.max(0, context.budget().limits().maxNesting() - 1);
      body.addAll(PlainMail.blocks(words.text(), words.parameters(), deepest, BODY));
    }
  }

  void html(String html) {
    org.jsoup.nodes.Document page = HtmlBlocks.parse(html, context.budget());
    add(HtmlBlocks.of(page.body(), HtmlBlocks.Origin.of(BODY, page), context));
  }

  private void file(MailPart.File file) {
    if (file.isImage() && file.contentId() != null) {
      body.add(new Block.Image(file.name(), "cid:" + file.contentId(), BODY));
    } else if (!unpacked(file.source())) {
      attachment(file.source(), file.name());
    }
  }

  /// Shows the attachments that Exchange has packed into one; `false` when it is not such a one.
  private boolean unpacked(ByteSource source) {
    try {
      if (!Tnef.isTnef(source)) {
        return false;
      }
      Tnef.attachments(source, context).forEach(file -> attachment(file.source(), file.name()));
    } catch (IOException e) {
      context.warn(
          "part-unreadable",
          "An attachment cannot be unpacked: " + Reason.of(e) + ".",
          source.name());
    }
    return true;
  }

  /// A heading with the name, then what the file holds.
  void attachment(ByteSource source, @Nullable String name) {
    String part = name == null ? "attachment " + ++unnamed : name;
    SourceSpan span = new SourceSpan.InPart(part);
    attachments.add(new Block.Heading(2, Text.of(part), span));
    attachments.addAll(context.parseNested(source, part));
  }

  /// Blocks that are already made. Every text of a message may number its notes from the start.
  void add(List<Block> blocks) {
    body.addAll(NoteIds.apart(blocks, notes, "text" + ++texts + "-"));
  }
}
