package dev.sandpiper.edge.channel.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.sandpiper.edge.channel.Hook;
import dev.sandpiper.edge.config.Secret;
import dev.sandpiper.edge.fake.telegram.FakeTelegram;
import dev.sandpiper.edge.fake.telegram.Person;
import dev.sandpiper.edge.fake.telegram.World;
import dev.sandpiper.edge.store.StoreFailures;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class WebhookTest {
  private static final Person ADA = Person.of(7, "Ada");

  @TempDir Path folder;
  private Rig rig;
  private HttpServer door;
  private volatile @Nullable Hook hook;

  @BeforeEach
  void start() throws IOException {
    rig = new Rig(folder);
    door = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    door.createContext(
        "/hooks/telegram",
        exchange -> {
          try (exchange) {
            Map<String, String> headers = new HashMap<>();
            exchange
                .getRequestHeaders()
                .forEach((name, values) ->
                    headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
            Hook open = hook;
            int status =
                open == null ? 503 : open.receive(headers, exchange.getRequestBody()).status();
            exchange.sendResponseHeaders(status, -1);
          }
        });
    door.start();
  }

  @AfterEach
  void stop() {
    door.stop(0);
    rig.close();
  }

  private URI url() {
    return URI.create("http://127.0.0.1:" + door.getAddress().getPort() + "/hooks/telegram");
  }

  private TelegramChannel started() {
    TelegramChannel channel = rig.hooked(url(), null);
    hook = channel.hooks().getFirst();
    channel.start(rig.inbox);
    return channel;
  }

  private static void awaitStanding(TelegramChannel channel, String detail) {
    FakeTelegram.await(detail, () -> channel.check().detail().equals(detail));
  }

  private static int ask(Hook hook, String secret, String body) throws IOException {
    return hook.receive(
            Map.of("x-telegram-bot-api-secret-token", secret),
            new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)))
        .status();
  }

  @Test
  void updatesAreBrought() {
    TelegramChannel channel = started();
    rig.fake.world().say(World.said(ADA, "hello"));
    FakeTelegram.await("it is brought", () -> rig.inbox.words().equals(List.of("hello")));
    FakeTelegram.await("it is confirmed", () -> rig.fake.world().waiting() == 0);
    assertThat(rig.fake.world().secret()).matches("[0-9a-f]{64}");
    // An update may be brought before the answer that the webhook is set.
    awaitStanding(channel, "receives at 127.0.0.1 as @sandpiper_test_bot");
    assertThat(rig.fake.count("getUpdates")).isZero();
  }

  @Test
  void whatCannotBeKeptIsBroughtAgain() {
    AtomicInteger failures = new AtomicInteger(2);
    rig.inbox.before(_ -> {
      if (failures.getAndDecrement() > 0) {
        throw StoreFailures.diskFull();
      }
    });
    started();
    rig.fake.world().say(World.said(ADA, "hello"));
    FakeTelegram.await("it is brought again", () -> rig.inbox.words().equals(List.of("hello")));
    FakeTelegram.await("it is confirmed", () -> rig.fake.world().waiting() == 0);
    assertThat(rig.fake.world().hookAnswers()).endsWith(503, 503, 200);
  }

  @Test
  void onlyTelegramComesIn() throws IOException {
    TelegramChannel channel = started();
    FakeTelegram.await("it is set", () -> !rig.fake.world().webhook().isEmpty());
    Hook open = channel.hooks().getFirst();
    String update = "{\"update_id\":1}";
    assertThat(ask(open, "wrong", update)).isEqualTo(401);
    assertThat(open.receive(Map.of(), new ByteArrayInputStream(new byte[0])).status())
        .isEqualTo(401);
    String secret = rig.fake.world().secret();
    assertThat(ask(open, secret, update)).isEqualTo(200);
    assertThat(ask(open, secret, "not JSON")).as("it would come for ever").isEqualTo(200);
    channel.close();
    assertThat(ask(open, secret, update)).as("closed").isEqualTo(503);
  }

  @Test
  void theModeMayChange() {
    started();
    FakeTelegram.await("it is set", () -> !rig.fake.world().webhook().isEmpty());
    rig.close();
    Rig next = new Rig(folder);
    rig = next;
    rig.fake.world().say(World.said(ADA, "polled"));
    TelegramChannel polling = rig.started();
    FakeTelegram.await("it polls", () -> rig.inbox.words().equals(List.of("polled")));
    assertThat(rig.fake.count("deleteWebhook")).isEqualTo(1);
    awaitStanding(polling, "polls as @sandpiper_test_bot");
  }

  @Test
  void anOwnSecretIsUsed() {
    TelegramChannel channel = rig.hooked(url(), new Secret("my-own_secret"));
    channel.start(rig.inbox);
    FakeTelegram.await("it is set", () -> !rig.fake.world().webhook().isEmpty());
    assertThat(rig.fake.world().secret()).isEqualTo("my-own_secret");
    assertThat(rig.log()).doesNotContain("my-own_secret");
  }
}
