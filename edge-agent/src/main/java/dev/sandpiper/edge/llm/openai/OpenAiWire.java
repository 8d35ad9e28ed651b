package dev.sandpiper.edge.llm.openai;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sandpiper.edge.config.Secret;
import dev.sandpiper.edge.json.JsonValue;
import dev.sandpiper.edge.llm.ChatMessage;
import dev.sandpiper.edge.llm.ChatRequest;
import dev.sandpiper.edge.llm.ToolCall;
import dev.sandpiper.edge.llm.ToolSpec;
import dev.sandpiper.edge.llm.wire.ChatWire;
import dev.sandpiper.edge.llm.wire.Complaint;
import dev.sandpiper.edge.llm.wire.Growing;
import dev.sandpiper.edge.llm.wire.JsonText;
import dev.sandpiper.edge.llm.wire.ModelEndpoint;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Chat completions, streamed.
final class OpenAiWire implements ChatWire {

  private final ModelEndpoint endpoint;
  private final String model;
  private volatile Accent accent;

  OpenAiWire(ModelEndpoint endpoint, String model) {
    this.endpoint = endpoint;
    this.model = model;
    accent = Accent.of(endpoint.host(), model);
  }

  /// The address of one of the API's doors. A base without a path is a server's root.
  static URI door(ModelEndpoint endpoint, String path) {
    String folder = endpoint.base().getPath();
    boolean root = folder == null || folder.isEmpty() || folder.equals("/");
    return endpoint.under(root ? "v1" : "", path);
  }

  static Map<String, String> headers(ModelEndpoint endpoint) {
    Secret key = endpoint.key();
    return key == null ? Map.of() : Map.of("Authorization", "Bearer " + key.reveal());
  }

  @Override
  public Question question(ChatRequest request) {
    return new Question(
        door(endpoint, "chat/completions"),
        headers(endpoint),
        JsonText.of(json -> write(request, json)));
  }

  private void write(ChatRequest request, JsonGenerator json) throws IOException {
    Accent spoken = accent;
    json.writeStartObject();
    json.writeStringField("model", model);
    json.writeBooleanField("stream", true);
    if (spoken.streamOptions()) {
      json.writeObjectFieldStart("stream_options");
      json.writeBooleanField("include_usage", true);
      json.writeEndObject();
    }
    json.writeNumberField(spoken.limit(), request.sampling().maxTokens());
    Double temperature = request.sampling().temperature();
    if (temperature != null && spoken.temperature()) {
      json.writeNumberField("temperature", temperature);
    }
    json.writeArrayFieldStart("messages");
    if (!request.system().isBlank()) {
      message("system", request.system(), json);
    }
    for (ChatMessage message : request.messages()) {
      write(message, json);
    }
    json.writeEndArray();
    tools(request.tools(), json);
    json.writeEndObject();
  }

  private static void message(String role, String text, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("role", role);
    json.writeStringField("content", text);
    json.writeEndObject();
  }

  private static void write(ChatMessage message, JsonGenerator json) throws IOException {
    switch (message) {
      case ChatMessage.User(String text) -> message("user", text, json);
      case ChatMessage.ToolResult result -> {
        json.writeStartObject();
        json.writeStringField("role", "tool");
        json.writeStringField("tool_call_id", result.callId());
        json.writeStringField("content", result.text());
        json.writeEndObject();
      }
      case ChatMessage.Assistant(String text, List<ToolCall> calls) -> {
        if (calls.isEmpty()) {
          message("assistant", text, json);
        } else {
          calling(text, calls, json);
        }
      }
    }
  }

  private static void calling(String text, List<ToolCall> calls, JsonGenerator json)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("role", "assistant");
    if (text.isEmpty()) {
      json.writeNullField("content");
    } else {
      json.writeStringField("content", text);
    }
    json.writeArrayFieldStart("tool_calls");
    for (ToolCall call : calls) {
      json.writeStartObject();
      json.writeStringField("id", call.id());
      json.writeStringField("type", "function");
      json.writeObjectFieldStart("function");
      json.writeStringField("name", call.tool());
      json.writeStringField("arguments", JsonText.object(call.arguments()).json());
      json.writeEndObject();
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void tools(List<ToolSpec> tools, JsonGenerator json) throws IOException {
    if (tools.isEmpty()) {
      return;
    }
    json.writeArrayFieldStart("tools");
    for (ToolSpec tool : tools) {
      json.writeStartObject();
      json.writeStringField("type", "function");
      json.writeObjectFieldStart("function");
      json.writeStringField("name", tool.name());
      json.writeStringField("description", tool.description());
      json.writeFieldName("parameters");
      JsonText.object(tool.schema()).write(json);
      json.writeEndObject();
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  @Override
  public void read(InputStream body, String contentType, Growing answer) throws IOException {
    new OpenAiStream(answer).read(body, contentType);
  }

  @Override
  public Complaint complaint(int status, JsonValue body) {
    return OpenAiStream.complaint(status, body);
  }

  @Override
  public boolean learns(Complaint complaint) {
    Accent before = accent;
    List<String> words = new ArrayList<>(complaint.codes());
    words.add(complaint.message());
    Accent after = before.after(complaint.param(), String.join(" ", words));
    accent = after;
    return complaint.status() < 500 && !after.equals(before);
  }
}
