package dev.sandpiper.parser.format.mail;

import dev.sandpiper.parser.format.ParseContext;
import dev.sandpiper.parser.task.ByteSource;
import dev.sandpiper.parser.task.ParseFailure;
import dev.sandpiper.parser.task.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Map;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.io.MaxHeaderLimitException;
import org.apache.james.mime4j.io.MaxLineLimitException;
import org.apache.james.mime4j.message.DefaultBodyDescriptorBuilder;
import org.apache.james.mime4j.message.MaximalBodyDescriptor;
import org.apache.james.mime4j.parser.AbstractContentHandler;
import org.apache.james.mime4j.parser.MimeStreamParser;
import org.apache.james.mime4j.stream.BodyDescriptor;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.util.MimeParameterMapping;
import org.jspecify.annotations.Nullable;

/// Reads one internet message into its header and a tree of parts, in one pass. Attachments go to
/// scratch files; texts are held in memory up to a bound.
final class MessageReader extends AbstractContentHandler {

  private static final int MOST_HEADERS = 5_000;
  private static final int LONGEST_HEADER = 256 << 10;
  private static final int LONGEST_TEXT = 16 << 20;
  private static final int MOST_PARTS = 5_000;
  private static final int DEEPEST = 32;

  /// What was read.
  record Message(MailHeader header, MailPart.Multi root) {}

  private static final class TooManyParts extends MimeException {
    private static final long serialVersionUID = 1L;

    TooManyParts(String message) {
      super(message);
    }
  }

  private final ParseContext context;
  private final HeaderReader headers = new HeaderReader();
  private final Deque<MailPart.Multi> open = new ArrayDeque<>();
  private final MailPart.Multi root = new MailPart.Multi("mixed");
  private boolean topHeader = true;
  private int parts;

  private MessageReader(ParseContext context) {
    this.context = context;
    open.push(root);
  }

  /// Reads a message. What follows damage is lost with a warning.
  ///
  /// @throws ParseFailure `OVER_LIMIT` when its header is too large
  static Message read(InputStream in, ParseContext context) throws IOException {
    MessageReader reader = new MessageReader(context);
    MimeConfig config =
        new MimeConfig.Builder()
            .setMaxHeaderCount(MOST_HEADERS)
            .setMaxHeaderLen(LONGEST_HEADER)
            .setMaxLineLen(LONGEST_HEADER)
            .build();
    MimeStreamParser parser =
        new MimeStreamParser(config, DecodeMonitor.SILENT, new DefaultBodyDescriptorBuilder());
    parser.setContentHandler(reader);
    parser.setContentDecoding(true);
    parser.setNoRecurse();
    try {
      parser.parse(in);
    } catch (TooManyParts e) {
      context.warn("mail-parts", String.valueOf(e.getMessage()), null);
    } catch (MaxHeaderLimitException | MaxLineLimitException e) {
      throw overLimit(e);
    } catch (MimeException e) {
      if (e.getCause() instanceof MaxHeaderLimitException
          || e.getCause() instanceof MaxLineLimitException) {
        throw overLimit(e);
      }
      context.warn("mail-damaged", "The mail is damaged: " + Reason.of(e) + ".", null);
    }
    return new Message(reader.headers.header(), reader.root);
  }

  private static ParseFailure overLimit(Exception e) {
    return new ParseFailure(
        ParseFailure.Code.OVER_LIMIT,
        "The mail's header has more than %,d fields or a field of more than %,d bytes. It is damaged or hostile; send its text."
            .formatted(MOST_HEADERS, LONGEST_HEADER),
        e);
  }

  @Override
  public void field(Field field) {
    if (topHeader) {
      headers.add(field);
    }
  }

  @Override
  public void endHeader() {
    topHeader = false;
  }

  @Override
  public void startMultipart(BodyDescriptor descriptor) throws MimeException {
    count();
    if (open.size() > DEEPEST) {
      throw new TooManyParts(
          "Parts nested more than " + DEEPEST + " deep and all after them were left out.");
    }
    MailPart.Multi multi = new MailPart.Multi(descriptor.getSubType().toLowerCase(Locale.ROOT));
    open.element().parts().add(multi);
    open.push(multi);
  }

  @Override
  public void endMultipart() {
    if (open.size() > 1) {
      open.pop();
    }
  }

  @Override
  public void body(BodyDescriptor descriptor, InputStream in) throws MimeException, IOException {
    count();
    context.budget().checkDeadline();
    if (descriptor instanceof MaximalBodyDescriptor known) {
      open.element().parts().add(part(known, in));
    }
  }

  private void count() throws MimeException {
    if (++parts > MOST_PARTS) {
      throw new TooManyParts("More than " + MOST_PARTS + " parts: the rest were left out.");
    }
  }

  private MailPart part(MaximalBodyDescriptor descriptor, InputStream in) throws IOException {
    String type = descriptor.getMimeType().toLowerCase(Locale.ROOT);
    String name = name(descriptor);
    boolean attached = "attachment".equalsIgnoreCase(descriptor.getContentDispositionType());
    boolean shown =
        type.equals("text/plain")
            || type.equals("text/html")
            || type.equals("message/delivery-status")
            || type.equals("text/rfc822-headers");
    if (shown && !attached && (name == null || open.element().parts().isEmpty())) {
      return words(descriptor, type.equals("text/html"), in);
    }
    String scratchName = name == null ? defaultName(type) : name;
    ByteSource source = context.spool(in, scratchName);
    return new MailPart.File(source, type, name, contentId(descriptor));
  }

  private MailPart words(MaximalBodyDescriptor descriptor, boolean html, InputStream in)
      throws IOException {
    byte[] bytes = in.readNBytes(LONGEST_TEXT);
    context.budget().spendDecompressed(bytes.length);
    if (in.read() >= 0) {
      context.warn(
          "text-cut",
          "Only the first %,d bytes of the text are kept.".formatted(LONGEST_TEXT),
          null);
    }
    Map<String, String> parameters = descriptor.getContentTypeParameters();
    String text = MailCharset.decode(bytes, parameters.get("charset"));
    return new MailPart.Words(html, text, parameters);
  }

  private static String defaultName(String type) {
    return switch (type) {
      case "message/rfc822" -> "message.eml";
      case "text/calendar" -> "invitation.ics";
      default -> "attachment";
    };
  }

  private static @Nullable String contentId(MaximalBodyDescriptor descriptor) {
    String id = descriptor.getContentId();
    return id == null ? null : id.replace("<", "").replace(">", "").strip();
  }

  private static @Nullable String name(MaximalBodyDescriptor descriptor) {
    String name = parameter(descriptor.getContentDispositionParameters(), "filename");
    return name == null ? parameter(descriptor.getContentTypeParameters(), "name") : name;
  }

  /// A file name, whether encoded as it should be (RFC 2231) or as everybody does (RFC 2047).
  private static @Nullable String parameter(Map<String, String> parameters, String key) {
    MimeParameterMapping mapping = new MimeParameterMapping();
    parameters.forEach(mapping::addParameter);
    String plain = mapping.getParameters().getOrDefault(key, parameters.get(key));
    if (plain == null || plain.isBlank()) {
      return null;
    }
    String name = HeaderReader.decodeWords(plain);
    int slash = Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\'));
    String last = name.substring(slash + 1).strip();
    return last.isEmpty() ? null : last.substring(0, Math.min(255, last.length()));
  }
}
