package dev.sandpiper.standin.aws.s3;

import dev.sandpiper.standin.aws.fault.RefusedException;
import java.io.ByteArrayInputStream;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.XMLStreamWriter;

/// S3's XML: elements of text, and repeated elements of those.
final class S3Xml {

  private static final String NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/";

  private S3Xml() {}

  /// One element's children in order; a value is text or a further map.
  record Node(String name, Object value) {

    static Node of(String name, Object value) {
      return new Node(name, value);
    }
  }

  static String write(String root, List<Node> children) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter out = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
      out.writeStartDocument("UTF-8", "1.0");
      out.writeStartElement(root);
      if (!root.equals("Error")) {
        out.writeDefaultNamespace(NAMESPACE);
      }
      write(out, children);
      out.writeEndElement();
      out.writeEndDocument();
      out.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("memory cannot fail", e);
    }
    return text.toString();
  }

  private static void write(XMLStreamWriter out, List<?> children) throws XMLStreamException {
    for (Object child : children) {
      if (child instanceof Node(String name, Object value)) {
        out.writeStartElement(name);
        if (value instanceof List<?> inner) {
          write(out, inner);
        } else {
          out.writeCharacters(value.toString());
        }
        out.writeEndElement();
      }
    }
  }

  /// The leaves of every `element` under the root, by name.
  ///
  /// @throws RefusedException when it is no XML
  static List<Map<String, String>> read(byte[] xml, String element) throws RefusedException {
    XMLInputFactory factory = XMLInputFactory.newFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    List<Map<String, String>> found = new ArrayList<>();
    try {
      XMLStreamReader in = factory.createXMLStreamReader(new ByteArrayInputStream(xml));
      while (in.hasNext()) {
        if (in.next() == XMLStreamReader.START_ELEMENT && in.getLocalName().equals(element)) {
          found.add(leaves(in, element));
        }
      }
    } catch (XMLStreamException _) {
      throw new RefusedException(
          400,
          "MalformedXML",
          "The XML you provided was not well-formed or did not validate against our published"
              + " schema");
    }
    return found;
  }

  private static Map<String, String> leaves(XMLStreamReader in, String element)
      throws XMLStreamException {
    Map<String, String> leaves = new LinkedHashMap<>();
    while (in.next() != XMLStreamReader.END_ELEMENT || !in.getLocalName().equals(element)) {
      if (in.getEventType() == XMLStreamReader.START_ELEMENT) {
        leaves.put(in.getLocalName(), in.getElementText());
      }
    }
    return leaves;
  }
}
