package dev.sandpiper.edge.fake.discord;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.edge.Needed;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
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
  private final LinkedBlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private Process client;

  @BeforeEach
  void logIn() throws Exception {
    Needed.command("Node.js 18 or newer", "node", "--version");
    Needed.command("npm", "npm", "--version");
    Path folder = installed();
    String api = discord.base().toString().replace("/v10", "");
    ProcessBuilder builder =
        new ProcessBuilder("node", "prove.js").directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().put("DISCORD_API", api);
    builder.environment().put("DISCORD_TOKEN", FakeDiscord.TOKEN);
    client = builder.start();
    Thread.ofVirtual()
        .start(() -> {
          try (BufferedReader reader = client.inputReader()) {
            reader.lines().forEach(lines::add);
          } catch (IOException e) {
            lines.add("failed to read: " + e.getMessage());
          }
        });
  }

  @AfterEach
  void logOut() throws Exception {
    if (client != null) {
      client.getOutputStream().close();
      if (!client.waitFor(10, TimeUnit.SECONDS)) {
        client.destroyForcibly();
      }
    }
    discord.close();
  }

  /// The folder with the client and what it needs, made once beside the checkout.
  private static Path installed() throws Exception {
    byte[] lock = resource("package-lock.json");
    String hash =
        HexFormat.of()
            .formatHex(MessageDigest.getInstance("SHA-256").digest(lock))
            .substring(0, 16);
    Path folder = cache().resolve("discord.js").resolve(hash);
    Files.createDirectories(folder);
    try (FileChannel channel =
            FileChannel.open(
                folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock _ = channel.lock()) {
      Files.write(folder.resolve("prove.js"), resource("prove.js"));
      if (!Files.exists(folder.resolve("complete"))) {
        Files.write(folder.resolve("package.json"), resource("package.json"));
        Files.write(folder.resolve("package-lock.json"), lock);
        Process npm =
            new ProcessBuilder(
                    "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("npm.log").toFile())
                .start();
        boolean done = npm.waitFor(240, TimeUnit.SECONDS) && npm.exitValue() == 0;
        Needed.that(
            done, "discord.js from npm; what went wrong is in " + folder.resolve("npm.log"));
        Files.writeString(folder.resolve("complete"), "");
      }
    }
    return folder;
  }

  private static Path cache() {
    return Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
        .filter(text -> !text.isEmpty())
        .map(Path::of)
        .orElse(Path.of(System.getProperty("user.home"), ".cache"))
        .resolve("sandpiper");
  }

  private static byte[] resource(String name) throws IOException {
    try (var in = Objects.requireNonNull(FakeDiscordIT.class.getResourceAsStream(name), name)) {
      return in.readAllBytes();
    }
  }

  private void expect(String line) throws InterruptedException {
    assertThat(lines.poll(60, TimeUnit.SECONDS)).isEqualTo(line);
  }

  @Test
  void anIndependentClientLogsInAnswersAndComesBack() throws Exception {
    String chat = discord.direct(ADA);
    expect("ready " + FakeDiscord.BOT + " 1");
    final String asked = discord.say(chat, ADA, "hello ü 🐦");
    expect("message direct person " + ADA + " hello ü 🐦");
    String nonce = lines.poll(60, TimeUnit.SECONDS);
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
    assertThat(lines.poll(60, TimeUnit.SECONDS)).isIn("resumed", "own " + lastNonce(chat));
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
    assertThat(lines.poll(60, TimeUnit.SECONDS)).startsWith("own ");
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
    byte[] line = String.valueOf(lines.poll(60, TimeUnit.SECONDS)).getBytes(StandardCharsets.UTF_8);
    assertThat(new String(line, StandardCharsets.UTF_8))
        .startsWith("message " + World.GUILD + " person")
        .endsWith("back?");
  }
}
