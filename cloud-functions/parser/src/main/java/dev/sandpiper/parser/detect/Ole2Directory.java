package dev.sandpiper.parser.detect;

import dev.sandpiper.parser.task.ByteSource;
import dev.sandpiper.parser.task.ParseFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The names at the top of an OLE2 compound file, which tell the legacy Office formats apart. Reads
/// the directory only; the library that reads the documents need not be loaded.
final class Ole2Directory {

  private static final int HEADER = 512;
  private static final int ENTRY = 128;
  private static final int FAT_IN_HEADER = 109;
  private static final int MOST_SECTORS = 1024;
  private static final int NOTHING = -1;

  private final FileChannel file;
  private final ByteBuffer header;
  private final int sectorSize;

  private Ole2Directory(FileChannel file) throws IOException {
    this.file = file;
    this.header = read(0, HEADER);
    int shift = header.remaining() < HEADER ? 9 : header.getShort(30);
    this.sectorSize = shift == 12 ? 4096 : 512;
  }

  static Format format(ByteSource source) throws IOException {
    Set<String> names;
    try (FileChannel file = FileChannel.open(source.file())) {
      names = new Ole2Directory(file).topNames();
    }
    if (names.contains("EncryptedPackage")) {
      throw new ParseFailure(
          ParseFailure.Code.ENCRYPTED,
          source.name()
              + " is an Office document locked with a password. Remove it and send it again.");
    }
    Format format = office(names);
    if (format != null) {
      return format;
    }
    throw ContentDetector.unsupported(source, "looks like " + foreign(names));
  }

  private static @Nullable Format office(Set<String> names) {
    if (names.contains("WordDocument")) {
      return Format.DOC;
    }
    if (names.contains("Workbook") || names.contains("WORKBOOK") || names.contains("Book")) {
      return Format.XLS;
    }
    if (names.contains("PowerPoint Document") || names.contains("PP97_DUALSTORAGE")) {
      return Format.PPT;
    }
    boolean mail =
        names.stream()
            .anyMatch(
                name -> name.startsWith("__properties_version") || name.startsWith("__substg1.0_"));
    return mail ? Format.MSG : null;
  }

  private static String foreign(Set<String> names) {
    if (names.contains("VisioDocument")) {
      return "a Visio drawing";
    }
    if (names.contains("Quill")) {
      return "a Publisher document";
    }
    if (names.contains("MatOST") || names.contains("CONTENTS")) {
      return "a Microsoft Works document";
    }
    return "an OLE2 container of another program";
  }

  /// Names of the root's children. A damaged tree gives the names of all entries instead.
  private Set<String> topNames() throws IOException {
    Set<String> names = new HashSet<>();
    Set<String> all = new HashSet<>();
    ByteBuffer directory = directory();
    int entries = directory.limit() / ENTRY;
    for (int i = 1; i < entries; i++) {
      all.add(name(directory, i));
    }
    Deque<Integer> open = new ArrayDeque<>();
    Set<Integer> seen = new HashSet<>();
    if (entries > 0) {
      open.push(directory.getInt(76));
    }
    while (!open.isEmpty()) {
      int entry = open.pop();
      if (entry > 0 && entry < entries && seen.add(entry)) {
        names.add(name(directory, entry));
        open.push(directory.getInt(entry * ENTRY + 68));
        open.push(directory.getInt(entry * ENTRY + 72));
      }
    }
    return names.isEmpty() ? all : names;
  }

  private static String name(ByteBuffer directory, int entry) {
    int bytes = Math.clamp(directory.getShort(entry * ENTRY + 64) - 2, 0, 62);
    byte[] name = new byte[bytes & ~1];
    directory.get(entry * ENTRY, name);
    return new String(name, StandardCharsets.UTF_16LE);
  }

  private ByteBuffer directory() throws IOException {
    ByteBuffer all = ByteBuffer.allocate(MOST_SECTORS * 512).order(ByteOrder.LITTLE_ENDIAN);
    if (header.remaining() < HEADER) {
      return all.flip();
    }
    Set<Integer> seen = new HashSet<>();
    int sector = header.getInt(48);
    while (sector >= 0 && all.remaining() >= sectorSize && seen.add(sector)) {
      ByteBuffer content = sector(sector);
      if (content.remaining() < sectorSize) {
        break;
      }
      all.put(content);
      sector = next(sector);
    }
    return all.flip();
  }

  /// The sector after `sector` in its chain. Only allocation sectors that the header lists are
  /// followed: a directory lies beyond them in files over 6 MB at most, and then what was read
  /// suffices.
  private int next(int sector) throws IOException {
    int perSector = sectorSize / Integer.BYTES;
    int index = sector / perSector;
    int fat = index < FAT_IN_HEADER ? header.getInt(76 + index * Integer.BYTES) : NOTHING;
    if (fat < 0) {
      return NOTHING;
    }
    ByteBuffer entries = sector(fat);
    int offset = sector % perSector * Integer.BYTES;
    return entries.remaining() < offset + Integer.BYTES ? NOTHING : entries.getInt(offset);
  }

  private ByteBuffer sector(int number) throws IOException {
    return read((number + 1L) * sectorSize, sectorSize);
  }

  private ByteBuffer read(long position, int size) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    int read = 0;
    while (read >= 0 && buffer.hasRemaining()) {
      read = file.read(buffer, position + buffer.position());
    }
    return buffer.flip();
  }
}
