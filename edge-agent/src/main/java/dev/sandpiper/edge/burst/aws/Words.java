package dev.sandpiper.edge.burst.aws;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sandpiper.contract.ContentSink;
import dev.sandpiper.contract.ContractException;
import dev.sandpiper.contract.ParseReply;
import dev.sandpiper.contract.ReplyJson;
import dev.sandpiper.edge.burst.Fault;
import dev.sandpiper.edge.health.CheckResult;
import dev.sandpiper.edge.ledger.CloudCounter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads the courier's lines. Fields it does not know are passed over, so that agent and courier of
/// neighbouring versions understand each other.
final class Words {

  private static final JsonFactory JSON = new JsonFactory();

  private final Map<String, String> texts = new HashMap<>();
  private final Map<String, Long> numbers = new HashMap<>();
  private final List<Map<String, String>> items = new ArrayList<>();
  private boolean more;
  private @Nullable ParseReply reply;

  private Words() {}

  /// The word in a line.
  ///
  /// @throws IOException when it is none
  static Word read(byte[] line, int length) throws IOException {
    Words words = new Words();
    try (JsonParser json = JSON.createParser(line, 0, length)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("a line is no JSON object");
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        words.field(json);
      }
      return words.word();
    } catch (ContractException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private void field(JsonParser json) throws IOException {
    String name = json.currentName();
    switch (json.nextToken()) {
      case VALUE_STRING -> texts.put(name, json.getText());
      case VALUE_NUMBER_INT -> numbers.put(name, json.getLongValue());
      case VALUE_TRUE -> more |= name.equals("more");
      case START_ARRAY -> items(json);
      case START_OBJECT -> {
        if (name.equals("reply")) {
          reply = reply(json);
        } else {
          json.skipChildren();
        }
      }
      default -> json.skipChildren();
    }
  }

  private static ParseReply reply(JsonParser json) throws IOException {
    ByteArrayOutputStream copy = new ByteArrayOutputStream(1 << 10);
    try (JsonGenerator out = JSON.createGenerator(copy)) {
      out.copyCurrentStructure(json);
    }
    return ReplyJson.read(new ByteArrayInputStream(copy.toByteArray()), ContentSink.IGNORE);
  }

  private void items(JsonParser json) throws IOException {
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (json.currentToken() != JsonToken.START_OBJECT) {
        json.skipChildren();
        continue;
      }
      Map<String, String> item = new HashMap<>();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        if (json.nextToken().isScalarValue() && json.currentToken() != JsonToken.VALUE_NULL) {
          item.put(name, json.getText());
        } else {
          json.skipChildren();
        }
      }
      items.add(item);
    }
  }

  private Word word() throws IOException {
    return switch (text("op")) {
      case "ready" -> new Word.Ready();
      case "answer" -> {
        if (reply == null) {
          throw new IOException("an answer has no reply");
        }
        yield new Word.Answer(text("id"), reply, texts.get("file"));
      }
      case "refused" -> new Word.Refused(text("id"), fault(text("fault")), text("message"));
      case "usage" -> new Word.Usage(usage());
      case "checks" -> new Word.Checks(checks());
      case "listed" -> new Word.Listed(objects(), more);
      case "fetched" -> new Word.Fetched(text("key"));
      case "dropped" -> new Word.Dropped(text("key"));
      case "cleaned" -> new Word.Cleaned(numbers.getOrDefault("objects", 0L));
      case "problem" -> new Word.Problem(texts.getOrDefault("about", ""), text("message"));
      default -> new Word.Unknown(text("op"));
    };
  }

  private String text(String field) throws IOException {
    return text(texts, field);
  }

  private static String text(Map<String, String> fields, String field) throws IOException {
    String text = fields.get(field);
    if (text == null) {
      throw new IOException("a line has no \"" + field + "\"");
    }
    return text;
  }

  /// A fault of a newer courier is a defect to this agent.
  private static Fault fault(String text) {
    for (Fault fault : Fault.values()) {
      if (fault.name().toLowerCase(Locale.ROOT).equals(text)) {
        return fault;
      }
    }
    return Fault.INTERNAL;
  }

  private Map<CloudCounter, Long> usage() {
    Map<CloudCounter, Long> counts = new EnumMap<>(CloudCounter.class);
    for (CloudCounter counter : CloudCounter.values()) {
      long count = numbers.getOrDefault(counter.wire(), 0L);
      if (count > 0) {
        counts.put(counter, count);
      }
    }
    return counts;
  }

  private List<CheckResult> checks() throws IOException {
    List<CheckResult> checks = new ArrayList<>();
    for (Map<String, String> item : items) {
      String name = text(item, "name");
      String detail = item.getOrDefault("detail", "");
      String fix = item.getOrDefault("fix", "");
      checks.add(
          switch (text(item, "status")) {
            case "ok" -> CheckResult.ok(name, detail);
            case "warn" -> CheckResult.warn(name, detail, fix);
            default -> CheckResult.fail(name, detail, fix);
          });
    }
    return checks;
  }

  private List<CloudObject> objects() throws IOException {
    List<CloudObject> objects = new ArrayList<>();
    for (Map<String, String> item : items) {
      objects.add(
          new CloudObject(
              text(item, "key"),
              size(text(item, "size")),
              item.getOrDefault("name", ""),
              item.get("type")));
    }
    return objects;
  }

  private static long size(String text) throws IOException {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IOException("a size is no number: " + text, e);
    }
  }
}
