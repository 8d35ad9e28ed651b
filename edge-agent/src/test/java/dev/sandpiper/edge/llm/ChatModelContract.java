package dev.sandpiper.edge.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sandpiper.edge.fake.model.Asked;
import dev.sandpiper.edge.fake.model.Reply;
import dev.sandpiper.edge.fake.model.Reply.Mishap;
import dev.sandpiper.edge.fake.model.Reply.Trouble;
import dev.sandpiper.edge.llm.ChatAnswer.Stop;
import dev.sandpiper.edge.llm.ChatRequest.Sampling;
import dev.sandpiper.edge.llm.ModelException.Kind;
import dev.sandpiper.edge.llm.wire.ModelTimes;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What every model's adapter does, whatever its format.
@Timeout(120)
public abstract class ChatModelContract extends ModelBench {

  @Test
  void aQuestionIsAnswered() throws Exception {
    ChatAnswer answer = patient().ask(question("How are you?"), ChatListener.NONE);

    assertThat(answer.text()).isEqualTo("You said: How are you?");
    assertThat(answer.stop()).isEqualTo(Stop.END);
    assertThat(answer.calls()).isEmpty();
    assertThat(answer.model()).isEqualTo(MODEL);
    usageIsTheFakes(answer.usage());
    Asked asked = fake.asked().getLast();
    assertThat(asked.system()).isEqualTo("Be brief.");
    assertThat(asked.question()).isEqualTo("How are you?");
    assertThat(asked.maxTokens()).isEqualTo(500);
    assertThat(asked.temperature()).isEqualTo(0.5);
    assertThat(asked.model()).isEqualTo(MODEL);
    assertThat(asked.streamed()).isTrue();
    assertThat(asked.key()).isEqualTo(hasKeys() ? KEY : "");
  }

  @Test
  void anAnswerIsHeardInOrderAsItComes() throws Exception {
    String text =
        "one two three four five six seven \uD83D\uDC69\u200D\uD83D\uDE80 ünïcödé\n\n"
            + "\"quoted\" {json}";
    fake.always(Reply.says(text));
    List<String> heard = Collections.synchronizedList(new ArrayList<>());

    ChatAnswer answer = patient().ask(question("Count."), heard::add);

    assertThat(String.join("", heard)).isEqualTo(text).isEqualTo(answer.text());
    assertThat(heard).hasSizeGreaterThan(5);
  }

  @Test
  void aLaterCallGoesOverTheSameConnection() throws Exception {
    ChatModel model = patient();
    for (int i = 0; i < 5; i++) {
      model.ask(question("again " + i), ChatListener.NONE);
    }
    assertThat(fake.connections()).isEqualTo(1);
  }

  @Test
  void aToolGoesThereAndBack() throws Exception {
    fake.next(
        new Reply.Says(
            "Let me look. ",
            List.of(
                new Reply.Call("", "search", "{\"words\":\"tax 2025 \\\"ü\\\"\"}"),
                new Reply.Call("", "search", "{\"words\":\"invoice\"}")),
            "",
            false,
            0,
            0));
    ChatMessage.User person = new ChatMessage.User("Find my tax.");
    ChatRequest first = new ChatRequest("", List.of(person), List.of(SEARCH), Sampling.steady(200));
    ChatModel model = patient();

    ChatAnswer wish = model.ask(first, ChatListener.NONE);

    assertThat(wish.stop()).isEqualTo(Stop.TOOLS);
    assertThat(wish.text()).isEqualTo("Let me look. ");
    assertThat(wish.calls()).extracting(ToolCall::tool).containsExactly("search", "search");
    assertThat(wish.calls().getFirst().arguments()).isEqualTo("{\"words\":\"tax 2025 \\\"ü\\\"\"}");
    assertThat(wish.calls()).extracting(ToolCall::id).doesNotHaveDuplicates().doesNotContain("");
    usageIsTheFakes(wish.usage());
    assertThat(fake.asked().getLast().tools()).containsExactly("search");

    List<ChatMessage> then =
        List.of(
            person,
            new ChatMessage.Assistant(wish.text(), wish.calls()),
            new ChatMessage.ToolResult(
                wish.calls().getFirst().id(), "search", "tax.pdf, page 3", false),
            new ChatMessage.ToolResult(wish.calls().getLast().id(), "search", "refused", true));
    ChatAnswer answer =
        model.ask(
            new ChatRequest("", then, List.of(SEARCH), Sampling.steady(200)), ChatListener.NONE);

    assertThat(answer.stop()).isEqualTo(Stop.END);
    assertThat(answer.text()).isEqualTo("You said: refused");
    assertThat(fake.problems()).isEmpty();
    assertThat(fake.asked().getLast().messages())
        .extracting(Asked.Said::role)
        .containsExactly("user", "assistant", "tool", "tool");
    assertThat(fake.asked().getLast().messages().get(1).calls()).hasSize(2);
  }

  @Test
  void aConversationOfBrokenManyMessagesIsAccepted() throws Exception {
    List<ChatMessage> talk =
        List.of(
            new ChatMessage.User("first"),
            new ChatMessage.User("second, cut in half: \uD83D"),
            new ChatMessage.Assistant("", List.of()),
            new ChatMessage.Assistant("yes", List.of()),
            new ChatMessage.User("third"));

    ChatAnswer answer =
        patient()
            .ask(new ChatRequest("", talk, List.of(), Sampling.steady(100)), ChatListener.NONE);

    assertThat(answer.text()).isEqualTo("You said: third");
    assertThat(fake.problems()).isEmpty();
  }

  @Test
  void aLongAnswerIsCut() throws Exception {
    fake.always(Reply.says("one two three four five six"));

    ChatAnswer answer =
        patient().ask(ChatRequest.of("", "Count.", Sampling.steady(3)), ChatListener.NONE);

    assertThat(answer.stop()).isEqualTo(Stop.LENGTH);
    assertThat(answer.text()).isEqualTo("one two three ");
    usageIsTheFakes(answer.usage());
  }

  @Test
  void aRefusalIsOne() throws Exception {
    if (refuses()) {
      fake.always(Reply.says("I cannot help with that.").refusing());

      ChatAnswer answer = patient().ask(question("Harm."), ChatListener.NONE);

      assertThat(answer.stop()).isEqualTo(Stop.REFUSED);
      usageIsTheFakes(answer.usage());
    }
  }

  @Test
  void cacheAndThoughtsAreCounted() throws Exception {
    fake.always(Reply.says("So it is 42.").thinking("hmm, six by nine is").cached(3, 2));

    ChatAnswer answer = patient().ask(question("a long question of many words"), ChatListener.NONE);

    assertThat(answer.text()).isEqualTo("So it is 42.");
    usageIsTheFakes(answer.usage());
    assertThat(answer.usage().output()).isEqualTo(9);
  }

  @ParameterizedTest
  @EnumSource
  void everyTroubleIsToldByItsKind(Trouble trouble) {
    if (!knows(trouble)) {
      return;
    }
    fake.always(Reply.fails(trouble, Duration.ofSeconds(17)));

    ModelException e = failure(patient());

    assertThat(e.kind())
        .isEqualTo(
            switch (trouble) {
              case BAD_KEY -> Kind.UNAUTHORIZED;
              case NO_CREDIT -> Kind.NO_CREDIT;
              case UNKNOWN_MODEL -> Kind.UNKNOWN_MODEL;
              case TOO_LONG -> Kind.TOO_LONG;
              case BAD_REQUEST -> Kind.BAD_REQUEST;
              case RATE_LIMIT -> Kind.RATE_LIMITED;
              case OVERLOADED, SERVER -> Kind.SERVER;
            });
    assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(17));
    assertThat(e.usage()).isEqualTo(Usage.NONE);
  }

  @Test
  void aKeyThatIsNotAcceptedIsNeverShown() {
    if (hasKeys()) {
      fake.rejectKey(KEY);

      ModelException e = failure(patient());

      assertThat(e.kind()).isEqualTo(Kind.UNAUTHORIZED);
      assertThat(e)
          .hasMessageMatching(
              "127.0.0.1:\\d+ does not accept the key for model-1 \\(HTTP 40[013]\\)\\. Check the"
                  + " key of this provider and what it may use\\.");
    }
  }

  @Test
  void aModelThatIsNotKnownIsNamed() {
    fake.unknown(MODEL);

    ModelException e = failure(patient());

    assertThat(e.kind()).isEqualTo(Kind.UNKNOWN_MODEL);
    assertThat(e)
        .hasMessageMatching(
            "127.0.0.1:\\d+ does not know the model model-1 \\(HTTP 40[04]\\): \"model 'model-1'"
                + " not found\"\\. Check the model's id and the provider's base_url\\.");
  }

  @Test
  void nobodyThereIsUnreachable() throws Exception {
    int port;
    try (ServerSocket none = new ServerSocket(0)) {
      port = none.getLocalPort();
    }
    URI base = URI.create(base().toString().replaceFirst(":\\d+", ":" + port));

    ModelException e = failure(model(endpoint(base, PATIENT), MODEL));

    assertThat(e.kind()).isEqualTo(Kind.UNREACHABLE);
    assertThat(e.usage()).isEqualTo(Usage.NONE);
  }

  @Test
  void cancellingClosesTheConnectionInTheMiddle() throws Exception {
    fake.always(
        new Reply.Slow(
            Reply.says("one two three four five six seven"),
            Duration.ZERO,
            Duration.ofMillis(100)));
    CountDownLatch begun = new CountDownLatch(1);
    AtomicReference<Object> end = new AtomicReference<>();
    ChatModel model = patient();
    Thread asking =
        Thread.ofVirtual()
            .start(() -> {
              try {
                end.set(model.ask(question("Count."), _ -> begun.countDown()));
              } catch (ModelException | InterruptedException e) {
                end.set(e);
              }
            });
    assertThat(begun.await(90, TimeUnit.SECONDS)).isTrue();

    asking.interrupt();
    asking.join();

    assertThat(end.get()).isInstanceOf(InterruptedException.class);
    await(() -> fake.cancelled() == 1);
    await(() -> fake.connections() == 0);
  }

  @Test
  void aSlowFirstTokenIsATimeoutWhateverElseComes() throws Exception {
    fake.always(new Reply.Spoilt(Reply.says("never"), Mishap.NO_FIRST_TOKEN));

    ModelException e =
        failure(model(endpoint(base(), new ModelTimes(LONG, brief(), LONG, LONG)), MODEL));

    assertThat(e.kind()).isEqualTo(Kind.TIMEOUT);
    assertThat(e)
        .hasMessageMatching(
            "model-1 at 127.0.0.1:\\d+ has not begun to answer within "
                + briefly()
                + "\\. Try again later, or use another model\\.");
    await(() -> fake.cancelled() == 1);
  }

  @Test
  void noHeadAtAllIsATimeout() throws Exception {
    fake.always(new Reply.Slow(Reply.says("never"), LONG, Duration.ZERO));

    ModelException e =
        failure(model(endpoint(base(), new ModelTimes(LONG, brief(), LONG, LONG)), MODEL));

    assertThat(e.kind()).isEqualTo(Kind.TIMEOUT);
    await(() -> fake.cancelled() == 1);
  }

  @Test
  void aStallInTheMiddleIsATimeout() throws Exception {
    fake.always(new Reply.Spoilt(Reply.says("one two three four five six"), Mishap.STALL));

    ModelException e =
        failure(model(endpoint(base(), new ModelTimes(LONG, LONG, brief(), LONG)), MODEL));

    assertThat(e.kind()).isEqualTo(Kind.TIMEOUT);
    assertThat(e)
        .hasMessageMatching(
            "model-1 at 127.0.0.1:\\d+ has said nothing for "
                + briefly()
                + " in the middle of its answer\\."
                + " Try again later, or use another model\\.");
    usedSomething(e.usage());
    await(() -> fake.cancelled() == 1);
  }

  @Test
  void anAnswerWithoutEndIsATimeout() {
    fake.always(
        new Reply.Slow(
            Reply.says("one two three four five six seven eight nine ten"),
            Duration.ZERO,
            brief().dividedBy(3)));

    ModelException e =
        failure(model(endpoint(base(), new ModelTimes(LONG, LONG, LONG, brief())), MODEL));

    assertThat(e.kind()).isEqualTo(Kind.TIMEOUT);
    assertThat(e).hasMessageContaining("has not ended its answer within " + briefly());
  }

  @ParameterizedTest
  @EnumSource(names = {"RESET_AT_ONCE", "RESET", "CUT", "HALF_JSON", "GARBAGE", "ERROR_INSIDE"})
  void halfAnAnswerIsTheServersFailure(Mishap mishap) {
    fake.always(new Reply.Spoilt(Reply.says("one two three four five six"), mishap));

    ModelException e = failure(patient());

    assertThat(e.kind()).isEqualTo(Kind.SERVER);
    usedSomething(e.usage());
    if (mishap == Mishap.ERROR_INSIDE) {
      assertThat(e).hasMessageContaining("scripted failure inside");
    }
  }

  @Test
  void aBadDayEndsInAnswersAndFailuresThatAreTold() throws Exception {
    fake.storm(42, 0.5);
    ChatModel model = patient();
    int answered = 0;
    int failed = 0;
    for (int i = 0; i < 40; i++) {
      try {
        ChatAnswer answer = model.ask(question("number " + i), ChatListener.NONE);
        assertThat(answer.text()).isEqualTo("You said: number " + i);
        usageIsTheFakes(answer.usage());
        answered++;
      } catch (ModelException e) {
        assertThat(e.kind()).isIn(Kind.SERVER, Kind.RATE_LIMITED);
        failed++;
      }
    }
    assertThat(answered).isGreaterThan(10);
    assertThat(failed).isGreaterThan(10);
  }

  @Test
  void anAnswerOfAnyLengthIsBounded() {
    fake.always(Reply.says("abcdefghi ".repeat(110_000)));

    ModelException e =
        catchThrowableOfType(
            ModelException.class,
            () ->
                patient()
                    .ask(
                        ChatRequest.of("", "Much.", Sampling.steady(1_000_000)),
                        ChatListener.NONE));

    assertThat(e.kind()).isEqualTo(Kind.SERVER);
    assertThat(e).hasMessageContaining("is longer than 1000000 characters");
  }

  @Test
  void argumentsOfAnyLengthAreBounded() {
    fake.always(Reply.calls("search", "{\"words\":\"" + "x".repeat(100_000) + "\"}"));

    ModelException e = failure(patient());

    assertThat(e.kind()).isEqualTo(Kind.SERVER);
    assertThat(e).hasMessageContaining("arguments of more than 100000 characters");
  }

  @Test
  void callsWithoutEndAreBounded() {
    fake.always(
        new Reply.Says(
            "", Collections.nCopies(33, new Reply.Call("", "search", "{}")), "", false, 0, 0));

    ModelException e = failure(patient());

    assertThat(e.kind()).isEqualTo(Kind.SERVER);
    assertThat(e).hasMessageContaining("more than 32 tools at once");
  }
}
