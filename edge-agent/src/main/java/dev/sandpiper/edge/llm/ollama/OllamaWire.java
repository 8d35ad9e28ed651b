package dev.sandpiper.edge.llm.ollama;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sandpiper.edge.json.JsonValue;
import dev.sandpiper.edge.llm.ChatAnswer.Stop;
import dev.sandpiper.edge.llm.ChatMessage;
import dev.sandpiper.edge.llm.ChatRequest;
import dev.sandpiper.edge.llm.ToolCall;
import dev.sandpiper.edge.llm.ToolSpec;
import dev.sandpiper.edge.llm.Usage;
import dev.sandpiper.edge.llm.wire.BrokenAnswerException;
import dev.sandpiper.edge.llm.wire.ChatWire;
import dev.sandpiper.edge.llm.wire.Complaint;
import dev.sandpiper.edge.llm.wire.Growing;
import dev.sandpiper.edge.llm.wire.JsonText;
import dev.sandpiper.edge.llm.wire.LineReader;
import dev.sandpiper.edge.llm.wire.ModelEndpoint;
import dev.sandpiper.edge.llm.wire.RefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;

/// Chat, streamed: one JSON object a line.
final class OllamaWire implements ChatWire {

  private final ModelEndpoint endpoint;
  private final String model;
  private final OllamaOptions options;

  OllamaWire(ModelEndpoint endpoint, String model, OllamaOptions options) {
    this.endpoint = endpoint;
    this.model = model;
    this.options = options;
  }

  @Override
  public Question question(ChatRequest request) {
    return new Question(
        OllamaModels.door(endpoint, "chat"),
        OllamaModels.headers(endpoint),
        JsonText.of(json -> write(request, json)));
  }

  private void write(ChatRequest request, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("model", model);
    json.writeBooleanField("stream", true);
    keepAlive(options, json);
    json.writeObjectFieldStart("options");
    json.writeNumberField("num_predict", request.sampling().maxTokens());
    Double temperature = request.sampling().temperature();
    if (temperature != null) {
      json.writeNumberField("temperature", temperature);
    }
    if (options.contextTokens() > 0) {
      json.writeNumberField("num_ctx", options.contextTokens());
    }
    json.writeEndObject();
    json.writeArrayFieldStart("messages");
    if (!request.system().isBlank()) {
      message("system", request.system(), json);
      json.writeEndObject();
    }
    for (ChatMessage message : request.messages()) {
      write(message, json);
    }
    json.writeEndArray();
    tools(request.tools(), json);
    json.writeEndObject();
  }

  static void keepAlive(OllamaOptions options, JsonGenerator json) throws IOException {
    Duration time = options.keepAlive();
    if (time != null) {
      json.writeStringField("keep_alive", time.toSeconds() + "s");
    }
  }

  /// Begins a message; the caller ends it.
  private static void message(String role, String text, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("role", role);
    json.writeStringField("content", text);
  }

  private static void write(ChatMessage message, JsonGenerator json) throws IOException {
    switch (message) {
      case ChatMessage.User(String text) -> message("user", text, json);
      case ChatMessage.ToolResult result -> {
        message("tool", result.text(), json);
        json.writeStringField("tool_name", result.tool());
      }
      case ChatMessage.Assistant(String text, List<ToolCall> calls) -> {
        message("assistant", text, json);
        if (!calls.isEmpty()) {
          json.writeArrayFieldStart("tool_calls");
          for (ToolCall call : calls) {
            json.writeStartObject();
            json.writeObjectFieldStart("function");
            json.writeStringField("name", call.tool());
            json.writeFieldName("arguments");
            JsonText.object(call.arguments()).write(json);
            json.writeEndObject();
            json.writeEndObject();
          }
          json.writeEndArray();
        }
      }
    }
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
    LineReader lines = new LineReader(body);
    for (String line = lines.next(); line != null; line = lines.next()) {
      if (!line.isBlank()) {
        chunk(JsonValue.read(line), answer);
      }
    }
    if (!answer.finished()) {
      throw new BrokenAnswerException("broke off before its end");
    }
  }

  private static void chunk(JsonValue chunk, Growing answer) throws IOException {
    if (chunk.has("error")) {
      throw new RefusedException(Complaint.of(0, chunk));
    }
    answer.model(chunk.text("model", ""));
    JsonValue message = chunk.at("message");
    answer.thought(message.text("thinking", ""));
    answer.text(message.text("content", ""));
    for (JsonValue call : message.at("tool_calls").items()) {
      Growing.Draft draft = answer.call(call.text("id", ""), call.at("function").text("name", ""));
      JsonValue arguments = call.at("function", "arguments");
      answer.arguments(draft, arguments instanceof JsonValue.Fields ? arguments.json() : "{}");
    }
    if (chunk.flag("done")) {
      end(chunk, answer);
    }
  }

  private static void end(JsonValue chunk, Growing answer) {
    long output = chunk.number(0, "eval_count");
    boolean complete = chunk.has("prompt_eval_count") && chunk.has("eval_count");
    answer.usage(new Usage(chunk.number(0, "prompt_eval_count"), 0, 0, output, 0, complete));
    answer.stop(chunk.text("done_reason", "").equals("length") ? Stop.LENGTH : Stop.END);
  }
}
