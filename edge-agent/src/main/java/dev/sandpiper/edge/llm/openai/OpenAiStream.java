package dev.sandpiper.edge.llm.openai;

import dev.sandpiper.edge.json.JsonValue;
import dev.sandpiper.edge.llm.ChatAnswer.Stop;
import dev.sandpiper.edge.llm.wire.BrokenAnswerException;
import dev.sandpiper.edge.llm.wire.Complaint;
import dev.sandpiper.edge.llm.wire.EventReader;
import dev.sandpiper.edge.llm.wire.Growing;
import dev.sandpiper.edge.llm.wire.LineReader;
import dev.sandpiper.edge.llm.wire.RefusedException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads the chunks of one answer.
final class OpenAiStream {

  private static final String DONE = "[DONE]";

  /// Why an answer ends, in all spellings that were seen; unknown ones are taken for the usual end.
  private static final Map<String, Stop> STOPS =
      Map.of(
          "stop", Stop.END,
          "tool_calls", Stop.TOOLS,
          "function_call", Stop.TOOLS,
          "length", Stop.LENGTH,
          "max_tokens", Stop.LENGTH,
          "model_length", Stop.LENGTH,
          "content_filter", Stop.REFUSED,
          "refusal", Stop.REFUSED,
          "safety", Stop.REFUSED);

  /// Ends that are failures.
  private static final List<String> FAILED = List.of("error", "insufficient_system_resource");

  private final Growing answer;
  private final Map<Long, Growing.Draft> byIndex = new HashMap<>();
  private final Map<Long, String> idByIndex = new HashMap<>();
  private Growing.@Nullable Draft last;
  private boolean refused;

  OpenAiStream(Growing answer) {
    this.answer = answer;
  }

  void read(InputStream body, String contentType) throws IOException {
    if (contentType.startsWith("application/json")) {
      // A server that cannot stream, or a failure with status 200.
      byte[] whole = body.readNBytes(LineReader.LONGEST);
      chunk(JsonValue.read(new ByteArrayInputStream(whole)));
      return;
    }
    EventReader events = new EventReader(body);
    boolean done = false;
    for (EventReader.Event event = events.next();
        event != null && !done;
        event = done ? null : events.next()) {
      done = event.data().strip().equals(DONE);
      if (!done) {
        chunk(JsonValue.read(event.data()));
      }
    }
    if (!answer.finished()) {
      if (!done || !answer.hasContent()) {
        throw new BrokenAnswerException("broke off before its end");
      }
      answer.stop(Stop.END); // [DONE] is an end, too
    }
  }

  private void chunk(JsonValue chunk) throws IOException {
    answer.model(chunk.text("model", ""));
    answer.answerId(chunk.text("id", ""));
    OpenAiUsage.of(chunk).ifPresent(answer::usage);
    if (chunk.has("error")) {
      throw new RefusedException(complaint(0, chunk));
    }
    for (JsonValue choice : chunk.at("choices").items()) {
      if (choice.number(0, "index") == 0) {
        OpenAiUsage.of(choice).ifPresent(answer::usage); // Moonshot's place for it
        choice(choice);
      }
    }
  }

  private void choice(JsonValue choice) throws IOException {
    JsonValue delta = choice.has("delta") ? choice.at("delta") : choice.at("message");
    answer.thought(delta.text("reasoning_content", delta.text("reasoning", "")));
    answer.text(text(delta.at("content")));
    String refusal = delta.text("refusal", "");
    refused |= !refusal.isEmpty();
    answer.text(refusal);
    for (JsonValue call : delta.at("tool_calls").items()) {
      call(call);
    }
    String end = choice.text("finish_reason", "");
    if (choice.has("error")) {
      throw new RefusedException(complaint(0, choice));
    }
    if (FAILED.contains(end)) {
      throw new BrokenAnswerException("ended with the provider's own failure (" + end + ")");
    }
    if (!end.isEmpty()) {
      answer.stop(refused ? Stop.REFUSED : STOPS.getOrDefault(end, Stop.END));
    }
  }

  /// A text, or the texts among the parts of one.
  private static String text(JsonValue content) {
    if (content instanceof JsonValue.Text(String text)) {
      return text;
    }
    StringBuilder text = new StringBuilder();
    for (JsonValue part : content.items()) {
      text.append(part.text("type", "text").equals("text") ? part.text("text", "") : "");
    }
    return text.toString();
  }

  /// A call, or more of one. It is told by its index; where a server numbers none, or all alike, a
  /// new id is a new call.
  private void call(JsonValue piece) throws IOException {
    String id = piece.text("id", "");
    String name = piece.at("function").text("name", "");
    long index = piece.number(-1, "index");
    Growing.Draft draft = index < 0 ? last : byIndex.get(index);
    boolean other = !id.isEmpty() && !id.equals(idByIndex.getOrDefault(index, ""));
    if (draft == null || (other && !name.isEmpty()) || (index < 0 && !name.isEmpty())) {
      draft = answer.call(id, name);
      byIndex.put(index, draft);
      idByIndex.put(index, id);
    } else if (!name.isEmpty() && id.isEmpty()) {
      answer.name(draft, name);
    }
    last = draft;
    JsonValue arguments = piece.at("function", "arguments");
    answer.arguments(
        draft,
        switch (arguments) {
          case JsonValue.Text(String text) -> text;
          case JsonValue.Nothing() -> "";
          default -> arguments.json();
        });
  }

  /// OpenRouter tells moderation apart from a key that is not accepted only by its reasons.
  static Complaint complaint(int status, JsonValue body) {
    Complaint said = Complaint.of(status, body);
    List<String> codes = new ArrayList<>(said.codes());
    if (!body.at("error", "metadata", "reasons").items().isEmpty()) {
      codes.addFirst("flagged");
    }
    return new Complaint(said.status(), codes, said.message(), said.param(), body);
  }
}
