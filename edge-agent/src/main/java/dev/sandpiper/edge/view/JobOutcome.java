package dev.sandpiper.edge.view;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sandpiper.edge.queue.Job;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How a job that is done ended: a document that was refused is done, too.
///
/// @param state `parsed` or `refused`
/// @param code why it was refused, stable; `null` when it was not
public record JobOutcome(String state, @Nullable String code) {

  private static final String PARSED = "parsed";
  private static final String REFUSED = "refused";
  private static final JsonFactory JSON = new JsonFactory();

  /// The outcome a job carries; empty while it has none.
  public static Optional<JobOutcome> of(Job job) {
    String outcome = job.outcome();
    if (outcome == null) {
      return Optional.empty();
    }
    @Nullable String state = null;
    @Nullable String code = null;
    try (JsonParser json = JSON.createParser(outcome)) {
      while (json.nextToken() != null) {
        if (json.currentToken() == JsonToken.VALUE_STRING && "state".equals(json.currentName())) {
          state = json.getText();
        } else if (json.currentToken() == JsonToken.VALUE_STRING
            && "code".equals(json.currentName())) {
          code = json.getText();
        }
      }
    } catch (IOException _) {
      // written by a version that knew other outcomes
      return Optional.empty();
    }
    return state == null
        ? Optional.empty()
        : Optional.of(
            state.equals(PARSED) ? new JobOutcome(PARSED, null) : new JobOutcome(REFUSED, code));
  }

  /// Whether the document was refused.
  public boolean refused() {
    return state.equals(REFUSED);
  }
}
