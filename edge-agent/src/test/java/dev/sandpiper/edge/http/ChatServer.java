package dev.sandpiper.edge.http;

import dev.sandpiper.edge.channel.Address;
import dev.sandpiper.edge.channel.Inbox;
import dev.sandpiper.edge.channel.Incoming;
import dev.sandpiper.edge.channel.Outgoing;
import dev.sandpiper.edge.channel.Parcel;
import dev.sandpiper.edge.channel.web.Doorkeeper;
import dev.sandpiper.edge.channel.web.Visitor;
import dev.sandpiper.edge.channel.web.WebChannel;
import dev.sandpiper.edge.channel.web.WebHistory;
import dev.sandpiper.edge.channel.web.WebSessions;
import dev.sandpiper.edge.config.Configs;
import dev.sandpiper.edge.config.Secret;
import dev.sandpiper.edge.intake.Rig;
import dev.sandpiper.edge.journal.Journal;
import dev.sandpiper.edge.ledger.Ledgers;
import dev.sandpiper.edge.talk.Messages;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/// The page's routes over the real store; what stands behind the inbox is the test's.
final class ChatServer implements AutoCloseable, Inbox, Doorkeeper {

  static final Visitor OWNER = new Visitor("0owner", "Ada", true, Locale.ENGLISH);

  final BlockingQueue<Incoming> taken = new LinkedBlockingQueue<>();
  final Map<String, Visitor> codes = new ConcurrentHashMap<>();
  final Map<String, Visitor> people = new ConcurrentHashMap<>(Map.of(OWNER.id(), OWNER));
  final TurnedClock clock = new TurnedClock();
  final WebChannel channel;
  final WebSessions sessions;
  final Rig rig;
  final HttpServer server;
  final int port;
  volatile boolean denies;
  private final Set<String> known = new HashSet<>();
  private final HttpClient client = HttpClient.newHttpClient();

  private static final class Nobody implements Dispatch {
    @Override
    public Sent send(String to, List<Outgoing> content) {
      return new Sent.NobodyThere("Nobody is there.");
    }

    @Override
    public Optional<Standing> find(String key) {
      return Optional.empty();
    }
  }

  /// A clock that the test turns.
  static final class TurnedClock implements InstantSource {
    private volatile Instant now = Instant.parse("2026-03-01T08:00:00Z");

    @Override
    public Instant instant() {
      return now;
    }

    void advance(Duration time) {
      now = now.plus(time);
    }
  }

  ChatServer(Path home) throws IOException {
    this(home, "", List.of());
  }

  ChatServer(Path home, String toml, List<dev.sandpiper.edge.channel.Hook> hooks)
      throws IOException {
    rig = new Rig(home, 1 << 20);
    channel = new WebChannel(new WebHistory(rig.database, clock), rig.blobs, clock, new Random(1));
    channel.start(this);
    sessions = new WebSessions(rig.database, clock, new Random(2), Duration.ofDays(30));
    ApiParts parts =
        new ApiParts(
            rig.database,
            rig.blobs,
            rig.library,
            rig.queue,
            rig.intake,
            Optional.empty(),
            List::of);
    Secret token = new Secret(RawClient.TOKEN);
    ChatParts chat =
        new ChatParts(
            channel,
            sessions,
            this,
            Duration.ofDays(30),
            1 << 20,
            locale -> new Messages().patterns(locale, "web."),
            clock);
    server =
        new HttpServer(
            Configs.parse("http.port = 0\nhttp.hosts = [\"pi.example\"]\n" + toml).http(),
            token,
            new HttpApi(parts)
                .withLedger(Ledgers.free(rig.database, clock))
                .withChat(chat, token)
                .withDispatch(chat, new Nobody())
                .withHooks(hooks),
            new HttpServer.Surroundings(
                rig.events,
                InstantSource.system(),
                new Journal(System.err, InstantSource.system())));
    port = server.start();
  }

  @Override
  public synchronized Taken accept(Incoming incoming) {
    if (denies) {
      return Taken.DENIED;
    }
    if (!known.add(incoming.updateKey())) {
      return Taken.KNOWN;
    }
    taken.add(incoming);
    return Taken.NEW;
  }

  @Override
  public Visitor owner() {
    return OWNER;
  }

  @Override
  public Optional<Visitor> redeem(String code, String language) {
    Optional<Visitor> visitor = Optional.ofNullable(codes.remove(code));
    visitor.ifPresent(one -> people.put(one.id(), one));
    return visitor;
  }

  @Override
  public Optional<Visitor> find(String visitor) {
    return Optional.ofNullable(people.get(visitor));
  }

  void deliver(String key, Outgoing content, @Nullable String target) {
    channel.deliver(
        new Parcel(key, new Address(WebChannel.NAME, OWNER.id()), content, target, null));
  }

  /// A request of the page, with its cookie.
  HttpResponse<String> page(String method, String path, String cookie, String body)
      throws IOException, InterruptedException {
    return send(
        request(method, path, body)
            .header("Cookie", cookie)
            .header("Origin", "http://127.0.0.1:" + port)
            .header("X-Sandpiper", "1"));
  }

  HttpRequest.Builder request(String method, String path, String body) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .timeout(Duration.ofSeconds(20))
        .method(
            method,
            body.isEmpty()
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofString(body));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /// With the token.
  HttpResponse<String> owner(String method, String path, String body)
      throws IOException, InterruptedException {
    return send(request(method, path, body).header("Authorization", "Bearer " + RawClient.TOKEN));
  }

  /// Logs in and answers the cookie.
  String logIn(String secret) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        page("POST", "/v1/chat/login", "a=b", "{\"secret\":\"" + secret + "\"}");
    if (answer.statusCode() != 204) {
      throw new AssertionError(answer.statusCode() + " " + answer.body());
    }
    String cookie = answer.headers().firstValue("set-cookie").orElseThrow();
    return cookie.substring(0, cookie.indexOf(';'));
  }

  @Override
  public void close() {
    server.close();
    channel.close();
    rig.close();
  }
}
