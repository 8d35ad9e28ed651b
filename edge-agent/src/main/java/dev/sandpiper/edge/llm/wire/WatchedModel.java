package dev.sandpiper.edge.llm.wire;

import dev.sandpiper.edge.llm.ChatAnswer;
import dev.sandpiper.edge.llm.ChatListener;
import dev.sandpiper.edge.llm.ChatModel;
import dev.sandpiper.edge.llm.ChatRequest;
import dev.sandpiper.edge.llm.ModelException;
import dev.sandpiper.edge.llm.Usage;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// A model whose calls keep their times and end in an answer or a failure in words, however it is
/// reached. Its listener hears on another thread than the asking one, one piece after the other,
/// and nothing once the answer is there.
public final class WatchedModel implements ChatModel {

  /// How often one question is asked otherwise.
  private static final int MOST_LESSONS = 3;

  private final ModelTimes times;
  private final Failures failures;
  private final Exchange exchange;

  /// @param failures knows the model's name
  public WatchedModel(ModelTimes times, Failures failures, Exchange exchange) {
    this.times = times;
    this.failures = failures;
    this.exchange = exchange;
  }

  /// Asks one question. Interrupting its thread ends it.
  public interface Exchange {
    /// Makes the answer grow until it is whole.
    void run(ChatRequest request, Growing answer) throws IOException, InterruptedException;

    /// Whether it asks otherwise from now on because of a complaint.
    default boolean learns(Complaint complaint) {
      return false;
    }
  }

  @Override
  public ChatAnswer ask(ChatRequest request, ChatListener listener)
      throws ModelException, InterruptedException {
    for (int lessons = 0; ; lessons++) {
      Growing answer = new Growing(request, failures.model(), listener);
      try {
        Watch.over(times, answer, () -> exchange.run(request, answer));
        return answer.whole();
      } catch (RefusedException e) {
        if (!e.atOnce() || lessons == MOST_LESSONS || !exchange.learns(e.complaint())) {
          // A refusal in place of an answer costs nothing.
          throw failures.of(e, e.atOnce() ? Usage.NONE : answer.used());
        }
      } catch (IOException e) {
        ChatAnswer whole = finished(answer);
        if (whole != null) {
          return whole;
        }
        throw failures.of(e, answer.used());
      }
    }
  }

  /// An answer that is whole although the connection did not end well.
  private static @Nullable ChatAnswer finished(Growing answer) {
    try {
      return answer.finished() ? answer.whole() : null;
    } catch (BrokenAnswerException _) {
      return null;
    }
  }
}
