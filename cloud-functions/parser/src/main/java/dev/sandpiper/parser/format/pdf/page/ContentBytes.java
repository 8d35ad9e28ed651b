package dev.sandpiper.parser.format.pdf.page;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.filter.Filter;
import org.apache.pdfbox.filter.FilterFactory;
import org.apache.pdfbox.filter.FlateFilterDecoderStream;
import org.apache.pdfbox.io.NonSeekableRandomAccessReadInputStream;
import org.apache.pdfbox.io.RandomAccessRead;
import org.jspecify.annotations.Nullable;

/// Decodes content streams while counting what they expand to; the usual kind is never held in
/// memory as a whole.
final class ContentBytes {

  private static final int MOST_FILTERS = 4;

  private final PageGuard guard;

  ContentBytes(PageGuard guard) {
    this.guard = guard;
  }

  /// The concatenated content of a stream, or of an array of streams.
  RandomAccessRead open(@Nullable COSBase contents) throws IOException {
    List<InputStream> parts = new ArrayList<>();
    if (contents instanceof COSStream stream) {
      parts.add(decoded(stream));
    } else if (contents instanceof COSArray array) {
      for (int i = 0; i < array.size(); i++) {
        if (array.getObject(i) instanceof COSStream stream) {
          parts.add(decoded(stream));
          parts.add(new ByteArrayInputStream(new byte[] {'\n'}));
        }
      }
    }
    return new NonSeekableRandomAccessReadInputStream(
        new SequenceInputStream(Collections.enumeration(parts)));
  }

  private InputStream decoded(COSStream stream) throws IOException {
    COSBase filters = stream.getFilters();
    if (filters == null) {
      return new Counted(stream.createRawInputStream());
    }
    boolean plain = stream.getDictionaryObject(COSName.DECODE_PARMS) == null;
    if (COSName.FLATE_DECODE.equals(single(filters)) && plain) {
      return new Counted(new FlateFilterDecoderStream(stream.createRawInputStream()));
    }
    return filtered(stream, filters);
  }

  private static @Nullable COSBase single(COSBase filters) {
    return filters instanceof COSArray array && array.size() == 1 ? array.getObject(0) : filters;
  }

  private InputStream filtered(COSStream stream, COSBase filters) throws IOException {
    List<COSName> names = new ArrayList<>();
    if (filters instanceof COSName name) {
      names.add(name);
    } else if (filters instanceof COSArray array) {
      for (int i = 0; i < array.size(); i++) {
        if (array.getObject(i) instanceof COSName name) {
          names.add(name);
        }
      }
    }
    if (names.size() > MOST_FILTERS) {
      throw new PageStopped("a content stream is compressed " + names.size() + " times over");
    }
    InputStream in = stream.createRawInputStream();
    for (int i = 0; i < names.size(); i++) {
      Filter filter = FilterFactory.INSTANCE.getFilter(names.get(i));
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try (InputStream encoded = in) {
        filter.decode(encoded, new CountedOutput(out), stream, i);
      }
      in = new ByteArrayInputStream(out.toByteArray());
    }
    return in;
  }

  private final class Counted extends FilterInputStream {
    private boolean broken;

    Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      if (broken) {
        return -1;
      }
      int count;
      try {
        count = super.read(buffer, offset, length);
      } catch (IOException e) {
        broken = true;
        return -1;
      }
      if (count > 0) {
        guard.countContent(count);
      }
      return count;
    }
  }

  private final class CountedOutput extends OutputStream {
    private final OutputStream out;

    CountedOutput(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int value) throws IOException {
      guard.countContent(1);
      out.write(value);
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
      guard.countContent(length);
      out.write(buffer, offset, length);
    }
  }
}
