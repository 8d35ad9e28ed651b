package dev.sandpiper.edge.courier;

import dev.sandpiper.edge.courier.protocol.BedrockWord;
import dev.sandpiper.edge.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConversationRole;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InferenceConfiguration;
import software.amazon.awssdk.services.bedrockruntime.model.Message;
import software.amazon.awssdk.services.bedrockruntime.model.SystemContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.Tool;
import software.amazon.awssdk.services.bedrockruntime.model.ToolConfiguration;
import software.amazon.awssdk.services.bedrockruntime.model.ToolInputSchema;
import software.amazon.awssdk.services.bedrockruntime.model.ToolResultContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ToolResultStatus;

/// The agent's question as the SDK has it.
final class BedrockQuestion {

  private BedrockQuestion() {}

  static ConverseStreamRequest of(String model, JsonValue question) {
    ConverseStreamRequest.Builder request =
        ConverseStreamRequest.builder()
            .modelId(model)
            .messages(
                question.at(BedrockWord.MESSAGES).items().stream()
                    .map(BedrockQuestion::message)
                    .toList());
    InferenceConfiguration.Builder inference =
        InferenceConfiguration.builder()
            .maxTokens((int) question.number(1, BedrockWord.MAX_TOKENS));
    question
        .findReal(BedrockWord.TEMPERATURE)
        .ifPresent(temperature -> inference.temperature(temperature.floatValue()));
    request.inferenceConfig(inference.build());
    String system = question.text(BedrockWord.SYSTEM, "");
    if (!system.isBlank()) {
      request.system(SystemContentBlock.fromText(system));
    }
    List<Tool> tools =
        question.at(BedrockWord.TOOLS).items().stream().map(BedrockQuestion::tool).toList();
    if (!tools.isEmpty()) {
      request.toolConfig(ToolConfiguration.builder().tools(tools).build());
    }
    return request.build();
  }

  private static Message message(JsonValue message) {
    List<ContentBlock> blocks = new ArrayList<>();
    for (JsonValue part : message.at(BedrockWord.CONTENT).items()) {
      blocks.add(block(part));
    }
    return Message.builder()
        .role(ConversationRole.fromValue(message.text(BedrockWord.ROLE, "user")))
        .content(blocks)
        .build();
  }

  private static ContentBlock block(JsonValue part) {
    String id = part.text(BedrockWord.CALL, "");
    if (part.has(BedrockWord.TEXT)) {
      return ContentBlock.fromText(part.text(BedrockWord.TEXT, ""));
    }
    if (part.has(BedrockWord.INPUT)) {
      return ContentBlock.fromToolUse(use ->
          use.toolUseId(id)
              .name(part.text(BedrockWord.TOOL, ""))
              .input(document(part.at(BedrockWord.INPUT))));
    }
    return ContentBlock.fromToolResult(result ->
        result
            .toolUseId(id)
            .status(
                part.flag(BedrockWord.FAILED) ? ToolResultStatus.ERROR : ToolResultStatus.SUCCESS)
            .content(ToolResultContentBlock.fromText(part.text(BedrockWord.RESULT, ""))));
  }

  private static Tool tool(JsonValue tool) {
    return Tool.fromToolSpec(spec ->
        spec.name(tool.text(BedrockWord.TOOL, ""))
            .description(tool.text(BedrockWord.DESCRIPTION, ""))
            .inputSchema(ToolInputSchema.fromJson(document(tool.at(BedrockWord.SCHEMA)))));
  }

  /// JSON in the SDK's own form.
  static Document document(JsonValue value) {
    return switch (value) {
      case JsonValue.Fields(Map<String, JsonValue> fields) -> {
        Map<String, Document> map = new LinkedHashMap<>();
        fields.forEach((name, field) -> map.put(name, document(field)));
        yield Document.fromMap(map);
      }
      case JsonValue.Items(List<JsonValue> items) ->
          Document.fromList(items.stream().map(BedrockQuestion::document).toList());
      case JsonValue.Text(String text) -> Document.fromString(text);
      case JsonValue.Figure(String digits) -> Document.fromNumber(digits);
      case JsonValue.Flag(boolean flag) -> Document.fromBoolean(flag);
      case JsonValue.Nothing() -> Document.fromNull();
    };
  }
}
