package dev.sandpiper.edge.fake.discord;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.edge.fake.NodeClient;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// discord.js, which knows nothing of us, takes the stand-in for Discord.
@Timeout(300)
@SuppressWarnings("NullAway.Init")
class FakeDiscordIT {

  private static final String ADA = "700000000000000001";

  private final FakeDiscord discord = new FakeDiscord();
  private NodeClient client;

  @BeforeEach
  void logIn() throws Exception {
    client =
        NodeClient.start(
            FakeDiscordIT.class,
            "discord.js",
            Map.of(
                "DISCORD_API",
                discord.base().toString().replace("/v10", ""),
                "DISCORD_TOKEN",
                FakeDiscord.TOKEN));
  }

  @AfterEach
  void logOut() throws Exception {
    if (client != null) {
      client.close();
    }
    discord.close();
  }

  private void expect(String line) throws InterruptedException {
    assertThat(client.next()).isEqualTo(line);
  }

  @Test
  void anIndependentClientLogsInAnswersAndComesBack() throws Exception {
    String chat = discord.direct(ADA);
    expect("ready " + FakeDiscord.BOT + " 1");
    final String asked = discord.say(chat, ADA, "hello ü 🐦");
    expect("message direct person " + ADA + " hello ü 🐦");
    String nonce = client.next();
    assertThat(nonce).startsWith("own ");
    FakeMessage answer = discord.answers(chat).getFirst();
    assertThat(answer.content()).isEqualTo("you said hello ü 🐦");
    assertThat(answer.replyTo()).isEqualTo(asked);
    assertThat(answer.buttons()).containsExactly("press-me");

    final String press = discord.press(chat, ADA, answer.id(), "press-me");
    expect("pressed press-me");
    assertThat(Objects.requireNonNull(discord.acknowledged(press)).number(0, "type")).isEqualTo(6);
    assertThat(discord.answers(chat).getFirst().content()).isEqualTo("pressed");
    assertThat(discord.answers(chat).getFirst().buttons()).isEmpty();

    discord.command(chat, ADA, "ask", "how much?");
    expect("command ask how much?");

    discord.drop();
    discord.say(chat, ADA, "while away");
    expect("message direct person " + ADA + " while away");
    assertThat(client.next()).isIn("resumed", "own " + lastNonce(chat));
    assertThat(discord.identifies()).isEqualTo(1);
    assertThat(discord.resumes()).isEqualTo(1);
  }

  private String lastNonce(String chat) {
    return String.valueOf(discord.answers(chat).getLast().nonce());
  }

  @Test
  void anIndependentClientFindsTheRules() throws Exception {
    String chat = discord.direct(ADA);
    expect("ready " + FakeDiscord.BOT + " 1");
    discord.say(chat, ADA, "send twice");
    expect("message direct person " + ADA + " send twice");
    expect("own n1");
    expect("twice true");
    discord.say(chat, ADA, "too long");
    expect("message direct person " + ADA + " too long");
    expect("refused 400 50035");
    discord.say(chat, ADA, "look back");
    expect("message direct person " + ADA + " look back");
    expect("found look back|too long");
    discord.say(chat, ADA, "send a file");
    expect("message direct person " + ADA + " send a file");
    assertThat(client.next()).startsWith("own ");
    expect("file a.txt bytes of a file");
    assertThat(discord.answers(chat)).hasSize(2);
  }

  @Test
  void anIndependentClientIsToldWhyItMayNotComeIn() throws Exception {
    expect("ready " + FakeDiscord.BOT + " 1");
    discord.invalidate(false);
    String chat = discord.channel();
    while (discord.identifies() < 2) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    String id = discord.say(chat, ADA, "<@" + FakeDiscord.BOT + "> back?");
    assertThat(id).isNotEmpty();
    byte[] line = client.next().getBytes(StandardCharsets.UTF_8);
    assertThat(new String(line, StandardCharsets.UTF_8))
        .startsWith("message " + World.GUILD + " person")
        .endsWith("back?");
  }
}
