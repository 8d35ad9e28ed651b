package dev.sandpiper.parser.format.legacy;

import dev.sandpiper.parser.document.Metadata;
import java.io.IOException;
import java.util.Date;
import org.apache.poi.hpsf.HPSFException;
import org.apache.poi.hpsf.PropertySet;
import org.apache.poi.hpsf.SummaryInformation;
import org.apache.poi.poifs.filesystem.DocumentInputStream;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;

/// Reads the summary that old Office documents carry.
final class Properties {

  private Properties() {}

  /// What the summary says; nothing when there is none or it is damaged.
  static Metadata read(POIFSFileSystem files) {
    if (!files.getRoot().hasEntryCaseInsensitive(SummaryInformation.DEFAULT_STREAM_NAME)) {
      return Metadata.NONE;
    }
    try (DocumentInputStream in =
        files.createDocumentInputStream(SummaryInformation.DEFAULT_STREAM_NAME)) {
      return metadata(new SummaryInformation(new PropertySet(in)));
    } catch (IOException | HPSFException | RuntimeException e) {
      // Metadata is a courtesy: a damaged summary must not cost the document.
      return Metadata.NONE;
    }
  }

  private static Metadata metadata(SummaryInformation summary) {
    Metadata.Builder metadata = Metadata.builder();
    metadata.title(summary.getTitle());
    metadata.author(summary.getAuthor());
    Date created = summary.getCreateDateTime();
    Date saved = summary.getLastSaveDateTime();
    metadata.created(created == null ? null : created.toInstant());
    metadata.modified(saved == null ? null : saved.toInstant());
    metadata.producer(summary.getApplicationName());
    metadata.property("subject", summary.getSubject());
    metadata.property("keywords", summary.getKeywords());
    return metadata.build();
  }
}
