package dev.sandpiper.edge.fake.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.edge.Needed;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
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

/// grammY, which knows nothing of us, takes the stand-in for Telegram.
@Timeout(300)
@SuppressWarnings("NullAway.Init")
class FakeTelegramIT {
  private static final Person ADA = Person.of(7, "Ada");
  private static final String HOOK = "http://127.0.0.1:9/hooks/telegram";

  private final FakeTelegram telegram = FakeTelegram.start();
  private final LinkedBlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private Process client;

  @BeforeEach
  void logIn() throws Exception {
    Needed.command("Node.js 18 or newer", "node", "--version");
    Needed.command("npm", "npm", "--version");
    ProcessBuilder builder =
        new ProcessBuilder("node", "prove.js")
            .directory(installed().toFile())
            .redirectErrorStream(true);
    builder.environment().put("TELEGRAM_API", telegram.uri().toString());
    builder.environment().put("TELEGRAM_TOKEN", FakeTelegram.TOKEN);
    builder.environment().put("TELEGRAM_HOOK", HOOK);
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
    telegram.close();
  }

  /// The folder with the client and what it needs, made once beside the checkout.
  private static Path installed() throws Exception {
    byte[] lock = resource("package-lock.json");
    String hash =
        HexFormat.of()
            .formatHex(MessageDigest.getInstance("SHA-256").digest(lock))
            .substring(0, 16);
    Path folder = cache().resolve("grammy").resolve(hash);
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
        Needed.that(done, "grammy from npm; what went wrong is in " + folder.resolve("npm.log"));
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
    try (InputStream in =
        Objects.requireNonNull(FakeTelegramIT.class.getResourceAsStream(name), name)) {
      return in.readAllBytes();
    }
  }

  private void expect(String line) throws InterruptedException {
    assertThat(lines.poll(60, TimeUnit.SECONDS)).isEqualTo(line);
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
