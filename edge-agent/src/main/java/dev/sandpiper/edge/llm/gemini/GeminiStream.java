package dev.sandpiper.edge.llm.gemini;

import dev.sandpiper.edge.json.JsonValue;
import dev.sandpiper.edge.llm.ChatAnswer.Stop;
import dev.sandpiper.edge.llm.Usage;
import dev.sandpiper.edge.llm.wire.BrokenAnswerException;
import dev.sandpiper.edge.llm.wire.EventReader;
import dev.sandpiper.edge.llm.wire.Growing;
import dev.sandpiper.edge.llm.wire.RefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Set;

/// Reads the chunks of one answer.
final class GeminiStream {

  /// Ends that mean that it will not say it.
  private static final Set<String> REFUSALS =
      Set.of(
          "SAFETY",
          "RECITATION",
          "LANGUAGE",
          "BLOCKLIST",
          "PROHIBITED_CONTENT",
          "SPII",
          "IMAGE_SAFETY",
          "MODEL_ARMOR");

  /// Ends that mean that it went wrong; another try may go well.
  private static final List<String> FAILED =
      List.of(
          "MALFORMED_FUNCTION_CALL",
          "UNEXPECTED_TOOL_CALL",
          "TOO_MANY_TOOL_CALLS",
          "MISSING_THOUGHT_SIGNATURE",
          "MALFORMED_RESPONSE",
          "OTHER");

  private final Growing answer;
  private final Signatures signatures;

  GeminiStream(Growing answer, Signatures signatures) {
    this.answer = answer;
    this.signatures = signatures;
  }

  void read(InputStream body) throws IOException {
    EventReader events = new EventReader(body);
    for (EventReader.Event event = events.next(); event != null; event = events.next()) {
      chunk(JsonValue.read(event.data()));
    }
    if (!answer.finished()) {
      throw new BrokenAnswerException("broke off before its end");
    }
  }

  private void chunk(JsonValue chunk) throws IOException {
    if (chunk.has("error")) {
      throw new RefusedException(GeminiWire.said(0, chunk));
    }
    answer.model(chunk.text("modelVersion", ""));
    answer.answerId(chunk.text("responseId", ""));
    List<JsonValue> candidates = chunk.at("candidates").items();
    String end = "";
    if (!candidates.isEmpty()) {
      for (JsonValue part : candidates.getFirst().at("content", "parts").items()) {
        part(part);
      }
      end = candidates.getFirst().text("finishReason", "");
    }
    boolean blocked = chunk.has("promptFeedback", "blockReason");
    if (chunk.has("usageMetadata")) {
      answer.usage(
          usage(chunk.at("usageMetadata"), blocked || !end.isEmpty() || answer.finished()));
    }
    if (blocked) {
      answer.stop(Stop.REFUSED);
    } else if (FAILED.contains(end)) {
      throw new BrokenAnswerException("ended with the provider's own failure (" + end + ")");
    } else if (!end.isEmpty() && !end.equals("FINISH_REASON_UNSPECIFIED")) {
      answer.stop(
          end.equals("MAX_TOKENS")
              ? Stop.LENGTH
              : REFUSALS.contains(end) ? Stop.REFUSED : Stop.END);
    }
  }

  private void part(JsonValue part) throws IOException {
    if (part.flag("thought")) {
      answer.thought(part.text("text", ""));
      return;
    }
    answer.text(part.text("text", ""));
    JsonValue call = part.at("functionCall");
    if (call instanceof JsonValue.Fields) {
      Growing.Draft draft = answer.call(call.text("id", ""), call.text("name", ""));
      answer.arguments(draft, call.has("args") ? call.at("args").json() : "{}");
      signatures.keep(draft.id(), part.text("thoughtSignature", ""));
    }
  }

  /// The total is the check: what it has beyond the parts was said, whatever it was.
  private static Usage usage(JsonValue usage, boolean end) {
    long input = count(usage, "promptTokenCount") + count(usage, "toolUsePromptTokenCount");
    long thoughts = count(usage, "thoughtsTokenCount");
    long output = count(usage, "candidatesTokenCount") + thoughts;
    long total = count(usage, "totalTokenCount");
    boolean adds = total == 0 || total == input + output;
    return new Usage(
        input,
        count(usage, "cachedContentTokenCount"),
        0,
        Math.max(output, total - input),
        thoughts,
        end && adds);
  }

  private static long count(JsonValue usage, String name) {
    return Math.max(0, usage.number(0, name));
  }
}
