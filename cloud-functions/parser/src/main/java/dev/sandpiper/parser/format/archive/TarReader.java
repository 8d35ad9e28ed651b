package dev.sandpiper.parser.format.archive;

import dev.sandpiper.parser.detect.Format;
import dev.sandpiper.parser.document.Document;
import dev.sandpiper.parser.document.Metadata;
import dev.sandpiper.parser.format.FormatParser;
import dev.sandpiper.parser.format.ParseContext;
import dev.sandpiper.parser.task.ByteSource;
import dev.sandpiper.parser.task.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/// TAR archives. Links and devices are not followed; they have no content of their own.
public final class TarReader implements FormatParser {

  @Override
  public Set<Format> formats() {
    return Set.of(Format.TAR);
  }

  @Override
  public Document parse(ByteSource source, Format format, ParseContext context) throws IOException {
    Members members = new Members(context);
    try (InputStream in = source.open();
        TarArchiveInputStream tar = new TarArchiveInputStream(in)) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        if (!entry.isFile() || entry.isSymbolicLink() || entry.isLink()) {
          continue;
        }
        if (!members.more()) {
          break;
        }
        members.add(tar, entry.getName());
        if (members.isOver()) {
          break;
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      context.warn(
          "damaged-tar", "The rest of the archive cannot be read: " + Reason.of(e) + ".", null);
    }
    return new Document(Metadata.NONE, 1, members.blocks());
  }
}
