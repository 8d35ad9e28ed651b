package dev.sandpiper.parser.format.container;

import dev.sandpiper.parser.format.ParseContext;
import dev.sandpiper.parser.task.ParseFailure;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/// Walks the start tags, end tags and text of an XML part. Names come out as `prefix:local` with the
/// caller's own prefixes, whatever prefixes the part declares; a name in a namespace the caller did
/// not name is `?`.
///
/// Damaged XML is not an exception: it is reported once as a warning and the part ends there. The
/// usual loop over an element's content, after its start tag:
///
///     int depth = xml.depth();
///     while (xml.nextIn(depth)) { … }
public final class XmlCursor implements AutoCloseable {

  private static final int EVENTS_PER_DEADLINE_CHECK = 4096;
  private static final int MOST_CACHED_NAMES = 4096;
  private static final String UNKNOWN = "?";

  private enum Event {
    START,
    END,
    TEXT,
    NONE
  }

  private final InputStream in;
  private final Map<String, String> prefixes;
  private final ParseContext context;
  private final String part;
  private final Map<String, Map<String, String>> names = new HashMap<>();
  private final @Nullable XMLStreamReader reader;
  private Event event = Event.NONE;
  private int cachedNames;
  private int depth;
  private int events;
  private boolean ended;
  private boolean toldOfEntities;

  private XmlCursor(
      InputStream in, Map<String, String> prefixes, ParseContext context, String part) {
    this.in = in;
    this.prefixes = prefixes;
    this.context = context;
    this.part = part;
    this.reader = openReader();
  }

  /// Starts before the root element.
  ///
  /// @param in closed together with the cursor
  /// @param prefixes namespace URI to the prefix that the caller uses for it
  /// @param part named by the warning about damage
  public static XmlCursor open(
      InputStream in, Map<String, String> prefixes, ParseContext context, String part) {
    return new XmlCursor(in, prefixes, context, part);
  }

  private @Nullable XMLStreamReader openReader() {
    try {
      return SafeXml.reader(in);
    } catch (XMLStreamException e) {
      endDamaged(e);
      return null;
    }
  }

  /// Goes to the next start tag, end tag or text; `false` at the end of the part.
  public boolean next() {
    XMLStreamReader xml = reader;
    while (!ended && xml != null) {
      if (++events % EVENTS_PER_DEADLINE_CHECK == 0) {
        context.budget().checkDeadline();
      }
      if (step(xml)) {
        return true;
      }
    }
    event = Event.NONE;
    return false;
  }

  private boolean step(XMLStreamReader xml) {
    try {
      if (!xml.hasNext()) {
        ended = true;
        return false;
      }
      return classify(xml.next());
    } catch (ParseFailure e) {
      throw e;
    } catch (XMLStreamException | RuntimeException e) {
      // The JDK's scanner throws unchecked exceptions too on some damaged input.
      endDamaged(e);
      return false;
    }
  }

  private boolean classify(int type) {
    if (type == XMLStreamConstants.DTD || type == XMLStreamConstants.ENTITY_REFERENCE) {
      warnOfEntities();
    }
    event =
        switch (type) {
          case XMLStreamConstants.START_ELEMENT -> Event.START;
          case XMLStreamConstants.END_ELEMENT -> Event.END;
          case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
              Event.TEXT;
          default -> Event.NONE;
        };
    if (event == Event.START) {
      depth++;
    } else if (event == Event.END) {
      depth--;
    }
    return event != Event.NONE;
  }

  private void warnOfEntities() {
    if (!toldOfEntities) {
      toldOfEntities = true;
      context.warn(
          "xml-entities",
          "This part declares a document type; text that stands in its entities was left out.",
          part);
    }
  }

  private void endDamaged(Exception e) {
    ended = true;
    String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    context.warn(
        "damaged-xml", "The XML is damaged; what comes before is kept (" + message + ").", part);
  }

  /// Goes to the next event inside the element whose start tag was at `depth`; `false` at its end
  /// tag, or at the end of the part.
  public boolean nextIn(int depth) {
    return next() && this.depth >= depth;
  }

  /// Number of open elements: counts the current one at its start tag, not at its end tag.
  public int depth() {
    return depth;
  }

  /// Whether this is a start tag.
  public boolean isStart() {
    return event == Event.START;
  }

  /// Whether this is the start tag of `name`.
  public boolean isStart(String name) {
    return event == Event.START && name.equals(name());
  }

  /// Whether this is an end tag.
  public boolean isEnd() {
    return event == Event.END;
  }

  /// Whether this is text.
  public boolean isText() {
    return event == Event.TEXT;
  }

  /// The name of the current tag; empty for text.
  public String name() {
    XMLStreamReader xml = reader;
    return xml == null || event == Event.TEXT || event == Event.NONE
        ? ""
        : name(xml.getNamespaceURI(), xml.getLocalName());
  }

  /// The current text, which may be one piece of several.
  public String text() {
    XMLStreamReader xml = reader;
    return xml == null || event != Event.TEXT ? "" : xml.getText();
  }

  /// Value of an attribute of the current start tag, `prefix:local` or `local`.
  public @Nullable String attr(String name) {
    XMLStreamReader xml = reader;
    if (xml == null || event != Event.START) {
      return null;
    }
    for (int i = 0; i < xml.getAttributeCount(); i++) {
      String local = xml.getAttributeLocalName(i);
      if (name.endsWith(local) && name.equals(name(xml.getAttributeNamespace(i), local))) {
        return xml.getAttributeValue(i);
      }
    }
    return null;
  }

  /// Value of an attribute, or `fallback` when it is absent.
  public String attr(String name, String fallback) {
    String value = attr(name);
    return value == null ? fallback : value;
  }

  /// Value of an attribute as a number, or `fallback` when it is absent or not an integer.
  public int intAttr(String name, int fallback) {
    String value = attr(name);
    if (value == null) {
      return fallback;
    }
    try {
      return Integer.parseInt(value.strip());
    } catch (NumberFormatException e) {
      return fallback;
    }
  }

  /// Goes from a start tag to its end tag.
  public void skip() {
    int start = depth;
    while (nextIn(start)) {}
  }

  /// All text inside the current element, up to `mostCharacters`; goes to its end tag.
  public String allText(int mostCharacters) {
    StringBuilder text = new StringBuilder();
    int start = depth;
    while (nextIn(start)) {
      if (isText() && text.length() < mostCharacters) {
        text.append(text());
      }
    }
    return text.length() > mostCharacters ? text.substring(0, mostCharacters) : text.toString();
  }

  private String name(@Nullable String uri, String local) {
    if (uri == null || uri.isEmpty()) {
      return local;
    }
    String prefix = prefixes.get(uri);
    if (prefix == null) {
      return UNKNOWN;
    }
    Map<String, String> known = names.computeIfAbsent(prefix, p -> new HashMap<>());
    String name = known.get(local);
    if (name == null) {
      name = prefix + ":" + local;
      if (cachedNames++ < MOST_CACHED_NAMES) {
        known.put(local, name);
      }
    }
    return name;
  }

  @Override
  public void close() {
    try {
      if (reader != null) {
        reader.close();
      }
      in.close();
    } catch (XMLStreamException | IOException e) {
      // What was read stands; a stream that cannot be closed says nothing about the document.
      ended = true;
    }
  }
}
