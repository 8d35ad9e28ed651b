package dev.sandpiper.parser.format.ooxml;

import dev.sandpiper.parser.document.Block;
import dev.sandpiper.parser.format.ParseContext;
import dev.sandpiper.parser.format.container.SafeZip;
import dev.sandpiper.parser.format.container.XmlCursor;
import dev.sandpiper.parser.task.ByteSource;
import dev.sandpiper.parser.task.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An open Office Open XML package.
public final class OoxmlPackage implements AutoCloseable {

  private static final int MOST_RELATIONSHIPS = 100_000;

  private final SafeZip zip;
  private final ParseContext context;

  private OoxmlPackage(SafeZip zip, ParseContext context) {
    this.zip = zip;
    this.context = context;
  }

  /// Opens the package.
  ///
  /// @throws IOException when the zip container is damaged
  public static OoxmlPackage open(ByteSource source, ParseContext context) throws IOException {
    return new OoxmlPackage(SafeZip.open(source, context.budget()), context);
  }

  /// Name of the main part: what the package's relationships say, else `usual`.
  public String mainPart(String usual) {
    for (Relationship relationship : relationships("").values()) {
      if (relationship.type().equals("officeDocument")
          && !relationship.external()
          && zip.has(relationship.target())) {
        return relationship.target();
      }
    }
    return usual;
  }

  /// Opens a part; `null` when it is missing or cannot be unpacked, the latter with a warning.
  public @Nullable XmlCursor xml(String part) {
    return zip.xml(part, Namespaces.PREFIXES, context);
  }

  /// The relationships of a part by id, in order; empty text names the package itself.
  public Map<String, Relationship> relationships(String part) {
    Map<String, Relationship> found = new LinkedHashMap<>();
    int slash = part.lastIndexOf('/');
    String folder = part.substring(0, slash + 1);
    try (XmlCursor xml = xml(folder + "_rels/" + part.substring(slash + 1) + ".rels")) {
      while (xml != null && xml.next() && found.size() < MOST_RELATIONSHIPS) {
        if (xml.isStart("rel:Relationship")) {
          Relationship relationship = relationship(xml, folder);
          found.putIfAbsent(relationship.id(), relationship);
        }
      }
    }
    return found;
  }

  /// The first relationship of a type; `null` when there is none.
  public static @Nullable Relationship first(Map<String, Relationship> all, String type) {
    for (Relationship relationship : all.values()) {
      if (relationship.type().equals(type) && !relationship.external()) {
        return relationship;
      }
    }
    return null;
  }

  /// Blocks of a document stored in the package; empty with a warning when it cannot be read.
  public List<Block> nested(String part) {
    try (InputStream in = zip.open(part)) {
      return in == null ? List.of() : context.parseNested(context.spool(in, part), part);
    } catch (IOException e) {
      context.warn("damaged-part", "This part cannot be unpacked: " + Reason.of(e) + ".", part);
      return List.of();
    }
  }

  private static Relationship relationship(XmlCursor xml, String folder) {
    String type = xml.attr("Type", "");
    String target = xml.attr("Target", "");
    boolean external = xml.attr("TargetMode", "").equalsIgnoreCase("External");
    return new Relationship(
        xml.attr("Id", ""),
        type.substring(type.lastIndexOf('/') + 1),
        external ? target : resolve(folder, target),
        external);
  }

  static String resolve(String folder, String target) {
    int fragment = target.indexOf('#');
    String path = fragment < 0 ? target : target.substring(0, fragment);
    Deque<String> segments = new ArrayDeque<>();
    String joined = path.startsWith("/") ? path : folder + path;
    for (String segment : joined.split("/", -1)) {
      if (segment.equals("..")) {
        segments.pollLast();
      } else if (!segment.isEmpty() && !segment.equals(".")) {
        segments.addLast(segment);
      }
    }
    return String.join("/", segments);
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
