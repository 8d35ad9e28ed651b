package dev.sandpiper.parser.format.archive;

import dev.sandpiper.parser.detect.Format;
import dev.sandpiper.parser.document.Document;
import dev.sandpiper.parser.document.Metadata;
import dev.sandpiper.parser.format.FormatParser;
import dev.sandpiper.parser.format.ParseContext;
import dev.sandpiper.parser.task.ByteSource;
import dev.sandpiper.parser.task.ParseFailure;
import dev.sandpiper.parser.task.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.Set;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipFile;

/// ZIP archives, by their central directory; from the front when that is damaged.
public final class ZipReader implements FormatParser {

  @Override
  public Set<Format> formats() {
    return Set.of(Format.ZIP);
  }

  @Override
  public Document parse(ByteSource source, Format format, ParseContext context) throws IOException {
    Members members = new Members(context);
    try (ZipFile zip =
        ZipFile.builder().setPath(source.file()).setIgnoreLocalFileHeader(true).get()) {
      byDirectory(zip, members, context);
    } catch (IOException | IllegalArgumentException e) {
      context.warn(
          "damaged-zip",
          "The archive's directory is damaged; its members were read in sequence.",
          null);
      inSequence(source, members, context);
      if (members.blocks().isEmpty()) {
        throw new ParseFailure(
            ParseFailure.Code.UNREADABLE,
            source.name()
                + " is a damaged archive: none of its members could be read. Send it again.");
      }
    }
    return new Document(Metadata.NONE, 1, members.blocks());
  }

  /// Reads every member once: entries that share their bytes with another are how a small file
  /// pretends to be a large one.
  private static void byDirectory(ZipFile zip, Members members, ParseContext context)
      throws IOException {
    Set<Long> offsets = new HashSet<>();
    Enumeration<ZipArchiveEntry> entries = zip.getEntriesInPhysicalOrder();
    long end = 0;
    while (entries.hasMoreElements()) {
      ZipArchiveEntry entry = entries.nextElement();
      if (entry.isDirectory()) {
        continue;
      }
      if (!members.more()) {
        return;
      }
      long start = entry.getLocalHeaderOffset();
      if (!offsets.add(start) || start < end) {
        context.warn(
            "overlapping-entries",
            "Members of the archive share their bytes; only the first was read.",
            Members.label(entry.getName()));
        continue;
      }
      end = Math.max(start, entry.getDataOffset()) + Math.max(0, entry.getCompressedSize());
      read(zip, entry, members, context);
    }
  }

  private static void read(
      ZipFile zip, ZipArchiveEntry entry, Members members, ParseContext context)
      throws IOException {
    if (entry.getSize() == 0 && entry.getCompressedSize() == 0) {
      return; // nothing to unpack; tens of thousands of them are cheap to make
    }
    if (entry.getGeneralPurposeBit().usesEncryption()) {
      members.encrypted(entry.getName());
    } else if (!zip.canReadEntryData(entry)) {
      context.warn(
          "part-unsupported",
          "This member is compressed in a way that is not read.",
          Members.label(entry.getName()));
    } else {
      try (InputStream in = zip.getInputStream(entry)) {
        members.add(in, entry.getName());
      }
    }
  }

  private static void inSequence(ByteSource source, Members members, ParseContext context) {
    try (InputStream in = source.open();
        ZipArchiveInputStream zip = new ZipArchiveInputStream(in)) {
      for (ZipArchiveEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (entry.isDirectory()) {
          continue;
        }
        if (!members.more()) {
          return;
        }
        if (entry.getGeneralPurposeBit().usesEncryption()) {
          members.encrypted(entry.getName());
        } else if (zip.canReadEntryData(entry)) {
          members.add(zip, entry.getName());
        }
        if (members.isOver()) {
          return; // the next member stands behind all that this one would unpack to
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      context.warn(
          "damaged-zip", "The rest of the archive cannot be read: " + Reason.of(e) + ".", null);
    }
  }
}
