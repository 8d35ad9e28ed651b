package dev.sandpiper.parser.format.mail;

import dev.sandpiper.parser.detect.Format;
import dev.sandpiper.parser.document.Block;
import dev.sandpiper.parser.document.Document;
import dev.sandpiper.parser.format.FormatParser;
import dev.sandpiper.parser.format.ParseContext;
import dev.sandpiper.parser.task.ByteSource;
import dev.sandpiper.parser.task.ParseFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.poi.hsmf.MAPIMessage;
import org.apache.poi.hsmf.datatypes.AttachmentChunks;
import org.apache.poi.hsmf.datatypes.StringChunk;
import org.apache.poi.hsmf.exceptions.ChunkNotFoundException;
import org.jspecify.annotations.Nullable;

/// Reads messages saved by Outlook (MSG).
public final class OutlookParser implements FormatParser {

  private static final long LARGEST = 96L << 20;

  /// One value of a message, which throws when there is none.
  private interface Value<T> {
    @Nullable T get() throws ChunkNotFoundException;
  }

  @Override
  public Set<Format> formats() {
    return Set.of(Format.MSG);
  }

  @Override
  public Document parse(ByteSource source, Format format, ParseContext context) throws IOException {
    if (source.size() > LARGEST) {
      throw new ParseFailure(
          ParseFailure.Code.OVER_LIMIT,
          "%s has %,d bytes, more than the %,d that can be read of an Outlook message. Send its attachments apart."
              .formatted(source.name(), source.size(), LARGEST));
    }
    try (MAPIMessage message = new MAPIMessage(source.file().toFile())) {
      message.setReturnNullOnMissingChunk(true);
      return read(message, context, context.depth());
    }
  }

  private static Document read(MAPIMessage message, ParseContext context, int depth)
      throws IOException {
    context.budget().requireDepth(depth);
    message.guess7BitEncoding();
    MailHeader header = header(message);
    MailContent content = new MailContent(context);
    body(message, content, context);
    for (AttachmentChunks attachment : message.getAttachmentFiles()) {
      attach(attachment, content, context, depth);
    }
    List<Block> blocks = new ArrayList<>(header.blocks());
    blocks.addAll(content.blocks());
    return new Document(header.metadata(), 1, blocks);
  }

  private static MailHeader header(MAPIMessage message) {
    Map<String, String> fields = new LinkedHashMap<>();
    put(fields, MailHeader.SUBJECT, value(message::getSubject));
    put(fields, "From", value(message::getDisplayFrom));
    put(fields, "To", value(message::getDisplayTo));
    put(fields, "Cc", value(message::getDisplayCC));
    Calendar date = value(message::getMessageDate);
    // Outlook keeps the instant, not the sender's offset.
    OffsetDateTime sent = date == null ? null : date.toInstant().atOffset(ZoneOffset.UTC);
    return new MailHeader(fields, sent);
  }

  private static void put(Map<String, String> fields, String name, @Nullable String value) {
    if (value != null && !value.isBlank()) {
      fields.put(name, value.strip());
    }
  }

  /// HTML has the most structure; RTF is what Outlook falls back to; plain text is always there.
  private static void body(MAPIMessage message, MailContent content, ParseContext context)
      throws IOException {
    String html = value(message::getHtmlBody);
    String text = value(message::getTextBody);
    String rtf = value(message::getRtfBody);
    if (html != null && !html.isBlank()) {
      content.html(html);
    } else if (text != null && !text.isBlank()) {
      content.show(new MailPart.Words(false, text, Map.of()));
    } else if (rtf != null && !rtf.isBlank()) {
      ByteArrayInputStream in = new ByteArrayInputStream(rtf.getBytes(StandardCharsets.ISO_8859_1));
      content.add(context.parseNested(context.spool(in, "body.rtf"), "body.rtf"));
    }
  }

  private static void attach(
      AttachmentChunks attachment, MailContent content, ParseContext context, int depth)
      throws IOException {
    String name = name(attachment);
    if (attachment.isEmbeddedMessage()) {
      try (MAPIMessage inner = attachment.getEmbeddedMessage()) {
        inner.setReturnNullOnMissingChunk(true);
        content.add(read(inner, context, depth + 1).blocks());
      }
    } else if (attachment.getAttachData() != null) {
      byte[] bytes = attachment.getAttachData().getValue();
      if (bytes != null) {
        String file = name == null ? "attachment" : name;
        content.attachment(context.spool(new ByteArrayInputStream(bytes), file), name);
      }
    }
  }

  private static @Nullable String name(AttachmentChunks attachment) {
    StringChunk name = attachment.getAttachLongFileName();
    StringChunk known = name == null ? attachment.getAttachFileName() : name;
    return known == null ? null : known.getValue();
  }

  private static <T> @Nullable T value(Value<T> value) {
    try {
      return value.get();
    } catch (ChunkNotFoundException e) {
      return null;
    }
  }
}
