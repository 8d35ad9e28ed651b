package dev.sandpiper.parser.format.container;

import dev.sandpiper.parser.format.ParseContext;
import dev.sandpiper.parser.task.ByteSource;
import dev.sandpiper.parser.task.ParseBudget;
import dev.sandpiper.parser.task.ParseFailure;
import dev.sandpiper.parser.task.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/// A zip file read at random, bounded: the number of entries, the size of the directory, and every
/// byte that comes out of an entry.
public final class SafeZip implements AutoCloseable {

  private static final int MOST_ENTRIES = 100_000;

  /// What the directory says about an entry.
  ///
  /// @param name as stored; not safe to use as a path
  /// @param size bytes after decompression as declared, which may be a lie; -1 when unknown
  /// @param directory whether it is a folder
  public record Entry(String name, long size, boolean directory) {}

  private final ZipFile zip;
  private final ParseBudget budget;
  private @Nullable Map<String, String> looseNames;

  private SafeZip(ZipFile zip, ParseBudget budget) {
    this.zip = zip;
    this.budget = budget;
  }

  /// Opens a zip file.
  ///
  /// @throws IOException when it is not one, or its directory is damaged
  /// @throws ParseFailure `OVER_LIMIT` when it has too many entries
  public static SafeZip open(ByteSource source, ParseBudget budget) throws IOException {
    ZipDirectory.requireBounded(source.file());
    ZipFile zip = openAnyCharset(source);
    if (zip.size() > MOST_ENTRIES) {
      int entries = zip.size();
      zip.close();
      throw new ParseFailure(
          ParseFailure.Code.OVER_LIMIT,
          "%s has %,d entries, more than the %,d allowed. Send its documents in smaller archives."
              .formatted(source.name(), entries, MOST_ENTRIES));
    }
    return new SafeZip(zip, budget);
  }

  private static ZipFile openAnyCharset(ByteSource source) throws IOException {
    try {
      return new ZipFile(source.file().toFile(), StandardCharsets.UTF_8);
    } catch (ZipException e) {
      if (!Charset.isSupported("IBM437")) {
        throw e;
      }
      try {
        return new ZipFile(source.file().toFile(), Charset.forName("IBM437"));
      } catch (ZipException again) {
        again.addSuppressed(e);
        throw again;
      }
    }
  }

  /// All entries in the order of the directory.
  public List<Entry> entries() {
    return zip.stream()
        .map(entry -> new Entry(entry.getName(), entry.getSize(), entry.isDirectory()))
        .toList();
  }

  /// Whether there is an entry of this name.
  public boolean has(String name) {
    return entry(name) != null;
  }

  /// Opens an entry; what is read from it is spent from the budget. Names are matched exactly
  /// first, then without regard to case, a leading slash and the kind of slash.
  ///
  /// @return `null` when there is no such entry
  /// @throws IOException when the entry's header is damaged or its compression is not supported
  public @Nullable InputStream open(String name) throws IOException {
    ZipEntry entry = entry(name);
    return entry == null ? null : new SpendingStream(zip.getInputStream(entry), budget);
  }

  /// Opens an entry as XML.
  ///
  /// @param prefixes see [XmlCursor]
  /// @return `null` when there is no such entry, or when it cannot be read, which is a warning
  public @Nullable XmlCursor xml(String name, Map<String, String> prefixes, ParseContext context) {
    try {
      InputStream in = open(name);
      return in == null ? null : XmlCursor.open(in, prefixes, context, name);
    } catch (IOException e) {
      context.warn("damaged-part", "This part cannot be unpacked: " + Reason.of(e) + ".", name);
      return null;
    }
  }

  private @Nullable ZipEntry entry(String name) {
    ZipEntry exact = zip.getEntry(name);
    if (exact != null) {
      return exact.isDirectory() ? null : exact;
    }
    String stored = looseNames().get(loose(name));
    return stored == null ? null : zip.getEntry(stored);
  }

  private Map<String, String> looseNames() {
    Map<String, String> names = looseNames;
    if (names == null) {
      names = HashMap.newHashMap(zip.size());
      for (Entry entry : entries()) {
        if (!entry.directory()) {
          names.putIfAbsent(loose(entry.name()), entry.name());
        }
      }
      looseNames = names;
    }
    return names;
  }

  private static String loose(String name) {
    String slashed = name.replace('\\', '/').toLowerCase(Locale.ROOT);
    return slashed.startsWith("/") ? slashed.substring(1) : slashed;
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
