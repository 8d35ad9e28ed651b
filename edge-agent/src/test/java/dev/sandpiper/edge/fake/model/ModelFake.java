package dev.sandpiper.edge.fake.model;

import dev.sandpiper.edge.fake.model.Reply.Mishap;
import dev.sandpiper.edge.fake.model.Reply.Says;
import dev.sandpiper.edge.fake.model.Reply.Trouble;
import dev.sandpiper.edge.json.JsonValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/// Stands in for the models of all providers on one port of 127.0.0.1: the paths and formats of
/// OpenAI, Anthropic, Gemini, Ollama and Bedrock, with answers by script. Without a script it
/// repeats what it was asked.
public final class ModelFake implements AutoCloseable {

  /// How long a connection that says nothing more is left to the client.
  private static final long HANGS_MILLIS = 120_000;

  /// What is tried on a bad day, in the words of a script.
  private static final List<Function<Says, Reply>> TROUBLES =
      List.of(
          _ -> Reply.fails(Trouble.RATE_LIMIT, Duration.ofSeconds(1)),
          _ -> Reply.fails(Trouble.OVERLOADED),
          _ -> Reply.fails(Trouble.SERVER),
          says -> new Reply.Spoilt(says, Mishap.RESET_AT_ONCE),
          says -> new Reply.Spoilt(says, Mishap.RESET),
          says -> new Reply.Spoilt(says, Mishap.CUT),
          says -> new Reply.Spoilt(says, Mishap.HALF_JSON),
          says -> new Reply.Spoilt(says, Mishap.GARBAGE),
          says -> new Reply.Spoilt(says, Mishap.ERROR_INSIDE),
          says -> new Reply.Slow(says, Duration.ofMillis(300), Duration.ofMillis(5)));

  /// Decides about questions.
  public interface Script {
    /// What is done with a question; empty leaves it to the scripts that were given earlier.
    Optional<Reply> find(Asked asked);
  }

  /// One answer that went out, and what it took.
  ///
  /// @param whole whether all of it did
  public record Call(Asked asked, Count count, boolean whole) {}

  private record Storm(Random random, double probability) {}

  private final FakeHttp http;
  private final List<Format> formats = Formats.all();
  private final List<Script> scripts = new CopyOnWriteArrayList<>();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private final List<String> problems = new CopyOnWriteArrayList<>();
  private final Set<String> badKeys = ConcurrentHashMap.newKeySet();
  private final Set<String> badModels = ConcurrentHashMap.newKeySet();
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger embedded = new AtomicInteger();
  private final AtomicInteger cancelled = new AtomicInteger();
  private volatile Optional<Storm> storm = Optional.empty();

  private ModelFake() throws IOException {
    http = new FakeHttp(this::handle);
  }

  /// Starts one.
  public static ModelFake start() throws IOException {
    return new ModelFake();
  }

  /// The server's root: base address of Anthropic's, Gemini's, Ollama's and Bedrock's formats.
  public URI root() {
    return URI.create("http://127.0.0.1:" + http.port());
  }

  /// Base address of OpenAI's format.
  public URI openai() {
    return root().resolve("/v1");
  }

  /// A script; the last that knows an answer gives it.
  public ModelFake script(Script script) {
    scripts.addFirst(script);
    return this;
  }

  /// Always the same reply.
  public ModelFake always(Reply reply) {
    return script(_ -> Optional.of(reply));
  }

  /// These replies in turn, then what earlier scripts say.
  public ModelFake next(Reply... replies) {
    AtomicInteger turn = new AtomicInteger();
    return script(_ -> {
      int mine = turn.getAndIncrement();
      return mine < replies.length ? Optional.of(replies[mine]) : Optional.empty();
    });
  }

  /// From now on so large a share of the calls goes wrong, in every way. 0 ends it.
  public ModelFake storm(long seed, double probability) {
    storm =
        probability > 0 ? Optional.of(new Storm(new Random(seed), probability)) : Optional.empty();
    return this;
  }

  /// This key is not accepted any more.
  public ModelFake rejectKey(String key) {
    badKeys.add(key);
    return this;
  }

  /// There is no model of this id.
  public ModelFake unknown(String model) {
    badModels.add(model);
    return this;
  }

  /// Requests of any kind, refused ones included.
  public int requests() {
    return requests.get();
  }

  /// Texts of which vectors were made.
  public int embedded() {
    return embedded.get();
  }

  /// Questions in order, refused ones included.
  public List<Asked> asked() {
    return List.copyOf(asked);
  }

  /// Answers in order.
  public List<Call> calls() {
    return List.copyOf(calls);
  }

  /// Questions that the real API would not have accepted.
  public List<String> problems() {
    return List.copyOf(problems);
  }

  /// Answers whose client went before their end.
  public int cancelled() {
    return cancelled.get();
  }

  /// Connections that are open now.
  public int connections() {
    return http.connections();
  }

  @Override
  public void close() throws IOException {
    http.close();
  }

  private void handle(FakeHttp.Request request, FakeHttp.Answer answer)
      throws IOException, InterruptedException {
    requests.incrementAndGet();
    String path = request.path().replaceFirst("\\?.*", "");
    for (Format format : formats) {
      if (format.chats(path)) {
        chat(format, request, answer);
        return;
      }
      if (format.embeds(path)) {
        embed(format, request, answer);
        return;
      }
    }
    json(answer, 404, Js.object("error", "no such door: " + request.method() + " " + path));
  }

  private static void json(FakeHttp.Answer answer, int status, Object body) throws IOException {
    answer.send(
        status,
        Map.of("content-type", "application/json"),
        Js.text(body).getBytes(StandardCharsets.UTF_8));
  }

  private void chat(Format format, FakeHttp.Request request, FakeHttp.Answer answer)
      throws IOException, InterruptedException {
    Asked question;
    try {
      question = format.read(request, JsonValue.read(request.text()));
    } catch (IOException | Format.BadQuestionException e) {
      problems.add(String.valueOf(e.getMessage()));
      int status = format.status(Trouble.BAD_REQUEST);
      json(
          answer,
          status,
          format.refusal(Trouble.BAD_REQUEST, String.valueOf(e.getMessage()), status));
      return;
    }
    asked.add(question);
    give(format, question, weathered(reply(question)), answer);
  }

  private Reply reply(Asked question) {
    if (badKeys.contains(question.key())) {
      return new Reply.Fails(
          Trouble.BAD_KEY, "Incorrect API key provided: " + question.key() + ".", Map.of());
    }
    if (badModels.contains(question.model())) {
      return new Reply.Fails(
          Trouble.UNKNOWN_MODEL, "model '" + question.model() + "' not found", Map.of());
    }
    for (Script script : scripts) {
      Optional<Reply> reply = script.find(question);
      if (reply.isPresent()) {
        return reply.get();
      }
    }
    return Reply.says("You said: " + question.last().text());
  }

  private Reply weathered(Reply reply) {
    Storm now = storm.orElse(null);
    if (now == null || !(reply instanceof Says says)) {
      return reply;
    }
    synchronized (now.random()) {
      return now.random().nextDouble() < now.probability()
          ? TROUBLES.get(now.random().nextInt(TROUBLES.size())).apply(says)
          : says;
    }
  }

  private void give(Format format, Asked question, Reply reply, FakeHttp.Answer answer)
      throws IOException, InterruptedException {
    switch (reply) {
      case Says says -> say(format, question, says, Duration.ZERO, answer);
      case Reply.Fails fails -> {
        int status = format.status(fails.trouble());
        Map<String, String> headers = new java.util.HashMap<>(fails.headers());
        headers.put("content-type", "application/json");
        Object body = format.refusal(fails.trouble(), fails.message(), status);
        answer.send(status, headers, Js.text(body).getBytes(StandardCharsets.UTF_8));
      }
      case Reply.Spoilt(Says says, Mishap mishap) -> spoil(format, question, says, mishap, answer);
      case Reply.Slow(Reply later, Duration before, Duration between) -> {
        if (answer.awaitGone(before.toMillis())) {
          cancelled.incrementAndGet();
          return;
        }
        if (later instanceof Says says) {
          say(format, question, says, between, answer);
        } else {
          give(format, question, later, answer);
        }
      }
    }
  }

  private Format.Served served(Asked question, Says says) {
    long all = Count.of(says.text());
    boolean cut = question.maxTokens() > 0 && all > question.maxTokens();
    long thoughts = Count.of(says.thinking());
    long output = thoughts + (cut ? question.maxTokens() : all);
    for (Reply.Call call : says.calls()) {
      output += 1 + Count.of(call.arguments());
    }
    Count count = new Count(question.tokens(), says.cached(), says.written(), output, thoughts);
    return new Format.Served(question, says, count, calls.size() + 1, cut);
  }

  private void say(
      Format format, Asked question, Says says, Duration between, FakeHttp.Answer answer)
      throws IOException, InterruptedException {
    Format.Served served = served(question, says);
    if (!question.streamed()) {
      calls.add(new Call(question, served.count(), true));
      json(answer, 200, format.whole(served));
      return;
    }
    List<byte[]> events = format.stream(served);
    answer.head(200, Map.of("content-type", format.streamType()));
    for (int i = 0; i < events.size(); i++) {
      if (answer.awaitGone(between.toMillis()) || answer.gone()) {
        cancelled.incrementAndGet();
        calls.add(new Call(question, served.count(), false));
        return;
      }
      if (i == events.size() - 1) {
        calls.add(new Call(question, served.count(), true)); // before the client can know it
      }
      answer.piece(events.get(i));
    }
    answer.end();
  }

  private void spoil(
      Format format, Asked question, Says says, Mishap mishap, FakeHttp.Answer answer)
      throws IOException, InterruptedException {
    if (mishap == Mishap.RESET_AT_ONCE) {
      answer.reset();
      return;
    }
    if (mishap == Mishap.GARBAGE) {
      byte[] page =
          "<!doctype html><p>Please log in to the network".getBytes(StandardCharsets.UTF_8);
      answer.send(200, Map.of("content-type", "text/html"), page);
      return;
    }
    Format.Served served = served(question, says);
    calls.add(new Call(question, served.count(), false));
    byte[] half = half(format, served, question.streamed(), mishap);
    answer.head(
        200,
        Map.of("content-type", question.streamed() ? format.streamType() : "application/json"));
    answer.piece(half.length == 0 ? " ".getBytes(StandardCharsets.UTF_8) : half);
    switch (mishap) {
      case NO_FIRST_TOKEN, STALL -> hang(format, question.streamed(), answer);
      case RESET -> answer.reset();
      default -> answer.end();
    }
  }

  /// What is sent before it goes wrong.
  private static byte[] half(Format format, Format.Served served, boolean streamed, Mishap mishap) {
    if (!streamed) {
      byte[] all = Js.text(format.whole(served)).getBytes(StandardCharsets.UTF_8);
      return mishap == Mishap.NO_FIRST_TOKEN
          ? new byte[0]
          : java.util.Arrays.copyOf(all, all.length / 2);
    }
    if (mishap == Mishap.NO_FIRST_TOKEN) {
      return format.alive();
    }
    List<byte[]> events = format.stream(served);
    ByteArrayOutputStream half = new ByteArrayOutputStream();
    int most = Math.max(1, events.size() / 2);
    events.subList(0, most).forEach(half::writeBytes);
    if (mishap == Mishap.HALF_JSON) {
      byte[] next = events.get(most);
      half.write(next, 0, next.length / 2);
    }
    if (mishap == Mishap.ERROR_INSIDE) {
      half.writeBytes(format.inside("scripted failure inside"));
    }
    return half.toByteArray();
  }

  /// Says nothing more, but for signs of life.
  private void hang(Format format, boolean streamed, FakeHttp.Answer answer)
      throws IOException, InterruptedException {
    byte[] alive = format.alive();
    long end = System.nanoTime() + HANGS_MILLIS * 1_000_000;
    while (System.nanoTime() < end) {
      if (answer.awaitGone(50)) {
        cancelled.incrementAndGet();
        return;
      }
      if (streamed && alive.length > 0) {
        answer.piece(alive);
      }
    }
  }

  private void embed(Format format, FakeHttp.Request request, FakeHttp.Answer answer)
      throws IOException {
    JsonValue body = JsonValue.read(request.text());
    List<String> texts = format.texts(body);
    embedded.addAndGet(texts.size());
    List<float[]> vectors = new ArrayList<>();
    long tokens = 0;
    for (String text : texts) {
      vectors.add(Vectors.of(text));
      tokens += Count.of(text);
    }
    json(answer, 200, format.vectors(body.text("model", "embedder"), vectors, tokens));
  }
}
