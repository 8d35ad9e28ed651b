package dev.sandpiper.parser.format.container;

import java.io.InputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// Makes XML readers that read nothing but the stream they are given: a document type declaration
/// is skipped, entities other than the five of XML stay unexpanded, no resource is ever fetched.
public final class SafeXml {

  private SafeXml() {}

  /// A namespace-aware reader of `in`; the caller closes `in`.
  ///
  /// @throws XMLStreamException when the first bytes are not XML
  public static XMLStreamReader reader(InputStream in) throws XMLStreamException {
    return factory().createXMLStreamReader(in);
  }

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, false);
    factory.setXMLResolver((publicId, systemId, baseUri, namespace) -> {
      throw new XMLStreamException("refers to another resource: " + systemId);
    });
    return factory;
  }
}
