package dev.sandpiper.edge.llm.gemini;

import com.fasterxml.jackson.core.JsonGenerator;
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
import dev.sandpiper.edge.llm.wire.Side;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Generated content, streamed.
final class GeminiWire implements ChatWire {

  /// Models that know nothing of sealed thoughts.
  private static final Pattern UNSEALED = Pattern.compile("(?:.*/)?gem(?:ini-[12]|ma).*");

  private final ModelEndpoint endpoint;
  private final String model;
  private final Signatures signatures = new Signatures();

  GeminiWire(ModelEndpoint endpoint, String model) {
    this.endpoint = endpoint;
    this.model = model;
  }

  @Override
  public Question question(ChatRequest request) {
    return new Question(
        GeminiModels.door(endpoint, model, "streamGenerateContent?alt=sse"),
        GeminiModels.headers(endpoint),
        JsonText.of(json -> write(request, json)));
  }

  private void write(ChatRequest request, JsonGenerator json) throws IOException {
    json.writeStartObject();
    if (!request.system().isBlank()) {
      json.writeObjectFieldStart("systemInstruction");
      json.writeArrayFieldStart("parts");
      text(request.system(), json);
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeArrayFieldStart("contents");
    for (Side side : Side.of(request.messages())) {
      write(side, json);
    }
    json.writeEndArray();
    tools(request.tools(), json);
    json.writeObjectFieldStart("generationConfig");
    json.writeNumberField("maxOutputTokens", Math.max(1, request.sampling().maxTokens()));
    Double temperature = request.sampling().temperature();
    if (temperature != null) {
      json.writeNumberField("temperature", temperature);
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private void write(Side side, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("role", side instanceof Side.Ours ? "user" : "model");
    json.writeArrayFieldStart("parts");
    switch (side) {
      case Side.Ours(List<ChatMessage.ToolResult> results, List<String> texts) -> {
        for (ChatMessage.ToolResult result : results) {
          result(result, json);
        }
        for (String text : texts) {
          text(text, json);
        }
      }
      case Side.Theirs(List<String> texts, List<ToolCall> calls) -> {
        for (String text : texts) {
          text(text, json);
        }
        for (ToolCall call : calls) {
          call(call, json);
        }
      }
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void text(String text, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("text", text);
    json.writeEndObject();
  }

  private void call(ToolCall call, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeObjectFieldStart("functionCall");
    json.writeStringField("name", call.tool());
    json.writeFieldName("args");
    JsonText.object(call.arguments()).write(json);
    json.writeEndObject();
    if (!UNSEALED.matcher(model).matches()) {
      json.writeStringField("thoughtSignature", signatures.of(call.id()));
    }
    json.writeEndObject();
  }

  /// Results belong to calls by their order.
  private static void result(ChatMessage.ToolResult result, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeObjectFieldStart("functionResponse");
    json.writeStringField("name", result.tool());
    json.writeObjectFieldStart("response");
    json.writeStringField(result.error() ? "error" : "result", result.text());
    json.writeEndObject();
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void tools(List<ToolSpec> tools, JsonGenerator json) throws IOException {
    if (tools.isEmpty()) {
      return;
    }
    json.writeArrayFieldStart("tools");
    json.writeStartObject();
    json.writeArrayFieldStart("functionDeclarations");
    for (ToolSpec tool : tools) {
      json.writeStartObject();
      json.writeStringField("name", tool.name());
      json.writeStringField("description", tool.description());
      json.writeFieldName("parametersJsonSchema");
      JsonText.object(tool.schema()).write(json);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndArray();
  }

  @Override
  public void read(InputStream body, String contentType, Growing answer) throws IOException {
    new GeminiStream(answer, signatures).read(body);
  }

  @Override
  public Complaint complaint(int status, JsonValue body) {
    return said(status, body);
  }

  /// The exact reason stands among the details, if anywhere.
  static Complaint said(int status, JsonValue body) {
    JsonValue first = body.items().isEmpty() ? body : body.items().getFirst();
    Complaint said = Complaint.of(status, first);
    List<String> codes = new ArrayList<>();
    for (JsonValue detail : first.at("error", "details").items()) {
      detail.findText("reason").ifPresent(codes::add);
    }
    codes.addAll(said.codes());
    return new Complaint(said.status(), codes, said.message(), "", first);
  }
}
