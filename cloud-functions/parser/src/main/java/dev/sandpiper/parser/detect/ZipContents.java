package dev.sandpiper.parser.detect;

import dev.sandpiper.parser.task.ByteSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/// What a ZIP file is, by the names in its central directory and its `mimetype` member.
final class ZipContents {

  private static final int TAIL = 22 + 65_535;
  private static final int END_RECORD = 0x06054b50;
  private static final int CENTRAL_ENTRY = 0x02014b50;
  private static final int MOST_NAMES = 5_000;
  private static final int MOST_DIRECTORY = 4 << 20;
  private static final int MOST_LOCAL = 100;
  private static final int LONGEST_TYPE = 100;
  private static final int MOST_LOCAL_BYTES = 1 << 20;

  private ZipContents() {}

  static Format format(ByteSource source, byte[] head) throws IOException {
    String mimetype = firstMember(head, "mimetype");
    if (mimetype != null) {
      Format declared = declared(mimetype.strip());
      if (declared != null) {
        return declared;
      }
    }
    Set<String> names = centralNames(source);
    return byNames(source, names.isEmpty() ? localNames(source) : names);
  }

  private static @Nullable Format declared(String mimetype) {
    String odf = "application/vnd.oasis.opendocument.";
    if (mimetype.startsWith(odf + "text")) {
      return Format.ODT;
    }
    if (mimetype.startsWith(odf + "spreadsheet")) {
      return Format.ODS;
    }
    if (mimetype.startsWith(odf + "presentation")) {
      return Format.ODP;
    }
    return mimetype.startsWith("application/epub+zip") ? Format.EPUB : null;
  }

  private static Format byNames(ByteSource source, Set<String> names) throws IOException {
    if (names.contains("[Content_Types].xml") || names.contains("_rels/.rels")) {
      Format office = office(source, names);
      if (office != null) {
        return office;
      }
    }
    if (names.contains("META-INF/container.xml")
        && names.stream().anyMatch(name -> name.endsWith(".opf"))) {
      return Format.EPUB;
    }
    if (names.contains("content.xml") && names.contains("META-INF/manifest.xml")) {
      Format declared = names.contains("mimetype") ? lateMimetype(source) : null;
      return declared == null ? odfWithoutMimetype(source) : declared;
    }
    if (names.contains("Index/Document.iwa")) {
      throw ContentDetector.unsupported(source, "looks like an Apple iWork document");
    }
    return Format.ZIP;
  }

  private static @Nullable Format office(ByteSource source, Set<String> names) {
    if (names.contains("xl/workbook.bin")) {
      throw ContentDetector.unsupported(source, "looks like a binary Excel workbook (XLSB)");
    }
    for (String name : names) {
      if (name.startsWith("word/document") && name.endsWith(".xml")) {
        return Format.DOCX;
      }
      if (name.startsWith("xl/workbook")) {
        return Format.XLSX;
      }
      if (name.startsWith("ppt/presentation")) {
        return Format.PPTX;
      }
      if (name.startsWith("visio/")) {
        throw ContentDetector.unsupported(source, "looks like a Visio drawing");
      }
    }
    for (String name : names) {
      Format format = folder(name);
      if (format != null) {
        return format;
      }
    }
    return null;
  }

  private static @Nullable Format folder(String name) {
    if (name.startsWith("word/")) {
      return Format.DOCX;
    }
    if (name.startsWith("xl/")) {
      return Format.XLSX;
    }
    return name.startsWith("ppt/") ? Format.PPTX : null;
  }

  /// Packed anew by tools that compress the member, or put others before it.
  private static @Nullable Format lateMimetype(ByteSource source) throws IOException {
    if (!isBounded(source)) {
      return null;
    }
    try (ZipFile zip = new ZipFile(source.file().toFile())) {
      ZipEntry entry = zip.getEntry("mimetype");
      if (entry == null) {
        return null;
      }
      try (InputStream in = zip.getInputStream(entry)) {
        return declared(
            new String(in.readNBytes(LONGEST_TYPE), StandardCharsets.ISO_8859_1).strip());
      }
    } catch (IOException e) {
      return null; // damaged: the name decides
    }
  }

  /// Written by tools that forget the member every other one begins with; the name is all there is.
  private static Format odfWithoutMimetype(ByteSource source) {
    String name = source.name();
    if (PlainKinds.hasExtension(name, ".ods", ".ots")) {
      return Format.ODS;
    }
    return PlainKinds.hasExtension(name, ".odp", ".otp") ? Format.ODP : Format.ODT;
  }

  /// Text of the first member when it is stored and called `name`.
  private static @Nullable String firstMember(byte[] head, String name) {
    if (head.length < 30) {
      return null;
    }
    ByteBuffer local = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
    int nameLength = local.getShort(26) & 0xFFFF;
    int start = 30 + nameLength + (local.getShort(28) & 0xFFFF);
    if (local.getShort(8) != ZipEntry.STORED
        || nameLength != name.length()
        || start >= head.length
        || !new String(head, 30, nameLength, StandardCharsets.ISO_8859_1).equals(name)) {
      return null;
    }
    int length = Math.min(LONGEST_TYPE, head.length - start);
    return new String(head, start, length, StandardCharsets.ISO_8859_1);
  }

  /// Where the central directory is, as the record at the end says.
  private record Directory(long offset, long size) {}

  private static @Nullable Directory directory(RandomAccessFile file) throws IOException {
    ByteBuffer tail = read(file, Math.max(0, file.length() - TAIL), TAIL);
    for (int at = tail.limit() - 22; at >= 0; at--) {
      if (tail.getInt(at) == END_RECORD) {
        long size = tail.getInt(at + 12) & 0xFFFF_FFFFL;
        return new Directory(tail.getInt(at + 16) & 0xFFFF_FFFFL, size);
      }
    }
    return null;
  }

  private static Set<String> centralNames(ByteSource source) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(source.file().toFile(), "r")) {
      Directory directory = directory(file);
      return directory == null
          ? Set.of()
          : names(read(file, directory.offset(), (int) Math.min(directory.size(), MOST_DIRECTORY)));
    }
  }

  /// `ZipFile` reads the whole directory into memory.
  private static boolean isBounded(ByteSource source) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(source.file().toFile(), "r")) {
      Directory directory = directory(file);
      return directory != null && directory.size() <= MOST_DIRECTORY;
    }
  }

  private static Set<String> names(ByteBuffer directory) {
    Set<String> names = new HashSet<>();
    int at = 0;
    while (at + 46 <= directory.limit()
        && directory.getInt(at) == CENTRAL_ENTRY
        && names.size() < MOST_NAMES) {
      int nameLength = directory.getShort(at + 28) & 0xFFFF;
      int rest = (directory.getShort(at + 30) & 0xFFFF) + (directory.getShort(at + 32) & 0xFFFF);
      if (at + 46 + nameLength > directory.limit()) {
        break;
      }
      names.add(name(directory, at + 46, nameLength));
      at += 46 + nameLength + rest;
    }
    return names;
  }

  private static String name(ByteBuffer directory, int at, int length) {
    byte[] name = new byte[length];
    directory.get(at, name);
    return new String(name, StandardCharsets.UTF_8).replace('\\', '/');
  }

  private static ByteBuffer read(RandomAccessFile file, long offset, int most) throws IOException {
    byte[] bytes = new byte[Math.clamp(file.length() - offset, 0, most)];
    file.seek(Math.min(offset, file.length()));
    file.readFully(bytes);
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /// The first names of a file whose directory is missing, cut off or of the 64-bit kind.
  private static Set<String> localNames(ByteSource source) throws IOException {
    Set<String> names = new HashSet<>();
    try (ZipInputStream zip = new ZipInputStream(source.open())) {
      byte[] sink = new byte[8192];
      long read = 0;
      for (ZipEntry entry = zip.getNextEntry();
          entry != null && names.size() < MOST_LOCAL && read < MOST_LOCAL_BYTES;
          entry = zip.getNextEntry()) {
        names.add(entry.getName().replace('\\', '/'));
        for (int n = zip.read(sink); n > 0 && read < MOST_LOCAL_BYTES; n = zip.read(sink)) {
          read += n;
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      return names; // damaged further on: what was seen decides
    }
    return names;
  }
}
