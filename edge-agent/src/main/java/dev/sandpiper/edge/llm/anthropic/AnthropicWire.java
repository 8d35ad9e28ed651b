package dev.sandpiper.edge.llm.anthropic;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sandpiper.edge.config.Secret;
import dev.sandpiper.edge.llm.ChatMessage;
import dev.sandpiper.edge.llm.ChatRequest;
import dev.sandpiper.edge.llm.ToolCall;
import dev.sandpiper.edge.llm.ToolSpec;
import dev.sandpiper.edge.llm.wire.ChatWire;
import dev.sandpiper.edge.llm.wire.Complaint;
import dev.sandpiper.edge.llm.wire.Growing;
import dev.sandpiper.edge.llm.wire.JsonText;
import dev.sandpiper.edge.llm.wire.ModelEndpoint;
import dev.sandpiper.edge.llm.wire.Side;
import dev.sandpiper.edge.llm.wire.ToolIds;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Messages, streamed.
final class AnthropicWire implements ChatWire {

  private static final String VERSION = "2023-06-01";

  private final ModelEndpoint endpoint;
  private final String model;

  /// Newer models take none.
  private volatile boolean temperature = true;

  AnthropicWire(ModelEndpoint endpoint, String model) {
    this.endpoint = endpoint;
    this.model = model;
  }

  @Override
  public Question question(ChatRequest request) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("anthropic-version", VERSION);
    Secret key = endpoint.key();
    if (key != null) {
      headers.put("x-api-key", key.reveal());
    }
    return new Question(
        endpoint.under("v1", "messages"), headers, JsonText.of(json -> write(request, json)));
  }

  private void write(ChatRequest request, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("model", model);
    json.writeBooleanField("stream", true);
    json.writeNumberField("max_tokens", Math.max(1, request.sampling().maxTokens()));
    Double warmth = request.sampling().temperature();
    if (warmth != null && temperature) {
      json.writeNumberField("temperature", Math.min(1, warmth));
    }
    if (!request.system().isBlank()) {
      json.writeStringField("system", request.system());
    }
    json.writeArrayFieldStart("messages");
    for (Side side : Side.of(request.messages())) {
      write(side, json);
    }
    json.writeEndArray();
    if (!request.tools().isEmpty()) {
      tools(request.tools(), json);
    }
    json.writeEndObject();
  }

  private static void write(Side side, JsonGenerator json) throws IOException {
    json.writeStartObject();
    switch (side) {
      case Side.Ours(List<ChatMessage.ToolResult> results, List<String> texts) -> {
        json.writeStringField("role", "user");
        json.writeArrayFieldStart("content");
        for (ChatMessage.ToolResult result : results) {
          result(result, json);
        }
        texts(texts, json);
      }
      case Side.Theirs(List<String> texts, List<ToolCall> calls) -> {
        json.writeStringField("role", "assistant");
        json.writeArrayFieldStart("content");
        texts(texts, json);
        for (ToolCall call : calls) {
          json.writeStartObject();
          json.writeStringField("type", "tool_use");
          json.writeStringField("id", ToolIds.plain(call.id()));
          json.writeStringField("name", call.tool());
          json.writeFieldName("input");
          JsonText.object(call.arguments()).write(json);
          json.writeEndObject();
        }
      }
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void result(ChatMessage.ToolResult result, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("type", "tool_result");
    json.writeStringField("tool_use_id", ToolIds.plain(result.callId()));
    json.writeStringField("content", result.text());
    if (result.error()) {
      json.writeBooleanField("is_error", true);
    }
    json.writeEndObject();
  }

  private static void texts(List<String> texts, JsonGenerator json) throws IOException {
    for (String text : texts) {
      json.writeStartObject();
      json.writeStringField("type", "text");
      json.writeStringField("text", text);
      json.writeEndObject();
    }
  }

  private static void tools(List<ToolSpec> tools, JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("tools");
    for (ToolSpec tool : tools) {
      json.writeStartObject();
      json.writeStringField("name", tool.name());
      json.writeStringField("description", tool.description());
      json.writeFieldName("input_schema");
      JsonText.object(tool.schema()).write(json);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  @Override
  public void read(InputStream body, String contentType, Growing answer) throws IOException {
    new AnthropicStream(answer).read(body);
  }

  @Override
  public boolean learns(Complaint complaint) {
    boolean unwanted =
        temperature && complaint.status() == 400 && complaint.message().contains("temperature");
    temperature &= !unwanted;
    return unwanted;
  }
}
