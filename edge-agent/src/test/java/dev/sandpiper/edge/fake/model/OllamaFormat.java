package dev.sandpiper.edge.fake.model;

import dev.sandpiper.edge.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Ollama's own chat and embeddings. A question that is in the cache as a whole is not counted, as
/// Ollama does it.
final class OllamaFormat implements Format {

  @Override
  public boolean chats(String path) {
    return path.equals("/api/chat");
  }

  @Override
  public boolean embeds(String path) {
    return path.equals("/api/embed");
  }

  @Override
  public Asked read(FakeHttp.Request request, JsonValue body) throws BadQuestionException {
    Format.demand(!body.text("model", "").isEmpty(), "model is required");
    List<Asked.Said> messages = new ArrayList<>();
    StringBuilder system = new StringBuilder();
    for (JsonValue message : body.at("messages").items()) {
      String role = message.text("role", "");
      if (role.equals("system")) {
        system.append(message.text("content", ""));
        continue;
      }
      List<Reply.Call> calls = new ArrayList<>();
      for (JsonValue call : message.at("tool_calls").items()) {
        Format.demand(
            call.at("function", "arguments") instanceof JsonValue.Fields,
            "json: cannot unmarshal string into Go struct field"
                + " ChatRequest.messages.tool_calls.function.arguments of type"
                + " api.ToolCallFunctionArguments");
        calls.add(
            new Reply.Call(
                "", call.at("function").text("name", ""), call.at("function", "arguments").json()));
      }
      messages.add(new Asked.Said(role, message.text("content", ""), "", calls));
    }
    JsonValue options = body.at("options");
    return new Asked(
        Asked.Api.OLLAMA,
        body.text("model", ""),
        request.header("authorization").replaceFirst("^Bearer ", ""),
        !body.has("stream") || body.flag("stream"),
        system.toString(),
        messages,
        body.at("tools").items().stream()
            .map(tool -> tool.at("function").text("name", ""))
            .toList(),
        (int) options.number(0, "num_predict"),
        options.findReal("temperature").orElse(-1.0));
  }

  @Override
  public List<byte[]> stream(Served served) {
    List<byte[]> lines = new ArrayList<>();
    for (String thought : served.thoughts()) {
      lines.add(line(chunk(served, "", thought, List.of())));
    }
    for (String piece : served.pieces()) {
      lines.add(line(chunk(served, piece, "", List.of())));
    }
    for (Reply.Call call : served.says().calls()) {
      lines.add(line(chunk(served, "", "", List.of(call))));
    }
    Map<String, Object> last = chunk(served, "", "", List.of());
    end(served, last);
    lines.add(line(last));
    return lines;
  }

  private static byte[] line(Map<String, Object> chunk) {
    return (Js.text(chunk) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static Map<String, Object> chunk(
      Served served, String text, String thinking, List<Reply.Call> calls) {
    List<Object> written = new ArrayList<>();
    for (Reply.Call call : calls) {
      written.add(
          Js.object(
              "function",
              Js.object("name", call.tool(), "arguments", JsonValue.ours(call.arguments()))));
    }
    return Js.object(
        "model",
        served.asked().model(),
        "created_at",
        "2026-12-01T00:00:00.000000Z",
        "message",
        Js.object(
            "role",
            "assistant",
            "content",
            text,
            "thinking",
            thinking.isEmpty() ? null : thinking,
            "tool_calls",
            written.isEmpty() ? null : written),
        "done",
        false);
  }

  private static void end(Served served, Map<String, Object> chunk) {
    Count count = served.count();
    chunk.put("done", true);
    chunk.put("done_reason", served.cut() ? "length" : "stop");
    chunk.put("total_duration", 4_000_000_000L);
    chunk.put("load_duration", 1_000_000L);
    if (count.cached() < count.input()) {
      chunk.put("prompt_eval_count", count.input());
    }
    chunk.put("prompt_eval_duration", 1_000_000L);
    chunk.put("eval_count", count.output());
    chunk.put("eval_duration", 1_000_000L);
  }

  @Override
  public Object whole(Served served) {
    Map<String, Object> all =
        chunk(served, served.text(), served.says().thinking(), served.says().calls());
    end(served, all);
    return all;
  }

  @Override
  public String streamType() {
    return "application/x-ndjson";
  }

  @Override
  public int status(Reply.Trouble trouble) {
    return trouble == Reply.Trouble.OVERLOADED ? 503 : trouble.status();
  }

  @Override
  public Object refusal(Reply.Trouble trouble, String message, int status) {
    return Js.object(
        "error",
        switch (trouble) {
          case TOO_LONG -> "the input length exceeds the context length";
          case BAD_KEY -> "unauthorized";
          default -> message;
        });
  }

  @Override
  public byte[] inside(String message) {
    return line(Js.object("error", message));
  }

  @Override
  public byte[] alive() {
    return new byte[0];
  }

  @Override
  public List<String> texts(JsonValue body) {
    return body.at("input") instanceof JsonValue.Text(String one)
        ? List.of(one)
        : body.at("input").items().stream().map(OpenAiFormat::content).toList();
  }

  @Override
  public Object vectors(String model, List<float[]> vectors, long tokens) {
    return Js.object(
        "model",
        model,
        "embeddings",
        vectors.stream().map(OpenAiFormat::floats).toList(),
        "total_duration",
        14_143_917L,
        "prompt_eval_count",
        tokens);
  }
}
