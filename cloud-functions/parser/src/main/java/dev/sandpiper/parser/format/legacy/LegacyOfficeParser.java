package dev.sandpiper.parser.format.legacy;

import dev.sandpiper.parser.detect.Format;
import dev.sandpiper.parser.document.Document;
import dev.sandpiper.parser.format.FormatParser;
import dev.sandpiper.parser.format.ParseContext;
import dev.sandpiper.parser.task.ByteSource;
import dev.sandpiper.parser.task.ParseFailure;
import java.io.IOException;
import java.util.Set;
import org.apache.poi.EncryptedDocumentException;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.jspecify.annotations.Nullable;

/// Reads DOC, XLS and PPT.
public final class LegacyOfficeParser implements FormatParser {

  /// POI holds a document's records in memory, several times their size.
  private static final long LARGEST = 96L << 20;

  @Override
  public Set<Format> formats() {
    return Set.of(Format.DOC, Format.XLS, Format.PPT);
  }

  @Override
  public Document parse(ByteSource source, Format format, ParseContext context) throws IOException {
    if (source.size() > LARGEST) {
      throw new ParseFailure(
          ParseFailure.Code.OVER_LIMIT,
          "%s has %,d bytes, more than the %,d that can be read of an old Office document. Save it in the current format."
              .formatted(source.name(), source.size(), LARGEST));
    }
    try (POIFSFileSystem files = new POIFSFileSystem(source.file().toFile(), true)) {
      if (files.getRoot().hasEntryCaseInsensitive("EncryptedPackage")) {
        throw encrypted(source, null);
      }
      return switch (format) {
        case XLS -> XlsReader.read(files, context);
        case PPT -> PptReader.read(files, context);
        case DOC -> DocReader.read(files, context);
        default ->
            throw new ParseFailure(
                ParseFailure.Code.UNSUPPORTED_TYPE,
                source.name() + " is not an old Office document. Send it as what it is.");
      };
    } catch (EncryptedDocumentException e) {
      throw encrypted(source, e);
    }
  }

  private static ParseFailure encrypted(ByteSource source, @Nullable Exception e) {
    ParseFailure failure =
        new ParseFailure(
            ParseFailure.Code.ENCRYPTED,
            source.name()
                + " is an Office document locked with a password. Remove it and send it again.");
    if (e != null) {
      failure.initCause(e);
    }
    return failure;
  }
}
