package dev.sandpiper.parser.format.text;

import dev.sandpiper.parser.detect.Format;
import dev.sandpiper.parser.document.Document;
import dev.sandpiper.parser.document.Metadata;
import dev.sandpiper.parser.format.FormatParser;
import dev.sandpiper.parser.format.ParseContext;
import dev.sandpiper.parser.task.ByteSource;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// XML of no known vocabulary: a nested list of elements with their names and attributes.
///
/// Document types are not read at all, so there are no entities to expand and none to fetch.
public final class XmlReader implements FormatParser {

  @Override
  public Set<Format> formats() {
    return Set.of(Format.XML);
  }

  @Override
  public Document parse(ByteSource source, Format format, ParseContext context) throws IOException {
    TextRoom room = new TextRoom(context);
    ElementTree tree = new ElementTree(context.budget().limits().maxNesting() - 1);
    int line = 1;
    try (InputStream in = source.open()) {
      XMLStreamReader xml = factory().createXMLStreamReader(in);
      try {
        while (xml.hasNext() && event(xml, tree, room)) {
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
    if (tree.hasEntities()) {
      context.warn(
          "xml-entities",
          "The document declares entities; they are shown by name, not by what they stand for.",
          null);
    }
    return new Document(Metadata.NONE, 1, tree.finish());
  }

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, false);
    return factory;
  }

  /// Takes the next event; `false` when there is no more room.
  private static boolean event(XMLStreamReader xml, ElementTree tree, TextRoom room)
      throws XMLStreamException {
    switch (xml.next()) {
      case XMLStreamConstants.START_ELEMENT -> {
        return room.take(tree.start(xml), 0);
      }
      case XMLStreamConstants.END_ELEMENT -> tree.end();
      case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
        return text(xml.getText(), xml, tree, room);
      }
      case XMLStreamConstants.ENTITY_REFERENCE -> {
        tree.entity();
        return text("&" + xml.getLocalName() + ";", xml, tree, room);
      }
      default -> {}
    }
    return room.take(0, 0);
  }

  private static boolean text(String text, XMLStreamReader xml, ElementTree tree, TextRoom room) {
    if (!room.take(text.length(), 0)) {
      return false;
    }
    tree.text(text, xml.getLocation().getLineNumber());
    return true;
  }
}
