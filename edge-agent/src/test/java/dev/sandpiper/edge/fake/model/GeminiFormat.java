package dev.sandpiper.edge.fake.model;

import dev.sandpiper.edge.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Google's generated content and embeddings.
final class GeminiFormat implements Format {

  private static final Set<String> FIELDS =
      Set.of(
          "contents",
          "systemInstruction",
          "tools",
          "toolConfig",
          "safetySettings",
          "generationConfig",
          "cachedContent",
          "model");

  @Override
  public boolean chats(String path) {
    return path.startsWith("/v1beta/") && path.matches(".*:(stream)?[gG]enerateContent");
  }

  @Override
  public boolean embeds(String path) {
    return path.startsWith("/v1beta/") && path.endsWith(":batchEmbedContents");
  }

  @Override
  public Asked read(FakeHttp.Request request, JsonValue body) throws BadQuestionException {
    if (body instanceof JsonValue.Fields(Map<String, JsonValue> fields)) {
      for (String name : fields.keySet()) {
        Format.demand(
            FIELDS.contains(name),
            "Invalid JSON payload received. Unknown name \"" + name + "\": Cannot find field.");
      }
    }
    List<Asked.Said> messages = new ArrayList<>();
    int open = 0;
    for (JsonValue content : body.at("contents").items()) {
      int results = 0;
      StringBuilder said = new StringBuilder();
      List<Reply.Call> calls = new ArrayList<>();
      for (JsonValue part : content.at("parts").items()) {
        said.append(part.text("text", ""));
        if (part.has("functionCall")) {
          JsonValue call = part.at("functionCall");
          Format.demand(
              call.at("args") instanceof JsonValue.Fields, "functionCall.args must be an object");
          calls.add(new Reply.Call("", call.text("name", ""), call.at("args").json()));
        }
        if (part.has("functionResponse")) {
          results++;
          JsonValue response = part.at("functionResponse", "response");
          String text = response.text("result", response.text("error", response.json()));
          messages.add(new Asked.Said("tool", text, "", List.of()));
        }
      }
      boolean model = content.text("role", "user").equals("model");
      Format.demand(
          model || results == open,
          "Please ensure that the number of function response parts is equal to the number of"
              + " function call parts of the function call turn.");
      open = model ? calls.size() : 0;
      if (results == 0 || !said.isEmpty()) {
        messages.add(new Asked.Said(model ? "assistant" : "user", said.toString(), "", calls));
      }
    }
    Format.demand(
        !messages.isEmpty(), "* GenerateContentRequest.contents: contents is not specified");
    JsonValue config = body.at("generationConfig");
    List<String> tools = new ArrayList<>();
    for (JsonValue tool : body.at("tools").items()) {
      tool.at("functionDeclarations").items().forEach(one -> tools.add(one.text("name", "")));
    }
    String path = request.path();
    return new Asked(
        Asked.Api.GEMINI,
        path.replaceFirst(".*/models/", "").replaceFirst(":.*", ""),
        request.header("x-goog-api-key"),
        path.contains(":stream"),
        system(body),
        messages,
        tools,
        (int) config.number(0, "maxOutputTokens"),
        config.findReal("temperature").orElse(-1.0));
  }

  private static String system(JsonValue body) {
    StringBuilder system = new StringBuilder();
    body.at("systemInstruction", "parts")
        .items()
        .forEach(part -> system.append(part.text("text", "")));
    return system.toString();
  }

  @Override
  public List<byte[]> stream(Served served) {
    List<Map<String, Object>> parts = new ArrayList<>();
    for (String thought : served.thoughts()) {
      parts.add(Js.object("text", thought, "thought", true));
    }
    for (String piece : served.pieces()) {
      parts.add(Js.object("text", piece));
    }
    for (Reply.Call call : served.says().calls()) {
      parts.add(call(call));
    }
    List<byte[]> events = new ArrayList<>();
    for (Map<String, Object> part : parts) {
      Map<String, Object> soFar =
          Js.object(
              "promptTokenCount", served.count().input(),
              "totalTokenCount", served.count().input());
      events.add(Format.event(chunk(served, List.of(part), "", soFar)));
    }
    events.add(
        Format.event(
            chunk(served, List.of(Js.object("text", "")), end(served), usage(served.count()))));
    return events;
  }

  private static Map<String, Object> call(Reply.Call call) {
    return Js.object(
        "functionCall",
        Js.object("name", call.tool(), "args", JsonValue.ours(call.arguments())),
        "thoughtSignature",
        "c2VhbA==");
  }

  private static Map<String, Object> chunk(
      Served served, List<Map<String, Object>> parts, String end, Map<String, Object> usage) {
    return Js.object(
        "candidates",
        List.of(
            Js.object(
                "content",
                Js.object("role", "model", "parts", parts),
                "finishReason",
                end.isEmpty() ? null : end,
                "index",
                0)),
        "usageMetadata",
        usage,
        "modelVersion",
        served.asked().model(),
        "responseId",
        "resp-" + served.number());
  }

  private static String end(Served served) {
    if (served.says().refused()) {
      return "SAFETY";
    }
    return served.cut() ? "MAX_TOKENS" : "STOP";
  }

  private static Map<String, Object> usage(Count count) {
    return Js.object(
        "promptTokenCount",
        count.input(),
        "cachedContentTokenCount",
        count.cached() == 0 ? null : count.cached(),
        "candidatesTokenCount",
        count.output() - count.reasoning(),
        "thoughtsTokenCount",
        count.reasoning() == 0 ? null : count.reasoning(),
        "totalTokenCount",
        count.input() + count.output());
  }

  @Override
  public Object whole(Served served) {
    List<Map<String, Object>> parts = new ArrayList<>();
    if (!served.says().thinking().isEmpty()) {
      parts.add(Js.object("text", served.says().thinking(), "thought", true));
    }
    if (!served.text().isEmpty()) {
      parts.add(Js.object("text", served.text()));
    }
    served.says().calls().forEach(call -> parts.add(call(call)));
    return chunk(served, parts, end(served), usage(served.count()));
  }

  @Override
  public String streamType() {
    return "text/event-stream";
  }

  @Override
  public int status(Reply.Trouble trouble) {
    return switch (trouble) {
      case BAD_KEY -> 400;
      case NO_CREDIT -> 402;
      case OVERLOADED -> 503;
      default -> trouble.status();
    };
  }

  @Override
  public Object refusal(Reply.Trouble trouble, String message, int status) {
    String code =
        switch (trouble) {
          case BAD_KEY, TOO_LONG, BAD_REQUEST -> "INVALID_ARGUMENT";
          case NO_CREDIT -> "FAILED_PRECONDITION";
          case UNKNOWN_MODEL -> "NOT_FOUND";
          case RATE_LIMIT -> "RESOURCE_EXHAUSTED";
          case OVERLOADED -> "UNAVAILABLE";
          case SERVER -> "INTERNAL";
        };
    String words =
        trouble == Reply.Trouble.TOO_LONG
            ? "The input token count (1200000) exceeds the maximum number of tokens allowed"
                + " (1048576)."
            : message;
    List<Object> details =
        trouble == Reply.Trouble.BAD_KEY
            ? List.of(
                Js.object(
                    "@type", "type.googleapis.com/google.rpc.ErrorInfo",
                    "reason", "API_KEY_INVALID",
                    "domain", "googleapis.com"))
            : List.of();
    return Js.object(
        "error", Js.object("code", status, "message", words, "status", code, "details", details));
  }

  @Override
  public byte[] inside(String message) {
    return Format.event(
        Js.object("error", Js.object("code", 503, "message", message, "status", "UNAVAILABLE")));
  }

  @Override
  public List<String> texts(JsonValue body) {
    return body.at("requests").items().stream()
        .map(request -> OpenAiFormat.content(request.at("content", "parts")))
        .toList();
  }

  @Override
  public Object vectors(String model, List<float[]> vectors, long tokens) {
    return Js.object(
        "embeddings",
        vectors.stream().map(vector -> Js.object("values", OpenAiFormat.floats(vector))).toList());
  }
}
