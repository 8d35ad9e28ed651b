package dev.sandpiper.edge.fake.model;

import dev.sandpiper.edge.json.JsonValue;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;

/// Bedrock's Converse, streamed in Amazon's binary event format. AWS's own client understands it.
final class BedrockFormat implements Format {

  @Override
  public boolean chats(String path) {
    return path.matches("/model/[^/]+/converse(-stream)?");
  }

  @Override
  public boolean embeds(String path) {
    return false;
  }

  @Override
  public Asked read(FakeHttp.Request request, JsonValue body) throws BadQuestionException {
    Format.demand(
        request.header("authorization").startsWith("AWS4-HMAC-SHA256 Credential="),
        "Missing Authentication Token");
    List<Asked.Said> messages = new ArrayList<>();
    Set<String> open = new HashSet<>();
    String before = "assistant";
    for (JsonValue message : body.at("messages").items()) {
      String role = message.text("role", "");
      Format.demand(
          !role.equals(before), "A conversation must alternate between user and assistant roles.");
      before = role;
      read(role, message.at("content").items(), open, messages);
      Format.demand(
          role.equals("assistant") || open.isEmpty(),
          "Expected toolResult blocks for the toolUse blocks of the previous turn.");
    }
    Format.demand(!messages.isEmpty(), "The provided request is not valid");
    List<String> tools = new ArrayList<>();
    for (JsonValue tool : body.at("toolConfig", "tools").items()) {
      Format.demand(
          tool.at("toolSpec", "inputSchema", "json") instanceof JsonValue.Fields,
          "The value at toolConfig.tools.0.toolSpec.inputSchema.json must be an object");
      tools.add(tool.at("toolSpec").text("name", ""));
    }
    String[] path = request.path().split("/", -1);
    return new Asked(
        Asked.Api.BEDROCK,
        URLDecoder.decode(path[2], StandardCharsets.UTF_8),
        "",
        path[3].equals("converse-stream"),
        OpenAiFormat.content(body.at("system")),
        messages,
        tools,
        (int) body.number(0, "inferenceConfig", "maxTokens"),
        body.findReal("inferenceConfig", "temperature").orElse(-1.0));
  }

  private static void read(
      String role, List<JsonValue> blocks, Set<String> open, List<Asked.Said> messages)
      throws BadQuestionException {
    StringBuilder said = new StringBuilder();
    List<Reply.Call> calls = new ArrayList<>();
    int results = 0;
    for (JsonValue block : blocks) {
      if (block.has("toolUse")) {
        JsonValue use = block.at("toolUse");
        open.add(use.text("toolUseId", ""));
        calls.add(
            new Reply.Call(
                use.text("toolUseId", ""), use.text("name", ""), use.at("input").json()));
      } else if (block.has("toolResult")) {
        String id = block.at("toolResult").text("toolUseId", "");
        Format.demand(open.remove(id), "Unexpected toolResult " + id);
        messages.add(
            new Asked.Said(
                "tool", OpenAiFormat.content(block.at("toolResult", "content")), id, List.of()));
        results++;
      } else {
        Format.demand(
            !block.text("text", "").isBlank(), "The text field in the ContentBlock is blank.");
        said.append(block.text("text", ""));
      }
    }
    if (results == 0 || !said.isEmpty()) {
      messages.add(new Asked.Said(role, said.toString(), "", calls));
    }
  }

  @Override
  public List<byte[]> stream(Served served) {
    List<byte[]> events = new ArrayList<>();
    events.add(event("messageStart", Js.object("role", "assistant")));
    int index = 0;
    for (String thought : served.thoughts()) {
      events.add(delta(index, Js.object("reasoningContent", Js.object("text", thought))));
    }
    index += served.thoughts().isEmpty() ? 0 : 1;
    for (String piece : served.pieces()) {
      events.add(delta(index, Js.object("text", piece)));
    }
    events.add(event("contentBlockStop", Js.object("contentBlockIndex", index++)));
    for (Reply.Call call : served.says().calls()) {
      String id = call.id().isEmpty() ? "tooluse_" + served.number() + "_" + index : call.id();
      events.add(
          event(
              "contentBlockStart",
              Js.object(
                  "contentBlockIndex",
                  index,
                  "start",
                  Js.object("toolUse", Js.object("toolUseId", id, "name", call.tool())))));
      String all = call.arguments();
      for (String part :
          List.of(all.substring(0, all.length() / 2), all.substring(all.length() / 2))) {
        events.add(delta(index, Js.object("toolUse", Js.object("input", part))));
      }
      events.add(event("contentBlockStop", Js.object("contentBlockIndex", index++)));
    }
    events.add(event("messageStop", Js.object("stopReason", end(served))));
    events.add(
        event(
            "metadata",
            Js.object("usage", usage(served.count()), "metrics", Js.object("latencyMs", 5))));
    return events;
  }

  private static byte[] delta(int index, Map<String, Object> delta) {
    return event("contentBlockDelta", Js.object("contentBlockIndex", index, "delta", delta));
  }

  private static byte[] event(String type, Object payload) {
    return message(
        Map.of(
            ":message-type", "event",
            ":event-type", type,
            ":content-type", "application/json"),
        Js.text(payload));
  }

  /// Lengths, a checksum of them, headers, the payload, and a checksum of all.
  private static byte[] message(Map<String, String> headers, String payload) {
    try {
      ByteArrayOutputStream head = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(head);
      for (Map.Entry<String, String> header : headers.entrySet()) {
        byte[] name = header.getKey().getBytes(StandardCharsets.US_ASCII);
        byte[] value = header.getValue().getBytes(StandardCharsets.UTF_8);
        out.writeByte(name.length);
        out.write(name);
        out.writeByte(7); // a string
        out.writeShort(value.length);
        out.write(value);
      }
      byte[] body = payload.getBytes(StandardCharsets.UTF_8);
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      DataOutputStream frame = new DataOutputStream(all);
      frame.writeInt(16 + head.size() + body.length);
      frame.writeInt(head.size());
      frame.writeInt(checksum(all));
      frame.write(head.toByteArray());
      frame.write(body);
      frame.writeInt(checksum(all));
      return all.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int checksum(ByteArrayOutputStream bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes.toByteArray());
    return (int) crc.getValue();
  }

  private static String end(Served served) {
    if (served.says().refused()) {
      return "guardrail_intervened";
    }
    if (served.cut()) {
      return "max_tokens";
    }
    return served.says().calls().isEmpty() ? "end_turn" : "tool_use";
  }

  private static Map<String, Object> usage(Count count) {
    return Js.object(
        "inputTokens", count.input() - count.cached() - count.written(),
        "outputTokens", count.output(),
        "totalTokens", count.input() + count.output(),
        "cacheReadInputTokens", count.cached(),
        "cacheWriteInputTokens", count.written());
  }

  @Override
  public Object whole(Served served) {
    List<Object> content = new ArrayList<>();
    content.add(Js.object("text", served.text()));
    for (Reply.Call call : served.says().calls()) {
      content.add(
          Js.object(
              "toolUse",
              Js.object(
                  "toolUseId", "tooluse_" + served.number() + "_" + content.size(),
                  "name", call.tool(),
                  "input", JsonValue.ours(call.arguments()))));
    }
    return Js.object(
        "output",
        Js.object("message", Js.object("role", "assistant", "content", content)),
        "stopReason",
        end(served),
        "usage",
        usage(served.count()),
        "metrics",
        Js.object("latencyMs", 5));
  }

  @Override
  public String streamType() {
    return "application/vnd.amazon.eventstream";
  }

  @Override
  public int status(Reply.Trouble trouble) {
    return switch (trouble) {
      case BAD_KEY -> 403;
      case OVERLOADED -> 503;
      default -> trouble.status();
    };
  }

  @Override
  public Object refusal(Reply.Trouble trouble, String message, int status) {
    String type =
        switch (trouble) {
          case BAD_KEY -> "UnrecognizedClientException";
          case UNKNOWN_MODEL -> "ResourceNotFoundException";
          case RATE_LIMIT -> "ThrottlingException";
          case OVERLOADED -> "ServiceUnavailableException";
          case SERVER -> "InternalServerException";
          case NO_CREDIT, TOO_LONG, BAD_REQUEST -> "ValidationException";
        };
    String words =
        trouble == Reply.Trouble.TOO_LONG ? "Input is too long for requested model." : message;
    return Js.object("__type", type, "message", words);
  }

  @Override
  public byte[] inside(String message) {
    return message(
        Map.of(
            ":message-type", "exception",
            ":exception-type", "modelStreamErrorException",
            ":content-type", "application/json"),
        Js.text(Js.object("message", message)));
  }

  @Override
  public byte[] alive() {
    return new byte[0];
  }

  @Override
  public List<String> texts(JsonValue body) {
    throw new UnsupportedOperationException("no vectors here");
  }

  @Override
  public Object vectors(String model, List<float[]> vectors, long tokens) {
    throw new UnsupportedOperationException("no vectors here");
  }
}
