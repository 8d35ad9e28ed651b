package dev.sandpiper.edge.fake.model;

import dev.sandpiper.edge.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Anthropic's Messages.
final class AnthropicFormat implements Format {

  @Override
  public boolean chats(String path) {
    return path.equals("/v1/messages");
  }

  @Override
  public boolean embeds(String path) {
    return false;
  }

  @Override
  public Asked read(FakeHttp.Request request, JsonValue body) throws BadQuestionException {
    Format.demand(
        !request.header("anthropic-version").isEmpty(), "anthropic-version: header is required");
    Format.demand(body.number(0, "max_tokens") > 0, "max_tokens: Field required");
    List<Asked.Said> messages = new ArrayList<>();
    Set<String> open = new HashSet<>();
    for (JsonValue message : body.at("messages").items()) {
      boolean user = message.text("role", "").equals("user");
      List<JsonValue> blocks = message.at("content").items();
      if (message.at("content") instanceof JsonValue.Text(String text)) {
        messages.add(new Asked.Said(user ? "user" : "assistant", text, "", List.of()));
      } else if (user) {
        user(blocks, open, messages);
      } else {
        assistant(blocks, open, messages);
      }
      Format.demand(
          !user || open.isEmpty(),
          "messages: `tool_use` ids were found without `tool_result` blocks immediately after.");
    }
    Format.demand(
        !messages.isEmpty() && !messages.getFirst().role().equals("assistant"),
        "messages: first message must use the \"user\" role");
    return new Asked(
        Asked.Api.ANTHROPIC,
        body.text("model", ""),
        request.header("x-api-key"),
        body.flag("stream"),
        OpenAiFormat.content(body.at("system")),
        messages,
        body.at("tools").items().stream().map(tool -> tool.text("name", "")).toList(),
        (int) body.number(0, "max_tokens"),
        body.findReal("temperature").orElse(-1.0));
  }

  private static void user(List<JsonValue> blocks, Set<String> open, List<Asked.Said> messages)
      throws BadQuestionException {
    StringBuilder said = new StringBuilder();
    for (JsonValue block : blocks) {
      if (block.text("type", "").equals("tool_result")) {
        String id = block.text("tool_use_id", "");
        Format.demand(
            open.remove(id), "messages: unexpected `tool_use_id` found in `tool_result` blocks");
        messages.add(
            new Asked.Said("tool", OpenAiFormat.content(block.at("content")), id, List.of()));
      } else {
        said.append(text(block));
      }
    }
    if (!said.isEmpty()) {
      messages.add(new Asked.Said("user", said.toString(), "", List.of()));
    }
  }

  private static void assistant(List<JsonValue> blocks, Set<String> open, List<Asked.Said> messages)
      throws BadQuestionException {
    StringBuilder said = new StringBuilder();
    List<Reply.Call> calls = new ArrayList<>();
    for (JsonValue block : blocks) {
      if (block.text("type", "").equals("tool_use")) {
        String id = block.text("id", "");
        Format.demand(
            id.matches("[a-zA-Z0-9_-]+"),
            "messages: String should match pattern '^[a-zA-Z0-9_-]+$'");
        Format.demand(
            block.at("input") instanceof JsonValue.Fields,
            "messages: tool_use.input: Input should be a valid dictionary");
        open.add(id);
        calls.add(new Reply.Call(id, block.text("name", ""), block.at("input").json()));
      } else {
        said.append(text(block));
      }
    }
    messages.add(new Asked.Said("assistant", said.toString(), "", calls));
  }

  private static String text(JsonValue block) throws BadQuestionException {
    String text = block.text("text", "");
    Format.demand(
        !text.isBlank(), "messages: text content blocks must contain non-whitespace text");
    return text;
  }

  @Override
  public List<byte[]> stream(Served served) {
    List<byte[]> events = new ArrayList<>();
    Map<String, Object> start = message(served);
    start.put("content", List.of());
    start.put("usage", usage(served.count(), 1));
    events.add(event("message_start", "message", start));
    events.add(alive());
    int index = 0;
    if (!served.thoughts().isEmpty()) {
      events.add(begin(index, Js.object("type", "thinking", "thinking", "", "signature", "")));
      for (String thought : served.thoughts()) {
        events.add(more(index, Js.object("type", "thinking_delta", "thinking", thought)));
      }
      events.add(more(index, Js.object("type", "signature_delta", "signature", "c2VhbA==")));
      events.add(event("content_block_stop", "index", index++));
    }
    if (!served.pieces().isEmpty()) {
      events.add(begin(index, Js.object("type", "text", "text", "")));
      for (String piece : served.pieces()) {
        events.add(more(index, Js.object("type", "text_delta", "text", piece)));
      }
      events.add(event("content_block_stop", "index", index++));
    }
    for (Reply.Call call : served.says().calls()) {
      events.add(begin(index, tool(served, call, index, Js.object())));
      String all = call.arguments();
      for (String part :
          List.of("", all.substring(0, all.length() / 2), all.substring(all.length() / 2))) {
        events.add(more(index, Js.object("type", "input_json_delta", "partial_json", part)));
      }
      events.add(event("content_block_stop", "index", index++));
    }
    events.add(
        Format.event(
            "message_delta",
            Js.object(
                "type", "message_delta",
                "delta", Js.object("stop_reason", end(served)),
                "usage", Js.object("output_tokens", served.count().output()))));
    events.add(Format.event("message_stop", Js.object("type", "message_stop")));
    return events;
  }

  private static byte[] event(String type, String field, Object value) {
    return Format.event(type, Js.object("type", type, field, value));
  }

  private static byte[] begin(int index, Map<String, Object> block) {
    return Format.event(
        "content_block_start",
        Js.object("type", "content_block_start", "index", index, "content_block", block));
  }

  private static byte[] more(int index, Map<String, Object> delta) {
    return Format.event(
        "content_block_delta",
        Js.object("type", "content_block_delta", "index", index, "delta", delta));
  }

  private static Map<String, Object> tool(Served served, Reply.Call call, int index, Object input) {
    String id = call.id().isEmpty() ? "toolu_" + served.number() + "_" + index : call.id();
    return Js.object("type", "tool_use", "id", id, "name", call.tool(), "input", input);
  }

  private static Map<String, Object> message(Served served) {
    Map<String, Object> message =
        Js.object(
            "id",
            "msg_" + served.number(),
            "type",
            "message",
            "role",
            "assistant",
            "model",
            served.asked().model());
    message.put("stop_reason", new JsonValue.Nothing());
    message.put("stop_sequence", new JsonValue.Nothing());
    return message;
  }

  private static String end(Served served) {
    if (served.says().refused()) {
      return "refusal";
    }
    if (served.cut()) {
      return "max_tokens";
    }
    return served.says().calls().isEmpty() ? "end_turn" : "tool_use";
  }

  private static Map<String, Object> usage(Count count, long output) {
    return Js.object(
        "input_tokens",
        count.input() - count.cached() - count.written(),
        "cache_creation_input_tokens",
        count.written(),
        "cache_read_input_tokens",
        count.cached(),
        "output_tokens",
        output);
  }

  @Override
  public Object whole(Served served) {
    List<Object> content = new ArrayList<>();
    if (!served.says().thinking().isEmpty()) {
      content.add(
          Js.object(
              "type", "thinking", "thinking", served.says().thinking(), "signature", "c2VhbA=="));
    }
    if (!served.text().isEmpty()) {
      content.add(Js.object("type", "text", "text", served.text()));
    }
    for (Reply.Call call : served.says().calls()) {
      content.add(tool(served, call, content.size(), JsonValue.ours(call.arguments())));
    }
    Map<String, Object> message = message(served);
    message.put("content", content);
    message.put("stop_reason", end(served));
    message.put("usage", usage(served.count(), served.count().output()));
    return message;
  }

  @Override
  public String streamType() {
    return "text/event-stream; charset=utf-8";
  }

  @Override
  public int status(Reply.Trouble trouble) {
    // Anthropic tells an empty account by its words.
    return trouble == Reply.Trouble.NO_CREDIT ? 400 : trouble.status();
  }

  @Override
  public Object refusal(Reply.Trouble trouble, String message, int status) {
    String type =
        switch (trouble) {
          case BAD_KEY -> "authentication_error";
          case UNKNOWN_MODEL -> "not_found_error";
          case RATE_LIMIT -> "rate_limit_error";
          case OVERLOADED -> "overloaded_error";
          case SERVER -> "api_error";
          case NO_CREDIT, TOO_LONG, BAD_REQUEST -> "invalid_request_error";
        };
    String words =
        switch (trouble) {
          case NO_CREDIT ->
              "Your credit balance is too low to access the Anthropic API. Please go to Plans &"
                  + " Billing to upgrade or purchase credits.";
          case TOO_LONG -> "prompt is too long: 210000 tokens > 200000 maximum";
          default -> message;
        };
    return Js.object("type", "error", "error", Js.object("type", type, "message", words));
  }

  @Override
  public byte[] inside(String message) {
    return event("error", "error", Js.object("type", "overloaded_error", "message", message));
  }

  @Override
  public byte[] alive() {
    return "event: ping\ndata: {\"type\": \"ping\"}\n\n".getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public List<String> texts(JsonValue body) {
    throw new UnsupportedOperationException("Anthropic makes no vectors");
  }

  @Override
  public Object vectors(String model, List<float[]> vectors, long tokens) {
    throw new UnsupportedOperationException("Anthropic makes no vectors");
  }
}
