package dev.sandpiper.edge.fake.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.edge.fake.NodeClient;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// grammY, which knows nothing of us, takes the stand-in for Telegram.
@Timeout(300)
@SuppressWarnings("NullAway.Init")
class FakeTelegramIT {
  private static final Person ADA = Person.of(7, "Ada");
  private static final String HOOK = "http://127.0.0.1:9/hooks/telegram";

  private final FakeTelegram telegram = FakeTelegram.start();
  private NodeClient client;

  @BeforeEach
  void logIn() throws Exception {
    client =
        NodeClient.start(
            FakeTelegramIT.class,
            "grammy",
            Map.of(
                "TELEGRAM_API",
                telegram.uri().toString(),
                "TELEGRAM_TOKEN",
                FakeTelegram.TOKEN,
                "TELEGRAM_HOOK",
                HOOK));
  }

  @AfterEach
  void logOut() throws Exception {
    if (client != null) {
      client.close();
    }
    telegram.close();
  }

  private void expect(String line) throws InterruptedException {
    assertThat(client.next()).isEqualTo(line);
  }

  @Test
  void anIndependentClientPollsAnswersPressesAndFetches() throws Exception {
    World world = telegram.world();
    expect("ready " + FakeTelegram.BOT + " " + FakeTelegram.NAME);

    world.say(World.said(ADA, "/start now"));
    expect("sent 2 Hello <you> now");
    Post greeting = world.posts(ADA.id()).getFirst();
    assertThat(greeting.text()).isEqualTo("Hello <you> now");
    assertThat(greeting.replyTo()).isEqualTo(1);
    assertThat(greeting.buttons()).containsExactly("Press=pressed:1");

    world.press(ADA, ADA.id(), greeting.id(), "Press");
    expect("pressed Ada");
    assertThat(world.answeredPresses()).hasSize(1);
    assertThat(world.posts(ADA.id()).getFirst().text()).isEqualTo("Thank you");

    byte[] bytes = new byte[100_000];
    bytes[0] = '%';
    bytes[1] = 'P';
    bytes[2] = 'D';
    bytes[3] = 'F';
    world.sendFile(ADA, "a.pdf", bytes, "");
    expect("file a.pdf 100000 %PDF");
    expect("returned");
    assertThat(world.posts(ADA.id()).getLast())
        .returns("back.bin:100000", Post::file)
        .returns("back", Post::text);

    world.say(World.said(ADA, "errors, please"));
    expect(
        "400 Bad Request: can't parse entities: Can't find end tag corresponding to start tag"
            + " \"b\" ");
    expect("400 Bad Request: message is too long ");
    expect("400 Bad Request: wrong file_id or the file is temporarily unavailable ");
    expect("no error");
    expect("webhook true");
    expect(
        "409 Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to"
            + " delete the webhook first");
    expect("deleted true");
    assertThat(world.typed(ADA.id())).isEqualTo(1);
    assertThat(world.menu("de")).contains("Begin");
  }

  @Test
  void anIndependentClientIsToldToWait() throws Exception {
    expect("ready " + FakeTelegram.BOT + " " + FakeTelegram.NAME);
    telegram.fail(
        "sendMessage", new Fault.TooMany(5), new Fault.TooMany(490), new Fault.TooMany(7));
    telegram.world().say(World.said(ADA, "errors, please"));
    expect("429 Too Many Requests: retry after 5 5");
    expect("429 Too Many Requests: retry after 490 490");
    expect("400 Bad Request: wrong file_id or the file is temporarily unavailable ");
    expect("429 Too Many Requests: retry after 7 7");
  }
}
