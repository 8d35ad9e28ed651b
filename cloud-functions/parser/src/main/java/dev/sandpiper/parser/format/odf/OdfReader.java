package dev.sandpiper.parser.format.odf;

import dev.sandpiper.parser.detect.Format;
import dev.sandpiper.parser.document.Block;
import dev.sandpiper.parser.document.Document;
import dev.sandpiper.parser.document.Metadata;
import dev.sandpiper.parser.document.SourceSpan;
import dev.sandpiper.parser.format.FormatParser;
import dev.sandpiper.parser.format.ParseContext;
import dev.sandpiper.parser.format.container.SafeZip;
import dev.sandpiper.parser.format.container.XmlCursor;
import dev.sandpiper.parser.task.ByteSource;
import dev.sandpiper.parser.task.ParseFailure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Reads ODT, ODS and ODP files. Sheets and slides count as pages.
public final class OdfReader implements FormatParser {

  private static final String CONTENT = "content.xml";

  @Override
  public Set<Format> formats() {
    return Set.of(Format.ODT, Format.ODS, Format.ODP);
  }

  @Override
  public Document parse(ByteSource source, Format format, ParseContext context) throws IOException {
    try (SafeZip zip = SafeZip.open(source, context.budget())) {
      requireReadable(zip, source, context);
      Metadata metadata = OdfMetadata.read(zip, context);
      OdfStyles styles = new OdfStyles();
      try (XmlCursor xml = zip.xml("styles.xml", Odf.PREFIXES, context)) {
        if (xml != null) {
          styles.readUpToBody(xml);
        }
      }
      try (XmlCursor xml = zip.xml(CONTENT, Odf.PREFIXES, context)) {
        if (xml == null) {
          throw new ParseFailure(
              ParseFailure.Code.UNREADABLE,
              source.name() + " has no readable " + CONTENT + ". Save it anew.");
        }
        Body body = new Body(source, styles, context);
        if (styles.readUpToBody(xml)) {
          body.read(xml);
        }
        return new Document(metadata, Math.max(1, body.pages), body.blocks);
      }
    }
  }

  private static void requireReadable(SafeZip zip, ByteSource source, ParseContext context) {
    try (XmlCursor xml = zip.xml("META-INF/manifest.xml", Odf.PREFIXES, context)) {
      String entry = "";
      while (xml != null && xml.next()) {
        if (xml.isStart("manifest:file-entry")) {
          entry = xml.attr("manifest:full-path", "");
        } else if (xml.isStart("manifest:encryption-data")
            && (entry.equals(CONTENT) || entry.equals("encrypted-package"))) {
          throw new ParseFailure(
              ParseFailure.Code.ENCRYPTED,
              source.name() + " is encrypted. Save it without a password and send it again.");
        }
      }
    }
  }

  /// What the body holds, as it is read.
  private static final class Body {
    private final ByteSource source;
    private final OdfStyles styles;
    private final ParseContext context;
    private final List<Block> blocks = new ArrayList<>();
    private int pages;
    private int parsed;

    private Body(ByteSource source, OdfStyles styles, ParseContext context) {
      this.source = source;
      this.styles = styles;
      this.context = context;
    }

    private void read(XmlCursor xml) {
      while (xml.next()) {
        if (!xml.isStart()) {
          continue;
        }
        switch (xml.name()) {
          case "office:text" -> text(xml);
          case "office:spreadsheet" -> sheets(xml);
          case "office:presentation", "office:drawing" -> slides(xml);
          default -> {}
        }
      }
    }

    private void text(XmlCursor xml) {
      OdfBlocks reader = new OdfBlocks(styles, context, Set.of(), new SourceSpan.InPart(CONTENT));
      blocks.addAll(reader.read(xml));
      blocks.addAll(reader.notes());
      pages = reader.pages();
    }

    private void sheets(XmlCursor xml) {
      int depth = xml.depth();
      while (xml.nextIn(depth)) {
        if (xml.isStart("table:table")) {
          if (selected()) {
            page(new OdfSheet(styles, context).read(xml));
          } else {
            xml.skip();
          }
        } else if (xml.isStart("table:tracked-changes") || xml.isStart("table:dde-links")) {
          xml.skip();
        }
      }
    }

    private void slides(XmlCursor xml) {
      int depth = xml.depth();
      while (xml.nextIn(depth)) {
        if (xml.isStart("draw:page")) {
          if (selected()) {
            boolean hidden = styles.isInvisible("drawing-page", xml.attr("draw:style-name", ""));
            page(new OdfSlide(pages, styles, context, hidden).read(xml));
          } else {
            xml.skip();
          }
        }
      }
    }

    private boolean selected() {
      pages++;
      if (!context.pages().contains(pages)) {
        return false;
      }
      int most = context.budget().limits().maxPages();
      if (++parsed > most) {
        throw new ParseFailure(
            ParseFailure.Code.OVER_LIMIT,
            "%s has more than %,d sheets or slides. Raise the page limit or select pages."
                .formatted(source.name(), most));
      }
      return true;
    }

    private void page(List<Block> content) {
      if (!content.isEmpty() && !blocks.isEmpty()) {
        blocks.add(new Block.PageBreak(pages, content.getFirst().span()));
      }
      blocks.addAll(content);
    }
  }
}
