package dev.sandpiper.parser.format.pdf.page;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSNumber;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.filter.FilterFactory;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.jspecify.annotations.Nullable;

/// What is known of a document's fonts, shared by its pages. Holds no font, so that fonts can be
/// freed.
final class Fonts {

  private static final int LARGEST = 64 << 20;
  private static final long MOST_EXPANSION = 1_032;
  private static final int MOST_FILTERS = 2;

  /// Codes of a font have two bytes, hardly ever more; PDFBox keeps a width and a text for each.
  private static final int MOST_CODES = 200_000;

  private static final List<COSName> STREAMS =
      List.of(
          COSName.FONT_FILE,
          COSName.FONT_FILE2,
          COSName.FONT_FILE3,
          COSName.TO_UNICODE,
          COSName.ENCODING,
          COSName.CID_TO_GID_MAP);

  private static final List<COSName> CMAPS = List.of(COSName.TO_UNICODE, COSName.ENCODING);

  private final IdentityHashMap<COSDictionary, FontTraits> traits = new IdentityHashMap<>();
  private final IdentityHashMap<COSDictionary, Boolean> safe = new IdentityHashMap<>();

  FontTraits traits(PDFont font) {
    FontTraits known = traits.get(font.getCOSObject());
    if (known == null) {
      known = FontTraits.of(font);
      traits.put(font.getCOSObject(), known);
    }
    return known;
  }

  /// Whether a font may be loaded: PDFBox unpacks its streams into memory without a limit.
  boolean isSafe(COSDictionary font) {
    Boolean known = safe.get(font);
    if (known == null) {
      known = parts(font).stream().allMatch(part -> streamsFit(part) && widthsFit(part));
      safe.put(font, known);
    }
    return known;
  }

  private static List<COSDictionary> parts(COSDictionary font) {
    List<COSDictionary> parts = new ArrayList<>();
    parts.add(font);
    COSArray descendants = font.getCOSArray(COSName.DESCENDANT_FONTS);
    if (descendants != null && descendants.size() > 0) {
      add(descendants.getObject(0), parts);
    }
    for (COSDictionary part : List.copyOf(parts)) {
      add(part.getDictionaryObject(COSName.FONT_DESC), parts);
    }
    return parts;
  }

  private static void add(@Nullable COSBase part, List<COSDictionary> parts) {
    if (part instanceof COSDictionary dictionary) {
      parts.add(dictionary);
    }
  }

  private static boolean widthsFit(COSDictionary part) {
    return codes(part.getCOSArray(COSName.W), 1) <= MOST_CODES
        && codes(part.getCOSArray(COSName.W2), 3) <= MOST_CODES;
  }

  /// Codes that ranges `first last value…` of an array claim; lists `first [value…]` claim nothing.
  private static long codes(@Nullable COSArray widths, int values) {
    long codes = 0;
    for (int i = 0; widths != null && i + 1 < widths.size(); ) {
      if (widths.getObject(i) instanceof COSNumber first
          && widths.getObject(i + 1) instanceof COSNumber last) {
        codes += Math.max(0, last.longValue() - first.longValue());
        i += 2 + values;
      } else {
        i += 2;
      }
    }
    return codes;
  }

  private static boolean streamsFit(COSDictionary part) {
    for (COSName key : STREAMS) {
      if (part.getDictionaryObject(key) instanceof COSStream stream
          && !(fits(stream) && (!CMAPS.contains(key) || rangesFit(stream)))) {
        return false;
      }
    }
    return true;
  }

  /// PDFBox keeps what it understands of a damaged CMap, so damage is no reason to refuse it.
  private static boolean rangesFit(COSStream stream) {
    CMapRanges ranges = new CMapRanges();
    expandsWithin(stream, filters(stream), ranges);
    return ranges.codes() <= MOST_CODES;
  }

  private static List<COSName> filters(COSStream stream) {
    List<COSName> filters = new ArrayList<>();
    switch (stream.getFilters()) {
      case COSName name -> filters.add(name);
      case COSArray array -> array.forEach(item -> addName(item, filters));
      case null, default -> {}
    }
    return filters;
  }

  private static boolean fits(COSStream stream) {
    List<COSName> filters = filters(stream);
    if (filters.size() > MOST_FILTERS) {
      return false;
    }
    long most = stream.getLength();
    for (int i = 0; i < filters.size() && most <= LARGEST; i++) {
      most *= MOST_EXPANSION;
    }
    return most <= LARGEST || expandsWithin(stream, filters, OutputStream.nullOutputStream());
  }

  private static void addName(@Nullable COSBase item, List<COSName> names) {
    if (item instanceof COSName name) {
      names.add(name);
    }
  }

  private static boolean expandsWithin(COSStream stream, List<COSName> filters, OutputStream sink) {
    try {
      InputStream in = stream.createRawInputStream();
      for (int i = 0; i < filters.size(); i++) {
        boolean last = i == filters.size() - 1;
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        try (InputStream encoded = in) {
          FilterFactory.INSTANCE
              .getFilter(filters.get(i))
              .decode(encoded, new Bounded(last ? sink : kept), stream, i);
        }
        in = new ByteArrayInputStream(kept.toByteArray());
      }
      if (filters.isEmpty()) {
        in.transferTo(new Bounded(sink));
      }
      return true;
    } catch (IOException | RuntimeException e) {
      return false;
    }
  }

  /// Refuses to take more than a font may have.
  private static final class Bounded extends OutputStream {
    private final OutputStream out;
    private long left = LARGEST;

    Bounded(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int value) throws IOException {
      spend(1);
      out.write(value);
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
      spend(length);
      out.write(buffer, offset, length);
    }

    private void spend(int count) throws IOException {
      left -= count;
      if (left < 0) {
        throw new IOException("the font is too large");
      }
    }
  }
}
