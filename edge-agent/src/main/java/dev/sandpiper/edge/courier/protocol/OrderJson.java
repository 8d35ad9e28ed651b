package dev.sandpiper.edge.courier.protocol;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sandpiper.contract.ParseRequest;
import dev.sandpiper.contract.RequestJson;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Locale;

/// Orders as lines.
public final class OrderJson {

  private static final String OPEN = "open";
  private static final String TASK = "task";
  private static final String STORED = "stored";
  private static final String CANCEL = "cancel";
  private static final String CHECK = "check";
  private static final String LIST = "list";
  private static final String FETCH = "fetch";
  private static final String DROP = "drop";
  private static final String OWN = "own";
  private static final String CLEAN = "clean";
  private static final String STOP = "stop";

  private OrderJson() {}

  /// The order as one line, with its end.
  public static byte[] line(Order order) {
    return switch (order) {
      case Order.Open open -> Fields.line(OPEN, json -> OpenJson.write(open, json));
      case Order.Task task -> Fields.line(TASK, json -> writeTask(task, json));
      case Order.Stored(String id) ->
          Fields.line(STORED, json -> json.writeStringField(Word.ID, id));
      case Order.Cancel(String id) ->
          Fields.line(CANCEL, json -> json.writeStringField(Word.ID, id));
      case Order.Check() -> Fields.line(CHECK, _ -> {});
      case Order.List(int limit) -> Fields.line(LIST, json -> writeLimit(limit, json));
      case Order.Drop(String key) ->
          Fields.line(DROP, json -> json.writeStringField(Word.KEY, key));
      case Order.Own() -> Fields.line(OWN, _ -> {});
      case Order.Clean() -> Fields.line(CLEAN, _ -> {});
      case Order.Fetch fetch ->
          Fields.line(
              FETCH,
              json -> {
                json.writeStringField(Word.KEY, fetch.key());
                json.writeStringField(Word.FILE, fetch.file().toString());
              });
      case Order.Stop() -> Fields.line(STOP, _ -> {});
    };
  }

  /// Reads one line.
  ///
  /// @throws ProtocolException when it is no order
  public static Order read(byte[] line) {
    return Fields.read(line, OrderJson::order);
  }

  private static Order order(Fields fields) throws IOException {
    String op = fields.op();
    return switch (op) {
      case OPEN -> OpenJson.read(fields);
      case TASK -> readTask(fields);
      case STORED -> new Order.Stored(fields.text(Word.ID));
      case CANCEL -> new Order.Cancel(fields.text(Word.ID));
      case CHECK -> new Order.Check();
      case LIST -> new Order.List((int) fields.numberOr(Word.LIMIT, Order.List.ALL));
      case DROP -> new Order.Drop(fields.text(Word.KEY));
      case OWN -> new Order.Own();
      case CLEAN -> new Order.Clean();
      case FETCH -> new Order.Fetch(fields.text(Word.KEY), fields.path(Word.FILE));
      case STOP -> new Order.Stop();
      default -> throw new ProtocolException("unknown order \"" + op + "\"");
    };
  }

  private static void writeLimit(int limit, JsonGenerator json) throws IOException {
    if (limit != Order.List.ALL) {
      json.writeNumberField(Word.LIMIT, limit);
    }
  }

  private static void writeTask(Order.Task task, JsonGenerator json) throws IOException {
    json.writeStringField(Word.ROUTE, task.route().name().toLowerCase(Locale.ROOT));
    ByteArrayOutputStream request = new ByteArrayOutputStream(1024);
    RequestJson.write(task.request(), request);
    json.writeFieldName(Word.REQUEST);
    Fields.writeRaw(request, json);
  }

  private static Order readTask(Fields fields) throws IOException {
    String name = fields.text(Word.ROUTE);
    for (Order.Route route : Order.Route.values()) {
      if (route.name().toLowerCase(Locale.ROOT).equals(name)) {
        return RequestJson.read(new ByteArrayInputStream(fields.message(Word.REQUEST)))
                instanceof ParseRequest request
            ? new Order.Task(route, request)
            : malformedRoute("parts are joined on the edge, a join is no task");
      }
    }
    return malformedRoute("\"" + Word.ROUTE + "\" is direct or burst, not " + name);
  }

  private static Order malformedRoute(String message) {
    throw new ProtocolException(message);
  }
}
