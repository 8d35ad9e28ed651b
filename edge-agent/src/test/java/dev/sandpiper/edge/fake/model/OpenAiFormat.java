package dev.sandpiper.edge.fake.model;

import dev.sandpiper.edge.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// OpenAI's chat completions and embeddings.
final class OpenAiFormat implements Format {

  @Override
  public boolean chats(String path) {
    return path.endsWith("/chat/completions");
  }

  @Override
  public boolean embeds(String path) {
    return path.equals("/v1/embeddings");
  }

  @Override
  public Asked read(FakeHttp.Request request, JsonValue body) throws BadQuestionException {
    List<Asked.Said> messages = new ArrayList<>();
    StringBuilder system = new StringBuilder();
    Set<String> open = new HashSet<>();
    for (JsonValue message : body.at("messages").items()) {
      String role = message.text("role", "");
      String text = content(message.at("content"));
      switch (role) {
        case "system", "developer" -> system.append(text);
        case "user" -> messages.add(new Asked.Said(role, text, "", List.of()));
        case "tool" -> {
          String id = message.text("tool_call_id", "");
          Format.demand(
              open.remove(id),
              "messages with role 'tool' must be a response to a preceding message with"
                  + " 'tool_calls'.");
          messages.add(new Asked.Said(role, text, id, List.of()));
        }
        case "assistant" -> {
          List<Reply.Call> calls = calls(message);
          calls.forEach(call -> open.add(call.id()));
          messages.add(new Asked.Said(role, text, "", calls));
        }
        default -> throw new BadQuestionException("Invalid value: '" + role + "'.");
      }
    }
    Format.demand(!messages.isEmpty(), "Invalid 'messages': empty array.");
    Format.demand(
        open.isEmpty(),
        "An assistant message with 'tool_calls' must be followed by tool"
            + " messages responding to each 'tool_call_id'.");
    long limit = body.number(body.number(0, "max_tokens"), "max_completion_tokens");
    return new Asked(
        Asked.Api.OPENAI,
        body.text("model", ""),
        request.header("authorization").replaceFirst("^Bearer ", ""),
        body.flag("stream"),
        system.toString(),
        messages,
        body.at("tools").items().stream()
            .map(tool -> tool.at("function").text("name", ""))
            .toList(),
        (int) limit,
        body.findReal("temperature").orElse(-1.0));
  }

  private static List<Reply.Call> calls(JsonValue message) {
    return message.at("tool_calls").items().stream()
        .map(call ->
            new Reply.Call(
                call.text("id", ""),
                call.at("function").text("name", ""),
                call.at("function").text("arguments", "")))
        .toList();
  }

  static String content(JsonValue content) {
    if (content instanceof JsonValue.Text(String text)) {
      return text;
    }
    StringBuilder all = new StringBuilder();
    content.items().forEach(part -> all.append(part.text("text", "")));
    return all.toString();
  }

  @Override
  public List<byte[]> stream(Served served) {
    List<byte[]> events = new ArrayList<>();
    events.add(chunk(served, Js.object("role", "assistant", "content", ""), null));
    for (String thought : served.thoughts()) {
      events.add(chunk(served, Js.object("reasoning_content", thought), null));
    }
    for (String piece : served.pieces()) {
      String field = served.says().refused() ? "refusal" : "content";
      events.add(chunk(served, Js.object(field, piece), null));
    }
    int index = 0;
    for (Reply.Call call : served.says().calls()) {
      String half = call.arguments().substring(0, call.arguments().length() / 2);
      events.add(
          chunk(
              served,
              Js.object(
                  "tool_calls",
                  List.of(
                      Js.object(
                          "index",
                          index,
                          "id",
                          id(served, index),
                          "type",
                          "function",
                          "function",
                          Js.object("name", call.tool(), "arguments", "")))),
              null));
      for (String more : List.of(half, call.arguments().substring(half.length()))) {
        events.add(
            chunk(
                served,
                Js.object(
                    "tool_calls",
                    List.of(Js.object("index", index, "function", Js.object("arguments", more)))),
                null));
      }
      index++;
    }
    events.add(chunk(served, Js.object(), end(served)));
    Map<String, Object> last = head(served, "chat.completion.chunk");
    last.put("choices", List.of());
    last.put("usage", usage(served.count()));
    events.add(Format.event(last));
    events.add("data: [DONE]\n\n".getBytes(StandardCharsets.UTF_8));
    return events;
  }

  private static Map<String, Object> head(Served served, String kind) {
    return Js.object(
        "id",
        "chatcmpl-" + served.number(),
        "object",
        kind,
        "created",
        1_764_547_200,
        "model",
        served.asked().model());
  }

  private static byte[] chunk(Served served, Map<String, Object> delta, @Nullable String end) {
    Map<String, Object> chunk = head(served, "chat.completion.chunk");
    Map<String, Object> choice = Js.object("index", 0, "delta", delta);
    choice.put("finish_reason", end == null ? new JsonValue.Nothing() : end);
    chunk.put("choices", List.of(choice));
    return Format.event(chunk);
  }

  private static String id(Served served, int index) {
    String given = served.says().calls().get(index).id();
    return given.isEmpty() ? "call_" + served.number() + "_" + index : given;
  }

  private static String end(Served served) {
    if (served.cut()) {
      return "length";
    }
    return served.says().calls().isEmpty() ? "stop" : "tool_calls";
  }

  private static Map<String, Object> usage(Count count) {
    return Js.object(
        "prompt_tokens", count.input(),
        "completion_tokens", count.output(),
        "total_tokens", count.input() + count.output(),
        "prompt_tokens_details", Js.object("cached_tokens", count.cached()),
        "completion_tokens_details", Js.object("reasoning_tokens", count.reasoning()));
  }

  @Override
  public Object whole(Served served) {
    List<Object> calls = new ArrayList<>();
    for (int i = 0; i < served.says().calls().size(); i++) {
      Reply.Call call = served.says().calls().get(i);
      calls.add(
          Js.object(
              "id",
              id(served, i),
              "type",
              "function",
              "function",
              Js.object("name", call.tool(), "arguments", call.arguments())));
    }
    Map<String, Object> message = Js.object("role", "assistant");
    message.put(served.says().refused() ? "refusal" : "content", served.text());
    if (!calls.isEmpty()) {
      message.put("tool_calls", calls);
    }
    Map<String, Object> answer = head(served, "chat.completion");
    answer.put(
        "choices",
        List.of(Js.object("index", 0, "message", message, "finish_reason", end(served))));
    answer.put("usage", usage(served.count()));
    return answer;
  }

  @Override
  public String streamType() {
    return "text/event-stream; charset=utf-8";
  }

  @Override
  public int status(Reply.Trouble trouble) {
    // OpenAI answers 429 to an empty account, and 503 when it has too much to do.
    return switch (trouble) {
      case NO_CREDIT -> 429;
      case OVERLOADED -> 503;
      default -> trouble.status();
    };
  }

  @Override
  public Object refusal(Reply.Trouble trouble, String message, int status) {
    String code =
        switch (trouble) {
          case BAD_KEY -> "invalid_api_key";
          case NO_CREDIT -> "insufficient_quota";
          case UNKNOWN_MODEL -> "model_not_found";
          case TOO_LONG -> "context_length_exceeded";
          case RATE_LIMIT -> "rate_limit_exceeded";
          default -> null;
        };
    String type =
        switch (trouble) {
          case NO_CREDIT -> "insufficient_quota";
          case RATE_LIMIT -> "requests";
          case OVERLOADED, SERVER -> "server_error";
          default -> "invalid_request_error";
        };
    return Js.object("error", Js.object("message", message, "type", type, "code", code));
  }

  @Override
  public byte[] inside(String message) {
    return Format.event(
        Js.object("error", Js.object("message", message, "type", "server_error", "code", 502)));
  }

  @Override
  public List<String> texts(JsonValue body) {
    return body.at("input") instanceof JsonValue.Text(String one)
        ? List.of(one)
        : body.at("input").items().stream().map(OpenAiFormat::content).toList();
  }

  @Override
  public Object vectors(String model, List<float[]> vectors, long tokens) {
    List<Object> data = new ArrayList<>();
    for (float[] vector : vectors) {
      data.add(Js.object("object", "embedding", "index", data.size(), "embedding", floats(vector)));
    }
    return Js.object(
        "object",
        "list",
        "data",
        data,
        "model",
        model,
        "usage",
        Js.object("prompt_tokens", tokens, "total_tokens", tokens));
  }

  static List<Object> floats(float[] vector) {
    List<Object> all = new ArrayList<>();
    for (float part : vector) {
      all.add(part);
    }
    return all;
  }
}
