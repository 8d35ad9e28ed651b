package dev.sandpiper.edge.llm.bedrock;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sandpiper.edge.courier.protocol.BedrockWord;
import dev.sandpiper.edge.llm.ChatMessage;
import dev.sandpiper.edge.llm.ChatRequest;
import dev.sandpiper.edge.llm.ToolCall;
import dev.sandpiper.edge.llm.ToolSpec;
import dev.sandpiper.edge.llm.wire.JsonText;
import dev.sandpiper.edge.llm.wire.Side;
import dev.sandpiper.edge.llm.wire.ToolIds;
import java.io.IOException;
import java.util.List;

/// A question as the process takes it.
final class BedrockQuestion {

  private BedrockQuestion() {}

  /// One line, without its end.
  static String line(String id, String model, ChatRequest request) {
    return JsonText.of(json -> {
      json.writeStartObject();
      json.writeStringField(BedrockWord.ASK, id);
      json.writeStringField(BedrockWord.MODEL, model);
      json.writeObjectFieldStart(BedrockWord.QUESTION);
      write(request, json);
      json.writeEndObject();
      json.writeEndObject();
    });
  }

  private static void write(ChatRequest request, JsonGenerator json) throws IOException {
    json.writeStringField(BedrockWord.SYSTEM, request.system());
    json.writeNumberField(BedrockWord.MAX_TOKENS, Math.max(1, request.sampling().maxTokens()));
    Double temperature = request.sampling().temperature();
    if (temperature != null) {
      json.writeNumberField(BedrockWord.TEMPERATURE, Math.min(1, temperature));
    }
    json.writeArrayFieldStart(BedrockWord.MESSAGES);
    for (Side side : Side.of(request.messages())) {
      json.writeStartObject();
      json.writeStringField(BedrockWord.ROLE, side instanceof Side.Ours ? "user" : "assistant");
      json.writeArrayFieldStart(BedrockWord.CONTENT);
      write(side, json);
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart(BedrockWord.TOOLS);
    for (ToolSpec tool : request.tools()) {
      json.writeStartObject();
      json.writeStringField(BedrockWord.TOOL, tool.name());
      json.writeStringField(BedrockWord.DESCRIPTION, tool.description());
      json.writeFieldName(BedrockWord.SCHEMA);
      JsonText.object(tool.schema()).write(json);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void write(Side side, JsonGenerator json) throws IOException {
    switch (side) {
      case Side.Ours(List<ChatMessage.ToolResult> results, List<String> texts) -> {
        for (ChatMessage.ToolResult result : results) {
          json.writeStartObject();
          json.writeStringField(BedrockWord.CALL, ToolIds.plain(result.callId()));
          json.writeStringField(BedrockWord.RESULT, result.text());
          json.writeBooleanField(BedrockWord.FAILED, result.error());
          json.writeEndObject();
        }
        texts(texts, json);
      }
      case Side.Theirs(List<String> texts, List<ToolCall> calls) -> {
        texts(texts, json);
        for (ToolCall call : calls) {
          json.writeStartObject();
          json.writeStringField(BedrockWord.CALL, ToolIds.plain(call.id()));
          json.writeStringField(BedrockWord.TOOL, call.tool());
          json.writeFieldName(BedrockWord.INPUT);
          JsonText.object(call.arguments()).write(json);
          json.writeEndObject();
        }
      }
    }
  }

  private static void texts(List<String> texts, JsonGenerator json) throws IOException {
    for (String text : texts) {
      json.writeStartObject();
      json.writeStringField(BedrockWord.TEXT, text);
      json.writeEndObject();
    }
  }
}
