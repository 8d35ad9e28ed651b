package dev.sandpiper.infra;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/// Reads a template into maps, lists and scalars. The short forms `!Ref`, `!Sub`, `!GetAtt`… become
/// the long ones (`{Ref: …}`, `{Fn::Sub: …}`), so that rules meet one spelling only.
final class YamlTree {

  private YamlTree() {}

  static Map<String, @Nullable Object> read(Path file) {
    try {
      return read(file.getFileName() + "", Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Map<String, @Nullable Object> read(String name, String text) {
    LoadSettings settings = LoadSettings.builder().setLabel(name).build();
    Node root =
        new Compose(settings)
            .composeString(text)
            .orElseThrow(() -> new IllegalArgumentException(name + " is empty"));
    if (root instanceof MappingNode mapping) {
      return map(mapping);
    }
    throw new IllegalArgumentException(name + " is no mapping");
  }

  private static @Nullable Object value(Node node) {
    String tag = node.getTag().getValue();
    if (!tag.startsWith("!")) {
      return plain(node);
    }
    String function = tag.substring(1);
    Map<String, @Nullable Object> call = new LinkedHashMap<>();
    boolean bare = function.equals("Ref") || function.equals("Condition");
    call.put(bare ? function : "Fn::" + function, plain(node));
    return call;
  }

  private static @Nullable Object plain(Node node) {
    return switch (node) {
      case MappingNode mapping -> map(mapping);
      case SequenceNode sequence -> list(sequence);
      case ScalarNode scalar -> scalar(scalar);
      default -> throw new IllegalArgumentException("unexpected " + node.getNodeType());
    };
  }

  private static Map<String, @Nullable Object> map(MappingNode node) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    for (NodeTuple entry : node.getValue()) {
      String key = ((ScalarNode) entry.getKeyNode()).getValue();
      if (map.containsKey(key)) {
        throw new IllegalArgumentException("the key " + key + " stands twice in one mapping");
      }
      map.put(key, value(entry.getValueNode()));
    }
    return map;
  }

  private static List<@Nullable Object> list(SequenceNode node) {
    List<@Nullable Object> list = new ArrayList<>();
    node.getValue().forEach(item -> list.add(value(item)));
    return list;
  }

  private static @Nullable Object scalar(ScalarNode node) {
    Tag tag = node.getTag();
    String text = node.getValue();
    if (tag.equals(Tag.INT)) {
      return Long.valueOf(text);
    }
    if (tag.equals(Tag.BOOL)) {
      return Boolean.valueOf(text);
    }
    return tag.equals(Tag.NULL) ? null : text;
  }

  /// A copy that shares nothing, for an edit.
  static @Nullable Object copy(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<String, @Nullable Object> copy = new LinkedHashMap<>();
      map.forEach((key, entry) -> copy.put((String) key, copy(entry)));
      return copy;
    }
    if (value instanceof List<?> list) {
      List<@Nullable Object> copy = new ArrayList<>();
      list.forEach(item -> copy.add(copy(item)));
      return copy;
    }
    return value;
  }
}
