package dev.sandpiper.edge.llm.route;

import dev.sandpiper.edge.config.ModelConfig;
import dev.sandpiper.edge.llm.ChatAnswer;
import dev.sandpiper.edge.llm.ChatModel;
import dev.sandpiper.edge.llm.ChatRequest;
import dev.sandpiper.edge.llm.EmbeddingModel;
import dev.sandpiper.edge.llm.ModelException;
import dev.sandpiper.edge.llm.Usage;
import dev.sandpiper.edge.llm.wire.Estimate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// Makes single calls: money is set aside before, and what it took is written down after, however
/// it ends. Safe for use by several threads.
final class Caller {

  private final Adapters adapters;
  private final Spending spending;
  private final InstantSource clock;

  /// Of each model, what was made for the key that it was last asked with.
  private final Map<String, Made> made = new ConcurrentHashMap<>();

  private record Made(String keyHash, Object adapter) {}

  /// An answer, and its number in the log.
  record Answered(ChatAnswer answer, long number) {}

  /// How a call ended.
  ///
  /// @param characters length of the answer
  private record End(String outcome, String answeredAs, Usage used, long characters) {}

  Caller(Adapters adapters, Spending spending, InstantSource clock) {
    this.adapters = adapters;
    this.spending = spending;
    this.clock = clock;
  }

  /// Tokens that a question takes at most.
  static long most(ChatRequest request) {
    return Estimate.input(request) + request.sampling().maxTokens();
  }

  Answered call(
      Lane lane, KeyRing.Key key, Call.Asked asked, ChatRequest request, Heard.Voice voice)
      throws ModelException, InterruptedException {
    long input = Estimate.input(request);
    Spending.Reservation reservation =
        reserve(
            lane.model(),
            asked,
            new Size(input, request.sampling().maxTokens()),
            Content.of(asked.purpose(), request));
    String id = lane.model().model();
    End end = new End(Call.DEFECT, id, guess(input, ""), 0);
    Answered answered = null;
    try {
      ChatModel model =
          adapter(
              lane.model(),
              key,
              ChatModel.class,
              () -> adapters.chat(lane.provider(), lane.model(), key.secret()));
      ChatAnswer answer = model.ask(request, voice);
      end = new End(Call.ANSWERED, answer.model(), answer.usage(), answer.text().length());
      answered = new Answered(answer, 0);
    } catch (ModelException e) {
      end = new End(e.kind().name(), id, e.usage(), voice.said().length());
      throw e;
    } catch (InterruptedException e) {
      end = new End(Call.CANCELLED, id, guess(input, voice.said()), voice.said().length());
      throw e;
    } finally {
      long number = settle(reservation, lane.model(), asked, voice, end);
      if (answered == null) {
        voice.close();
      } else {
        voice.end();
        answered = new Answered(answered.answer(), number);
      }
    }
    return answered;
  }

  EmbeddingModel.Embedded embed(
      Lane lane, KeyRing.Key key, Call.Asked asked, List<String> texts, Heard.Voice voice)
      throws ModelException, InterruptedException {
    long input = texts.stream().mapToLong(Estimate::tokens).sum();
    Spending.Reservation reservation =
        reserve(lane.model(), asked, new Size(input, 0), Content.of(asked.purpose(), texts));
    String id = lane.model().model();
    End end = new End(Call.DEFECT, id, guess(input, ""), 0);
    try {
      EmbeddingModel model =
          adapter(
              lane.model(),
              key,
              EmbeddingModel.class,
              () -> adapters.embedding(lane.provider(), lane.model(), key.secret()));
      EmbeddingModel.Embedded embedded = model.embed(texts);
      end = new End(Call.ANSWERED, id, embedded.usage(), 0);
      return embedded;
    } catch (ModelException e) {
      end = new End(e.kind().name(), id, e.usage(), 0);
      throw e;
    } catch (InterruptedException e) {
      end = new End(Call.CANCELLED, id, guess(input, ""), 0);
      throw e;
    } finally {
      long _ = settle(reservation, lane.model(), asked, voice, end);
    }
  }

  /// Tokens that go in, estimated, and that may come out.
  private record Size(long input, long output) {}

  private Spending.Reservation reserve(
      ModelConfig model, Call.Asked asked, Size size, String content) throws ModelException {
    return spending.reserve(
        new Spending.Plan(
            asked.purpose(),
            model.name(),
            size.input(),
            size.output(),
            Price.most(model.prices(), size.input(), size.output()),
            asked.shadow(),
            content));
  }

  private long settle(
      Spending.Reservation reservation,
      ModelConfig model,
      Call.Asked asked,
      Heard.Voice voice,
      End end) {
    return reservation.settle(
        new Call(
            voice.begun(),
            asked,
            end.answeredAs(),
            end.outcome(),
            end.used(),
            Price.of(model.prices(), end.used()),
            voice.firstMillis(),
            Duration.between(voice.begun(), clock.instant()).toMillis(),
            end.characters(),
            false));
  }

  private <T> T adapter(ModelConfig model, KeyRing.Key key, Class<T> type, Supplier<T> maker) {
    Made kept =
        made.compute(
            model.name(),
            (_, before) ->
                before != null
                        && before.keyHash().equals(key.hash())
                        && type.isInstance(before.adapter())
                    ? before
                    : new Made(key.hash(), maker.get()));
    return type.cast(kept.adapter());
  }

  /// What a call has taken that nobody counted.
  private static Usage guess(long input, String said) {
    return new Usage(input, 0, 0, Estimate.tokens(said), 0, false);
  }
}
