package dev.sandpiper.edge.llm.anthropic;

import dev.sandpiper.edge.json.JsonValue;
import dev.sandpiper.edge.llm.ChatAnswer.Stop;
import dev.sandpiper.edge.llm.Usage;
import dev.sandpiper.edge.llm.wire.BrokenAnswerException;
import dev.sandpiper.edge.llm.wire.Complaint;
import dev.sandpiper.edge.llm.wire.EventReader;
import dev.sandpiper.edge.llm.wire.Growing;
import dev.sandpiper.edge.llm.wire.RefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;

/// Reads the events of one answer. Thoughts are not kept; their tokens are in the output.
final class AnthropicStream {

  private static final Map<String, Stop> STOPS =
      Map.of(
          "tool_use", Stop.TOOLS,
          "max_tokens", Stop.LENGTH,
          "model_context_window_exceeded", Stop.LENGTH,
          "refusal", Stop.REFUSED);

  private final Growing answer;
  private final Map<Long, Growing.Draft> calls = new HashMap<>();
  private Usage usage = Usage.NONE;

  AnthropicStream(Growing answer) {
    this.answer = answer;
  }

  void read(InputStream body) throws IOException {
    EventReader events = new EventReader(body);
    boolean stopped = false;
    for (EventReader.Event event = events.next();
        event != null && !stopped;
        event = stopped ? null : events.next()) {
      stopped = event(JsonValue.read(event.data()));
    }
    if (!answer.finished()) {
      throw new BrokenAnswerException("broke off before its end");
    }
  }

  /// @return whether it was the last one
  private boolean event(JsonValue event) throws IOException {
    switch (event.text("type", "")) {
      case "message_start" -> {
        answer.model(event.at("message").text("model", ""));
        answer.answerId(event.at("message").text("id", ""));
        used(event.at("message", "usage"), false);
      }
      case "content_block_start" -> begin(event.number(0, "index"), event.at("content_block"));
      case "content_block_delta" -> more(event.number(0, "index"), event.at("delta"));
      case "message_delta" -> {
        String reason = event.at("delta").text("stop_reason", "");
        used(event.at("usage"), !reason.isEmpty());
        if (!reason.isEmpty()) {
          answer.stop(STOPS.getOrDefault(reason, Stop.END));
        }
      }
      case "message_stop" -> {
        return true;
      }
      case "error" -> throw new RefusedException(Complaint.of(0, event));
      default -> {} // pings, ends of blocks, and what is invented later
    }
    return false;
  }

  private void begin(long index, JsonValue block) throws IOException {
    switch (block.text("type", "")) {
      case "text" -> answer.text(block.text("text", ""));
      case "tool_use" -> {
        Growing.Draft draft = answer.call(block.text("id", ""), block.text("name", ""));
        calls.put(index, draft);
        JsonValue input = block.at("input");
        if (input instanceof JsonValue.Fields(var fields) && !fields.isEmpty()) {
          answer.arguments(draft, input.json()); // by those who do not stream it
        }
      }
      default -> answer.hear();
    }
  }

  private void more(long index, JsonValue delta) throws IOException {
    switch (delta.text("type", "")) {
      case "text_delta" -> answer.text(delta.text("text", ""));
      case "thinking_delta" -> answer.thought(delta.text("thinking", ""));
      case "input_json_delta" -> {
        Growing.Draft draft = calls.get(index);
        if (draft != null) {
          answer.arguments(draft, delta.text("partial_json", ""));
        }
      }
      default -> answer.hear();
    }
  }

  /// Counts are cumulative: a later one takes the place of an earlier one.
  private void used(JsonValue report, boolean complete) {
    if (!report.has("output_tokens") && !report.has("input_tokens")) {
      return;
    }
    long cached = report.number(usage.cachedInput(), "cache_read_input_tokens");
    long writes = report.number(usage.cacheWrites(), "cache_creation_input_tokens");
    long fresh =
        report.number(usage.input() - usage.cachedInput() - usage.cacheWrites(), "input_tokens");
    usage =
        new Usage(
            fresh + cached + writes,
            cached,
            writes,
            report.number(usage.output(), "output_tokens"),
            report.number(usage.reasoning(), "output_tokens_details", "thinking_tokens"),
            complete);
    answer.usage(usage);
  }
}
