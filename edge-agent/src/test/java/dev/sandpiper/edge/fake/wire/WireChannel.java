package dev.sandpiper.edge.fake.wire;

import dev.sandpiper.edge.channel.Address;
import dev.sandpiper.edge.channel.Channel;
import dev.sandpiper.edge.channel.Delivery;
import dev.sandpiper.edge.channel.FileRefusedException;
import dev.sandpiper.edge.channel.Inbox;
import dev.sandpiper.edge.channel.Incoming;
import dev.sandpiper.edge.channel.IncomingFile;
import dev.sandpiper.edge.channel.LiveReply;
import dev.sandpiper.edge.channel.Outgoing;
import dev.sandpiper.edge.channel.Parcel;
import dev.sandpiper.edge.channel.Sender;
import dev.sandpiper.edge.health.CheckResult;
import dev.sandpiper.edge.json.JsonValue;
import dev.sandpiper.edge.store.StoreException;
import dev.sandpiper.edge.view.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A channel that polls a [FarSide] and keeps nothing itself.
public final class WireChannel implements Channel {
  private static final int LONGEST = 1_000;
  private static final long LARGEST = 1_000_000;

  private final String name;
  private final boolean idempotent;
  private final URI base;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private @Nullable Thread poller;
  private volatile boolean stopping;

  /// @param idempotent what is said of the far side
  public WireChannel(String name, boolean idempotent, String url) {
    this.name = name;
    this.idempotent = idempotent;
    this.base = URI.create(url);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void start(Inbox inbox) {
    poller = Thread.ofVirtual().start(() -> poll(inbox));
  }

  private void poll(Inbox inbox) {
    long offset = 0;
    while (!stopping) {
      try {
        HttpResponse<String> answer =
            http.send(get("/updates?offset=" + offset), BodyHandlers.ofString());
        for (JsonValue update : JsonValue.read(answer.body()).items()) {
          inbox.accept(incoming(update));
          offset = update.number(0, "id") + 1;
        }
      } catch (IOException | StoreException _) {
        pause();
      } catch (InterruptedException _) {
        return;
      }
    }
  }

  private Incoming incoming(JsonValue update) {
    String chat = update.text("chat", "");
    String id = Long.toString(update.number(0, "id"));
    String file = update.text("file", "");
    List<IncomingFile> files =
        file.isEmpty()
            ? List.of()
            : List.of(new IncomingFile(file, update.number(0, "size"), null, file));
    return new Incoming(
        id,
        new Address(name, chat),
        new Sender(name, chat, "Ada", "en"),
        false,
        new Incoming.Content.Message(update.text("text", ""), files, id, null));
  }

  private static void pause() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public List<String> split(String markdown) {
    List<String> pieces = new ArrayList<>();
    String rest = markdown;
    while (rest.length() > LONGEST) {
      int cut = Math.max(rest.lastIndexOf(' ', LONGEST), rest.lastIndexOf('\n', LONGEST));
      int end = cut < 1 ? LONGEST : cut;
      pieces.add(rest.substring(0, end));
      rest = rest.substring(end).stripLeading();
    }
    if (!rest.isBlank()) {
      pieces.add(rest);
    }
    return pieces;
  }

  @Override
  public Delivery deliver(Parcel parcel) throws InterruptedException {
    String text =
        switch (parcel.content()) {
          case Outgoing.Text content -> content.markdown();
          case Outgoing.Edit edit -> edit.markdown();
          case Outgoing.Attachment file -> file.caption();
        };
    String body =
        Json.line(json -> {
          json.writeStartObject();
          json.writeStringField("key", parcel.key());
          json.writeStringField("chat", parcel.address().chat());
          json.writeStringField("text", text);
          json.writeEndObject();
        });
    HttpRequest request =
        HttpRequest.newBuilder(base.resolve("/send"))
            .timeout(Duration.ofSeconds(5))
            .POST(BodyPublishers.ofString(body))
            .build();
    try {
      return delivery(http.send(request, BodyHandlers.ofString()));
    } catch (IOException e) {
      return new Delivery.Unknown("no whole answer: " + e.getMessage());
    }
  }

  private static Delivery delivery(HttpResponse<String> answer) throws IOException {
    return switch (answer.statusCode()) {
      case 200 -> new Delivery.Delivered(JsonValue.read(answer.body()).text("id", ""));
      case 429 ->
          new Delivery.Later(
              "429",
              Duration.ofMillis(
                  answer.headers().firstValueAsLong("Retry-After-Millis").orElse(1_000)),
              answer.headers().firstValue("Everywhere").map(Boolean::valueOf).orElse(false));
      default -> new Delivery.Later("status " + answer.statusCode(), null, false);
    };
  }

  @Override
  public boolean isIdempotent() {
    return idempotent;
  }

  @Override
  public InputStream open(IncomingFile file) throws IOException, InterruptedException {
    if (file.size() > LARGEST) {
      throw new FileRefusedException(
          FileRefusedException.Reason.GONE, file.name() + " is larger than 1 MB.");
    }
    HttpResponse<InputStream> answer =
        http.send(get("/files/" + file.reference()), BodyHandlers.ofInputStream());
    if (answer.statusCode() == 404) {
      throw new FileRefusedException(FileRefusedException.Reason.GONE, file.name() + " is gone.");
    }
    return answer.body();
  }

  private HttpRequest get(String path) {
    return HttpRequest.newBuilder(base.resolve(path)).timeout(Duration.ofSeconds(10)).build();
  }

  @Override
  public LiveReply live(Address address) {
    return LiveReply.none();
  }

  @Override
  public CheckResult check() {
    return CheckResult.ok(name, "polls " + base);
  }

  @Override
  public void close() {
    stopping = true;
    Thread thread = poller;
    if (thread != null) {
      thread.interrupt();
      try {
        thread.join();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
    http.shutdownNow();
  }
}
