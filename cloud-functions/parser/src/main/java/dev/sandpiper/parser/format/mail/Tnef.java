package dev.sandpiper.parser.format.mail;

import dev.sandpiper.parser.format.ParseContext;
import dev.sandpiper.parser.task.ByteSource;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.io.input.BoundedInputStream;
import org.apache.poi.hmef.attribute.MAPIAttribute;
import org.apache.poi.hmef.attribute.MAPIStringAttribute;
import org.apache.poi.hmef.attribute.TNEFAttribute;
import org.apache.poi.hsmf.datatypes.MAPIProperty;
import org.jspecify.annotations.Nullable;

/// Unpacks what Exchange wraps around attachments (TNEF, `winmail.dat`): records, one after the
/// other, of which each attachment has several. Contents go to scratch files as they are read;
/// nothing is believed that a length says before its bytes are there.
final class Tnef {

  /// An attachment.
  record Attachment(ByteSource source, @Nullable String name) {}

  private static final int SIGNATURE = 0x223E9F78;
  private static final int ATTACHMENT_STARTS = 0x9002;
  private static final int CONTENT = 0x800F;
  private static final int TITLE = 0x8010;
  private static final int PROPERTIES = 0x9005;
  private static final int LARGEST_PROPERTIES = 1 << 20;

  /// Bytes before an object, which say what it is.
  private static final int IDENTIFIER = 16;

  private static final int LONGEST_TITLE = 1_024;
  private static final int MOST_RECORDS = 20_000;
  private static final int MOST_ATTACHMENTS = 1_000;

  private final InputStream in;
  private final ParseContext context;
  private final List<Attachment> attachments = new ArrayList<>();
  private @Nullable ByteSource content;
  private @Nullable String title;
  private @Nullable String longTitle;

  private Tnef(InputStream in, ParseContext context) {
    this.in = in;
    this.context = context;
  }

  static boolean isTnef(ByteSource source) throws IOException {
    byte[] head = source.head(4);
    return head.length == 4 && number(head, 0, 4) == SIGNATURE;
  }

  /// The attachments in the file. What follows damage is lost with a warning.
  static List<Attachment> attachments(ByteSource source, ParseContext context) throws IOException {
    try (InputStream in = new BufferedInputStream(source.open())) {
      in.skipNBytes(6);
      Tnef tnef = new Tnef(in, context);
      tnef.records();
      return tnef.attachments;
    } catch (EOFException e) {
      return List.of();
    }
  }

  private void records() throws IOException {
    try {
      int records = 0;
      while (record()) {
        context.budget().checkDeadline();
        if (++records == MOST_RECORDS || attachments.size() == MOST_ATTACHMENTS) {
          damaged(
              "it has more than %,d attachments or %,d records"
                  .formatted(MOST_ATTACHMENTS, MOST_RECORDS));
          break;
        }
      }
    } catch (EOFException e) {
      damaged("it ends too early");
    }
    endAttachment();
  }

  /// Reads a record; `false` where there is none.
  private boolean record() throws IOException {
    int level = in.read();
    if (level < 0) {
      return false;
    }
    byte[] head = in.readNBytes(8);
    if (head.length < 8) {
      throw new EOFException();
    }
    long length = number(head, 4, 4);
    try (BoundedInputStream data = bounded(length)) {
      record(number(head, 0, 2), head, data);
      data.transferTo(OutputStream.nullOutputStream());
      if (data.getCount() < length) {
        throw new EOFException();
      }
    }
    in.skipNBytes(2);
    return true;
  }

  private BoundedInputStream bounded(long length) throws IOException {
    return BoundedInputStream.builder()
        .setInputStream(in)
        .setMaxCount(length)
        .setPropagateClose(false)
        .get();
  }

  private void record(long id, byte[] head, InputStream data) throws IOException {
    if (id == ATTACHMENT_STARTS) {
      endAttachment();
    } else if (id == CONTENT && content == null) {
      content = context.spool(data, "attachment");
    } else if (id == TITLE) {
      title = MailCharset.decode(data.readNBytes(LONGEST_TITLE), null);
    } else if (id == PROPERTIES) {
      properties(head, data.readNBytes(LARGEST_PROPERTIES));
    }
  }

  private void properties(byte[] head, byte[] data) {
    ByteArrayOutputStream record = new ByteArrayOutputStream(data.length + 10);
    record.write(head, 0, 4);
    for (int shift = 0; shift < 32; shift += 8) {
      record.write(data.length >> shift);
    }
    record.writeBytes(data);
    record.writeBytes(new byte[2]);
    try {
      InputStream again = new ByteArrayInputStream(record.toByteArray());
      for (MAPIAttribute property : MAPIAttribute.create(TNEFAttribute.create(again))) {
        if (property.getProperty().equals(MAPIProperty.ATTACH_LONG_FILENAME)) {
          longTitle = MAPIStringAttribute.getAsString(property);
        } else if (property.getProperty().id == MAPIProperty.ATTACH_DATA.id && content == null) {
          embedded(property.getData());
        }
      }
    } catch (IOException | RuntimeException e) {
      damaged("the properties of an attachment are not readable");
    }
  }

  /// A message in the message is packed as this one is.
  private void embedded(byte[] data) {
    boolean message = data.length > IDENTIFIER + 4 && number(data, IDENTIFIER, 4) == SIGNATURE;
    if (message) {
      context.warn(
          "part-unsupported",
          "A mail attached to the mail is packed by Exchange and not read. Save it apart.",
          null);
    }
  }

  private void endAttachment() {
    ByteSource source = content;
    if (source != null) {
      String name = name(longTitle == null ? title : longTitle);
      String known = name == null ? source.name() : name;
      attachments.add(new Attachment(new ByteSource(source.file(), known), name));
    }
    content = null;
    title = null;
    longTitle = null;
  }

  /// The name without its folders.
  private static @Nullable String name(@Nullable String written) {
    if (written == null) {
      return null;
    }
    int slash = Math.max(written.lastIndexOf('/'), written.lastIndexOf('\\'));
    String name = written.substring(slash + 1).replace("\0", "").strip();
    return name.isEmpty() ? null : name.substring(0, Math.min(255, name.length()));
  }

  private void damaged(String why) {
    context.warn(
        "tnef-damaged",
        "What Exchange packed (winmail.dat) is damaged: %s. The rest was left out.".formatted(why),
        null);
  }

  private static long number(byte[] bytes, int from, int count) {
    long number = 0;
    for (int i = count - 1; i >= 0; i--) {
      number = number << 8 | (bytes[from + i] & 0xFF);
    }
    return number;
  }
}
