package dev.sandpiper.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.edge.burst.BurstAnswer;
import dev.sandpiper.edge.burst.BurstBackend;
import dev.sandpiper.edge.burst.BurstStatus;
import dev.sandpiper.edge.burst.BurstTask;
import dev.sandpiper.edge.channel.Channel;
import dev.sandpiper.edge.channel.LiveReply;
import dev.sandpiper.edge.cli.CommandLineTool;
import dev.sandpiper.edge.cli.Console;
import dev.sandpiper.edge.config.AgentConfig;
import dev.sandpiper.edge.config.ConfigFile;
import dev.sandpiper.edge.config.Environment;
import dev.sandpiper.edge.health.CheckResult;
import dev.sandpiper.edge.http.AgentFile;
import dev.sandpiper.edge.http.HttpServer;
import dev.sandpiper.edge.intake.Intake;
import dev.sandpiper.edge.journal.Journal;
import dev.sandpiper.edge.people.Pairing;
import dev.sandpiper.edge.people.Person;
import dev.sandpiper.edge.people.Role;
import dev.sandpiper.edge.talk.Asker;
import dev.sandpiper.edge.talk.Command;
import dev.sandpiper.edge.talk.Spoken;
import dev.sandpiper.edge.talk.Turn;
import dev.sandpiper.edge.talk.command.StatusCommand;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The page's conversation as it is wired, over its HTTP interface and on the terminal.
@Timeout(120)
@SuppressWarnings("NullAway.Init")
class WebTalkTest {

  @TempDir Path home;
  private Environment environment;
  private Wiring.Shelves shelves;
  private Conversation conversation;
  private HttpServer server;
  private int port;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  /// The agent without workers: nothing here is parsed.
  private record NoWorkers() implements BurstBackend {
    @Override
    public String name() {
      return "none";
    }

    @Override
    public int slots() {
      return 1;
    }

    @Override
    public BurstAnswer run(BurstTask task) {
      throw new UnsupportedOperationException();
    }

    @Override
    public CheckResult check() {
      return CheckResult.ok("none", "nobody parses");
    }

    @Override
    public void close() {}
  }

  private static final class Source implements ConversationSource {
    private final AgentTalk real =
        new AgentTalk(
            new AgentTalk.World(
                new Environment(Map.of(), Path.of("/")),
                () -> {
                  throw new UnsupportedOperationException();
                },
                new Distribution(Path.of("/")),
                new StatusCommand.Surroundings(1, () -> BurstStatus.OFF, List::of)));

    @Override
    public List<Channel> channels(ConversationDesk.Base base) {
      return real.channels(base);
    }

    @Override
    public List<Command> commands(ConversationDesk desk) {
      return real.commands(desk);
    }

    @Override
    public Optional<Asker> asker(ConversationDesk desk) {
      return Optional.of(new Slowly());
    }

    @Override
    public Optional<WebWiring> page() {
      return real.page();
    }
  }

  private static final class Slowly implements Asker {
    @Override
    public Turn answer(Spoken spoken, String question, LiveReply live) throws InterruptedException {
      String answer = spoken.person().name() + " asked: *" + question + "*";
      live.show(answer.substring(0, answer.length() / 2));
      if (question.equals("wait")) {
        TimeUnit.SECONDS.sleep(60);
      }
      return Turn.say(answer);
    }

    @Override
    public Turn summarise(Spoken spoken, String sha256, LiveReply live) {
      return Turn.say("In short: nothing.");
    }
  }

  @BeforeEach
  void open() throws Exception {
    environment = new Environment(Map.of("SANDPIPER_HOME", home.toString()), home);
    AgentConfig config =
        ConfigFile.parse(
            "http.port = 0\nstore.disk_reserve = \"0B\"", Optional.empty(), environment);
    Wiring wiring = new Wiring(config);
    shelves = wiring.openShelves();
    Intake intake = wiring.intake(shelves);
    Journal journal =
        new Journal(new PrintStream(OutputStream.nullOutputStream()), InstantSource.system());
    conversation = wiring.conversation(new Source(), shelves, intake, journal).orElseThrow();
    server =
        wiring.httpServer(
            shelves,
            new Wiring.Served(intake, Bursts.local(new NoWorkers()), Optional.of(conversation)),
            environment,
            journal);
    port = server.start();
    conversation.start();
    new AgentFile(ProcessHandle.current().pid(), port).write(home);
  }

  @AfterEach
  void close() {
    server.close();
    conversation.close();
    shelves.close();
  }

  private int run(String input, String... arguments) {
    return run(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), false, arguments);
  }

  private int run(java.io.InputStream input, boolean terminal, String... arguments) {
    out.reset();
    err.reset();
    Console console =
        new Console(
            input,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            terminal,
            false,
            80);
    return new CommandLineTool(new EdgeWorkshop(), environment, console).run(arguments);
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aQuestionOnTheCommandLineIsAnswered() {
    assertThat(run("", "chat", "what", "now?")).as(err()).isZero();
    assertThat(out()).isEqualTo("owner asked: what now?\n");
    assertThat(run("from a pipe\n", "chat")).as(err()).isZero();
    assertThat(out()).isEqualTo("owner asked: from a pipe\n");
    assertThat(run("", "chat")).isEqualTo(2);
    assertThat(err()).isEqualTo("sandpiper: ask something: there was nothing on the input\n");
  }

  @Test
  void aConversationOnTheTerminal() throws Exception {
    PipedOutputStream typed = new PipedOutputStream();
    PipedInputStream input = new PipedInputStream(typed, 1 << 16);
    CompletableFuture<Integer> ended =
        CompletableFuture.supplyAsync(() -> run(input, true, "chat"));
    await("/help lists commands.");
    type(typed, "hello\n");
    await("owner asked: hello");
    type(typed, "one\ntwo\n");
    await("owner asked: one\ntwo");
    type(typed, "wait\n");
    await("owner ask");
    await(() -> text().lastIndexOf("owner ask") > text().indexOf("two\n"));
    type(typed, "\u0003");
    type(typed, "and now?\n");
    await("owner asked: and now?");
    Path file = Files.writeString(home.resolve("note.txt"), "words");
    type(typed, "/file '" + file + "'\n");
    await("Attached note.txt");
    type(typed, "/file nothing.txt\n");
    await(() -> err().contains("nothing.txt is not a file; check the name"));
    typed.close();
    assertThat(ended.get(90, TimeUnit.SECONDS)).isZero();
  }

  private static void type(PipedOutputStream typed, String text) throws Exception {
    typed.write(text.getBytes(StandardCharsets.UTF_8));
    typed.flush();
  }

  private String text() {
    return out();
  }

  private void await(String text) throws InterruptedException {
    await(() -> text().contains(text));
  }

  private void await(java.util.function.BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(text() + "\n" + err()).isLessThan(end);
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }

  @Test
  void whatIsSentGoesThroughTheOutbox() throws Exception {
    assertThat(run("", "send", "--wait", "The backup is done.")).as(err()).isZero();
    assertThat(ask("GET", "/v1/chat/messages", "").body())
        .contains("\"from\":\"agent\",\"text\":\"The backup is done.\"");
    Path file = Files.writeString(home.resolve("report.txt"), "all is well");
    assertThat(run("df says\n", "send", "--wait", "--file", file.toString(), "-")).isZero();
    assertThat(ask("GET", "/v1/chat/messages", "").body())
        .contains("\"text\":\"df says\"", "\"name\":\"report.txt\"");
    assertThat(run("", "send", "--to", "Nobody", "hello")).isEqualTo(4);
    assertThat(err())
        .isEqualTo(
            "sandpiper: Nobody is called Nobody and can be written to. 'sandpiper people' lists"
                + " everybody and their addresses; a channel that is switched off cannot be"
                + " used.\n");
    assertThat(run("", "send")).isEqualTo(2);
    server.close();
    assertThat(run("", "send", "too late")).isEqualTo(3);
    AgentFile.remove(home);
    assertThat(run("", "chat", "too late")).isEqualTo(3);
    assertThat(err())
        .isEqualTo(
            "sandpiper: no agent is running in " + home + "; start it with 'sandpiper run'\n");
  }

  @Test
  void aCodeLetsSomebodyIntoTheirOwnConversation() throws Exception {
    String code = code(new Pairing.Grant.Newcomer(Role.MEMBER, "Bob"));
    String cookie = logIn(code.toLowerCase(java.util.Locale.ROOT));
    assertThat(me(cookie)).contains("\"name\":\"Bob\",\"owner\":false,\"language\":\"de\"");
    assertThat(page("POST", "/v1/chat/login", "a=b", "{\"secret\":\"" + code + "\"}").statusCode())
        .isEqualTo(401);
    page("POST", "/v1/chat/messages", cookie, "{\"key\":\"key-0001\",\"text\":\"hallo\"}");
    await(() -> history(cookie).contains("Bob asked: *hallo*"));
    Person bob =
        conversation.desk().base().door().people().list().stream()
            .map(entry -> entry.person())
            .filter(person -> person.name().equals("Bob"))
            .findFirst()
            .orElseThrow();
    String second = logIn(code(new Pairing.Grant.Link(bob)));
    assertThat(history(second)).contains("Bob asked: *hallo*");
    shelves.database().write(tx -> conversation.desk().base().door().people().remove(tx, bob.id()));
    assertThat(page("GET", "/v1/chat/me", cookie, "").statusCode()).isEqualTo(401);
  }

  @Test
  void theTokenIsOneOwnerForEver() throws Exception {
    String first = ask("GET", "/v1/chat/me", "").body();
    assertThat(ask("GET", "/v1/chat/me", "").body()).isEqualTo(first);
    String cookie = logIn(token());
    assertThat(me(cookie).replaceAll("\"session\":\\d+", ""))
        .isEqualTo(first.replaceAll("\"session\":\\d+", ""));
    assertThat(conversation.desk().base().door().people().list()).hasSize(1);
  }

  @Test
  void theAttachmentOfAParcelCanBeFetched() throws Exception {
    Path file = Files.writeString(home.resolve("export.md"), "# All of it");
    run("", "send", "--wait", "--file", file.toString());
    String id =
        ask("GET", "/v1/chat/messages", "").body().replaceAll(".*\"id\":\"(out-[^\"]*)\".*", "$1");
    HttpResponse<String> fetched = ask("GET", "/v1/chat/files/" + id, "");
    assertThat(fetched.body()).isEqualTo("# All of it");
    String other = logIn(code(new Pairing.Grant.Newcomer(Role.GUEST, "Eve")));
    assertThat(page("GET", "/v1/chat/files/" + id, other, "").statusCode()).isEqualTo(404);
    String hash =
        shelves
            .database()
            .read(tx ->
                tx.queryOne("SELECT sha256 FROM web_files LIMIT 1", row -> row.text(1))
                    .orElseThrow());
    assertThat(conversation.mentions(hash)).isTrue();
  }

  @Test
  void whatIsForgottenIsNotShownOnThePageAnyMore() throws Exception {
    String cookie = logIn(token());
    Path file = Files.writeString(home.resolve("diary.txt"), "dear diary");
    assertThat(run("", "send", "--wait", "--file", file.toString(), "a secret")).isZero();
    say(cookie, "key-0001", "my secret is 42");
    await(() -> history(cookie).contains("owner asked: *my secret is 42*"));
    String other = logIn(code(new Pairing.Grant.Newcomer(Role.MEMBER, "Bob")));
    say(other, "key-0001", "my own");
    await(() -> history(other).contains("Bob asked: *my own*"));
    say(cookie, "key-0002", "/forget history");
    await(() -> history(cookie).contains("What was said here is forgotten."));
    assertThat(history(cookie)).doesNotContain("secret", "diary", "/forget");
    assertThat(history(other)).contains("Bob asked: *my own*");
    assertThat(events(cookie)).contains("event: reset").doesNotContain("secret");
    long files =
        shelves
            .database()
            .<Long>read(tx ->
                tx.queryOne(
                        "SELECT count(*) FROM web_files WHERE message IS NOT NULL",
                        row -> row.number(1))
                    .orElseThrow());
    assertThat(files).as("files of messages; the upload itself waits for a day").isZero();
  }

  /// What a page hears that was away since the beginning.
  private String events(String cookie) throws Exception {
    HttpResponse<java.io.InputStream> answer =
        HttpClient.newHttpClient()
            .send(
                request("GET", "/v1/chat/events", "")
                    .header("Cookie", cookie)
                    .header("Last-Event-ID", "long-ago")
                    .build(),
                HttpResponse.BodyHandlers.ofInputStream());
    StringBuilder heard = new StringBuilder();
    try (java.io.InputStream in = answer.body()) {
      while (heard.indexOf("data: {}") < 0) {
        int next = in.read();
        assertThat(next).as(heard.toString()).isNotNegative();
        heard.append((char) next);
      }
    }
    return heard.toString();
  }

  private void say(String cookie, String key, String text) throws Exception {
    String body = "{\"key\":\"%s\",\"text\":\"%s\"}".formatted(key, text);
    assertThat(page("POST", "/v1/chat/messages", cookie, body).statusCode()).isEqualTo(202);
  }

  private String code(Pairing.Grant grant) {
    return shelves
        .database()
        .<String>write(tx -> conversation.desk().base().door().pairing().make(tx, grant));
  }

  private String me(String cookie) throws Exception {
    return page("GET", "/v1/chat/me", cookie, "").body();
  }

  private String history(String cookie) {
    try {
      return page("GET", "/v1/chat/messages", cookie, "").body();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private String token() throws Exception {
    return Files.readString(home.resolve("http.token")).strip();
  }

  private String logIn(String secret) throws Exception {
    HttpResponse<String> answer =
        page(
            "POST",
            "/v1/chat/login",
            "a=b",
            "{\"secret\":\"" + secret + "\",\"language\":\"de-DE\"}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
    return answer.headers().firstValue("set-cookie").orElseThrow().split(";", 2)[0];
  }

  private HttpResponse<String> page(String method, String path, String cookie, String body)
      throws Exception {
    return send(
        request(method, path, body)
            .header("Cookie", cookie)
            .header("Origin", "http://127.0.0.1:" + port)
            .header("X-Sandpiper", "1"));
  }

  private HttpResponse<String> ask(String method, String path, String body) throws Exception {
    return send(request(method, path, body).header("Authorization", "Bearer " + token()));
  }

  private HttpRequest.Builder request(String method, String path, String body) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .method(method, HttpRequest.BodyPublishers.ofString(body));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
