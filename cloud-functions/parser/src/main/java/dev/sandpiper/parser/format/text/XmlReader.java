package dev.sandpiper.parser.format.text;

import dev.sandpiper.parser.detect.Format;
import dev.sandpiper.parser.document.Block;
import dev.sandpiper.parser.document.Document;
import dev.sandpiper.parser.document.Metadata;
import dev.sandpiper.parser.document.SourceSpan;
import dev.sandpiper.parser.document.Text;
import dev.sandpiper.parser.format.FormatParser;
import dev.sandpiper.parser.format.ParseContext;
import dev.sandpiper.parser.task.ByteSource;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// XML of no known vocabulary: every element with text of its own is a paragraph.
///
/// Document types are not read at all, so there are no entities to expand and none to fetch.
public final class XmlReader implements FormatParser {

  @Override
  public Set<Format> formats() {
    return Set.of(Format.XML);
  }

  @Override
  public Document parse(ByteSource source, Format format, ParseContext context) throws IOException {
    Paragraphs paragraphs = new Paragraphs(context);
    int line = 1;
    try (InputStream in = source.open()) {
      XMLStreamReader xml = factory().createXMLStreamReader(in);
      try {
        while (xml.hasNext() && paragraphs.event(xml)) {
          line = xml.getLocation().getLineNumber();
        }
      } finally {
        xml.close();
      }
    } catch (XMLStreamException e) {
      context.warn(
          "damaged-xml",
          "The XML is damaged; only what comes before that was read.",
          "line " + line);
    }
    return new Document(Metadata.NONE, 1, paragraphs.finish());
  }

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, false);
    return factory;
  }

  /// Collects text; where an element begins or ends, so does a paragraph.
  private static final class Paragraphs {
    private final ParseContext context;
    private final TextRoom room;
    private boolean toldOfEntities;
    private final List<Block> blocks = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private int firstLine = 1;
    private int lastLine = 1;

    Paragraphs(ParseContext context) {
      this.context = context;
      this.room = new TextRoom(context);
    }

    /// Takes the next event; `false` when there is no more room.
    boolean event(XMLStreamReader xml) throws XMLStreamException {
      switch (xml.next()) {
        case XMLStreamConstants.START_ELEMENT, XMLStreamConstants.END_ELEMENT -> close();
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
          lastLine = xml.getLocation().getLineNumber();
          return add(xml.getText());
        }
        case XMLStreamConstants.ENTITY_REFERENCE -> {
          warnOfEntities();
          return add("&" + xml.getLocalName() + ";");
        }
        default -> {}
      }
      return room.take(0, 0);
    }

    private void warnOfEntities() {
      if (!toldOfEntities) {
        toldOfEntities = true;
        context.warn(
            "xml-entities",
            "The document declares entities; they are shown by name, not by what they stand for.",
            null);
      }
    }

    private boolean add(String more) {
      if (text.isEmpty()) {
        firstLine = lastLine;
      }
      text.append(more);
      return room.take(more.length(), 0);
    }

    private void close() {
      String content = text.toString().strip();
      if (!content.isEmpty()) {
        blocks.add(
            new Block.Paragraph(
                Text.of(content), new SourceSpan.Lines(firstLine, Math.max(firstLine, lastLine))));
      }
      text.setLength(0);
    }

    List<Block> finish() {
      close();
      return blocks;
    }
  }
}
