package dev.sandpiper.edge.llm.bedrock;

import dev.sandpiper.edge.courier.protocol.BedrockWord;
import dev.sandpiper.edge.courier.protocol.Lines;
import dev.sandpiper.edge.json.JsonValue;
import dev.sandpiper.edge.llm.ChatAnswer.Stop;
import dev.sandpiper.edge.llm.ChatRequest;
import dev.sandpiper.edge.llm.Usage;
import dev.sandpiper.edge.llm.wire.BrokenAnswerException;
import dev.sandpiper.edge.llm.wire.Complaint;
import dev.sandpiper.edge.llm.wire.Growing;
import dev.sandpiper.edge.llm.wire.RefusedException;
import dev.sandpiper.edge.llm.wire.WatchedModel;
import dev.sandpiper.edge.net.HttpCallException;
import dev.sandpiper.edge.net.HttpCallException.Phase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One question through the process, and its answer.
record BedrockTalk(BedrockProcess process, String model, InstantSource clock)
    implements WatchedModel.Exchange {

  private static final Map<String, Stop> STOPS =
      Map.of(
          "tool_use", Stop.TOOLS,
          "max_tokens", Stop.LENGTH,
          "model_context_window_exceeded", Stop.LENGTH,
          "guardrail_intervened", Stop.REFUSED,
          "content_filtered", Stop.REFUSED);

  /// Ends that mean that it went wrong; another try may go well.
  private static final List<String> FAILED =
      List.of("malformed_model_output", "malformed_tool_use");

  @Override
  public void run(ChatRequest request, Growing answer) throws IOException, InterruptedException {
    String id = process.freshId();
    byte[] line =
        (BedrockQuestion.line(id, model, request) + "\n").getBytes(StandardCharsets.UTF_8);
    if (line.length > Lines.MAX_BYTES) {
      throw RefusedException.inPlaceOfAnswer(
          new Complaint(413, List.of(), "", "", new JsonValue.Nothing()),
          _ -> null,
          clock.instant());
    }
    Map<Long, Growing.Draft> calls = new HashMap<>();
    try (BedrockProcess.Hearing hearing = process.ask(id, line)) {
      boolean over = false;
      while (!over) {
        over = heard(hearing.next(), answer, calls);
      }
    }
    if (!answer.finished()) {
      throw new BrokenAnswerException("broke off before its end");
    }
  }

  /// @return whether there is nothing more
  private boolean heard(JsonValue word, Growing answer, Map<Long, Growing.Draft> calls)
      throws IOException {
    if (word.has(BedrockWord.ERROR)) {
      throw failure(word.at(BedrockWord.ERROR));
    }
    answer.text(word.text(BedrockWord.TEXT, ""));
    answer.thought(word.text(BedrockWord.THOUGHT, ""));
    long block = word.number(0, BedrockWord.BLOCK);
    if (word.has(BedrockWord.CALL)) {
      calls.put(
          block, answer.call(word.text(BedrockWord.CALL, ""), word.text(BedrockWord.TOOL, "")));
    }
    Growing.Draft draft = calls.get(block);
    if (draft != null && word.has(BedrockWord.ARGUMENTS)) {
      answer.arguments(draft, word.text(BedrockWord.ARGUMENTS, ""));
    }
    String stop = word.text(BedrockWord.STOP, "");
    if (FAILED.contains(stop)) {
      throw new BrokenAnswerException("ended with the provider's own failure (" + stop + ")");
    }
    if (!stop.isEmpty()) {
      answer.stop(STOPS.getOrDefault(stop, Stop.END));
    }
    if (word.has(BedrockWord.USAGE)) {
      answer.usage(usage(word.at(BedrockWord.USAGE)));
    }
    return word.flag(BedrockWord.END);
  }

  /// Input does not contain what went through the cache.
  private static Usage usage(JsonValue usage) {
    long cached = usage.number(0, BedrockWord.CACHE_READS);
    long writes = usage.number(0, BedrockWord.CACHE_WRITES);
    return new Usage(
        usage.number(0, BedrockWord.INPUT) + cached + writes,
        cached,
        writes,
        usage.number(0, BedrockWord.OUTPUT),
        0,
        usage.has(BedrockWord.INPUT) && usage.has(BedrockWord.OUTPUT));
  }

  private IOException failure(JsonValue error) {
    String message = error.text(BedrockWord.MESSAGE, "");
    int status = (int) error.number(0, BedrockWord.STATUS);
    String code = error.text(BedrockWord.CODE, "");
    if (status == 0 && code.isEmpty()) {
      boolean unsent = error.flag(BedrockWord.UNSENT);
      return new HttpCallException(
          unsent ? Phase.UNSENT : Phase.CUT, error.flag(BedrockWord.TIMEOUT), message, null);
    }
    boolean begun = error.flag(BedrockWord.BEGUN);
    Complaint complaint =
        new Complaint(
            begun ? 0 : status, // within an answer the status is that of its head
            code.isEmpty() ? List.of() : List.of(capital(code)),
            message,
            "",
            error);
    return begun
        ? new RefusedException(complaint)
        : RefusedException.inPlaceOfAnswer(complaint, name -> header(name, error), clock.instant());
  }

  /// Within an answer codes begin with a small letter.
  private static String capital(String code) {
    return code.substring(0, 1).toUpperCase(Locale.ROOT) + code.substring(1);
  }

  private static @Nullable String header(String name, JsonValue error) {
    return name.equals("retry-after") ? error.nullableText(BedrockWord.RETRY_AFTER) : null;
  }
}
