package dev.sandpiper.parser.format.mail;

import dev.sandpiper.parser.detect.Format;
import dev.sandpiper.parser.document.Block;
import dev.sandpiper.parser.document.Document;
import dev.sandpiper.parser.document.NoteIds;
import dev.sandpiper.parser.document.SourceSpan;
import dev.sandpiper.parser.format.FormatParser;
import dev.sandpiper.parser.format.ParseContext;
import dev.sandpiper.parser.task.ByteSource;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Reads internet messages, and mailboxes of them in mbox format.
public final class MailParser implements FormatParser {

  private static final int MOST_MESSAGES = 1_000;

  @Override
  public Set<Format> formats() {
    return Set.of(Format.EML);
  }

  @Override
  public Document parse(ByteSource source, Format format, ParseContext context) throws IOException {
    try (InputStream in = new BufferedInputStream(source.open())) {
      return Mailbox.starts(source) ? mailbox(new Mailbox(in), context) : message(in, context);
    }
  }

  private static Document message(InputStream in, ParseContext context) throws IOException {
    MessageReader.Message message = MessageReader.read(in, context);
    return new Document(message.header().metadata(), 1, blocks(message, context));
  }

  private static List<Block> blocks(MessageReader.Message message, ParseContext context) {
    MailContent content = new MailContent(context);
    content.show(message.root());
    List<Block> blocks = new ArrayList<>(message.header().blocks());
    blocks.addAll(content.blocks());
    return blocks;
  }

  private static Document mailbox(Mailbox mailbox, ParseContext context) throws IOException {
    Document first = message(mailbox.message(), context);
    if (!mailbox.next()) {
      return first;
    }
    List<Block> blocks = new ArrayList<>(first.blocks());
    Set<String> notes = NoteIds.of(blocks);
    int count = 1;
    do {
      if (++count > MOST_MESSAGES) {
        context.warn(
            "mailbox-cut",
            "The mailbox has more than %,d messages; the rest were left out. Split it to read them."
                .formatted(MOST_MESSAGES),
            null);
        break;
      }
      blocks.add(new Block.Rule(new SourceSpan.InPart("message " + count)));
      List<Block> message = message(mailbox.message(), context).blocks();
      blocks.addAll(NoteIds.apart(message, notes, "message" + count + "-"));
    } while (mailbox.next());
    return new Document(first.metadata(), 1, blocks);
  }
}
