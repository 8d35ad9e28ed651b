package dev.sandpiper.parser.format.pdf.page;

import java.io.IOException;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.io.RandomAccessRead;
import org.apache.pdfbox.pdmodel.ResourceCache;
import org.apache.pdfbox.pdmodel.graphics.form.PDFormXObject;
import org.jspecify.annotations.Nullable;

/// A form whose content is decoded under guard.
final class GuardedForm extends PDFormXObject {

  private final ContentBytes bytes;

  GuardedForm(COSStream stream, @Nullable ResourceCache cache, ContentBytes bytes) {
    super(stream, cache);
    this.bytes = bytes;
  }

  @Override
  public RandomAccessRead getContentsForStreamParsing() throws IOException {
    return bytes.open(getCOSObject());
  }

  @Override
  public RandomAccessRead getContentsForRandomAccess() throws IOException {
    return getContentsForStreamParsing();
  }
}
