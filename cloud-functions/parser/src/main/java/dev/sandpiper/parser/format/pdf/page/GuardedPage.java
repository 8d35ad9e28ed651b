package dev.sandpiper.parser.format.pdf.page;

import java.io.IOException;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.io.RandomAccessRead;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDResources;

/// A page whose content is decoded under guard.
final class GuardedPage extends PDPage {

  private final PDPage page;
  private final ContentBytes bytes;

  GuardedPage(PDPage page, ContentBytes bytes) {
    super(page.getCOSObject());
    this.page = page;
    this.bytes = bytes;
  }

  @Override
  public RandomAccessRead getContentsForStreamParsing() throws IOException {
    return bytes.open(getCOSObject().getDictionaryObject(COSName.CONTENTS));
  }

  @Override
  public RandomAccessRead getContentsForRandomAccess() throws IOException {
    return getContentsForStreamParsing();
  }

  @Override
  public PDResources getResources() {
    return page.getResources();
  }
}
