package dev.sandpiper.edge.channel.discord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sandpiper.edge.channel.Address;
import dev.sandpiper.edge.channel.FileRefusedException;
import dev.sandpiper.edge.channel.Incoming;
import dev.sandpiper.edge.channel.IncomingFile;
import dev.sandpiper.edge.channel.Sender;
import dev.sandpiper.edge.fake.discord.FakeDiscord;
import dev.sandpiper.edge.json.JsonValue;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
@SuppressWarnings("NullAway.Init")
class ReceivingTest {

  private static final byte[] BYTES = "%PDF-1.7 …".getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;
  private Rig rig;

  @BeforeEach
  void open() {
    rig = new Rig(folder);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void aDirectMessage() throws Exception {
    rig.connected();
    String id = rig.discord.say(rig.chat, Rig.ADA, "how much was it?");
    rig.awaitTexts("how much was it?");
    assertThat(rig.taken().getFirst())
        .isEqualTo(
            new Incoming(
                id,
                new Address("discord", rig.chat),
                new Sender("discord", Rig.ADA, "person " + Rig.ADA, null),
                false,
                new Incoming.Content.Message("how much was it?", List.of(), id, null)));
  }

  @Test
  void inAServerOnlyWhatIsForTheBot() throws Exception {
    rig.connected();
    String channel = rig.discord.channel();
    rig.discord.say(channel, Rig.ADA, "nobody asked you");
    String asked = rig.discord.say(channel, Rig.ADA, "<@" + FakeDiscord.BOT + "> and you?");
    rig.awaitTexts("and you?");
    assertThat(rig.taken().getFirst().group()).isTrue();
    rig.deliver("in0", dev.sandpiper.edge.channel.Outgoing.text("in the other chat"));
    rig.discord.say(channel, Rig.ADA, "a reply to a person", asked);
    String mine =
        rig.discord.say(channel, FakeDiscord.BOT, "the bot's own words, which are no question");
    rig.discord.say(channel, Rig.ADA, "a reply to the bot", mine);
    rig.awaitTexts("and you?", "a reply to the bot");
    assertThat(rig.taken().getLast().content())
        .isInstanceOfSatisfying(
            Incoming.Content.Message.class, said -> assertThat(said.replyTo()).isEqualTo(mine));
  }

  @Test
  void aCommandArrivesAsWordsAndIsConfirmed() throws Exception {
    rig.connected();
    String id = rig.discord.command(rig.chat, Rig.ADA, "ask", "how much?");
    rig.awaitTexts("/ask how much?");
    assertThat(rig.taken().getFirst().sender().language()).isEqualTo("de");
    assertThat(rig.confirmed(id))
        .isEqualTo(
            "{\"type\":4,\"data\":{\"content\":\"`/ask how"
                + " much?`\",\"allowed_mentions\":{\"parse\":[]}}}");
    rig.deny(true);
    String denied = rig.discord.command(rig.chat, Rig.ADA, "status", null);
    assertThat(rig.confirmed(denied)).contains("🔒", "\"flags\":64");
  }

  @Test
  void aButtonArrivesAndIsConfirmed() throws Exception {
    rig.connected();
    rig.deliver(
        "b1",
        new dev.sandpiper.edge.channel.Outgoing.Text(
            "again?", List.of(new dev.sandpiper.edge.channel.Button("Retry", "retry:7")), null));
    String message = rig.discord.answers(rig.chat).getFirst().id();
    String id = rig.discord.press(rig.chat, Rig.ADA, message, "retry:7");
    rig.awaitTexts("press retry:7");
    assertThat(rig.taken().getFirst().content())
        .isEqualTo(new Incoming.Content.Press("retry:7", message));
    assertThat(rig.confirmed(id)).isEqualTo("{\"type\":6}");
  }

  private IncomingFile received() throws Exception {
    rig.connected();
    rig.discord.send(rig.chat, Rig.ADA, "", "invoice ü.pdf", BYTES);
    rig.awaitTexts("");
    return ((Incoming.Content.Message) rig.taken().getFirst().content()).files().getFirst();
  }

  private byte[] fetch(IncomingFile file) throws Exception {
    try (InputStream in = rig.channel().open(file)) {
      return in.readAllBytes();
    }
  }

  @Test
  void aFileIsFetchedAlsoWhenItsAddressHasExpired() throws Exception {
    IncomingFile file = received();
    assertThat(file.name()).isEqualTo("invoice ü.pdf");
    assertThat(file.size()).isEqualTo(BYTES.length);
    assertThat(fetch(file)).isEqualTo(BYTES);
    rig.discord.expireUrls();
    assertThat(fetch(file)).isEqualTo(BYTES);
  }

  @Test
  void aFileThatWasDeletedIsRefused() throws Exception {
    IncomingFile file = received();
    rig.discord.expireUrls();
    rig.discord.delete(rig.chat, rig.taken().getFirst().updateKey());
    assertThatThrownBy(() -> fetch(file))
        .isInstanceOf(FileRefusedException.class)
        .hasMessage("invoice ü.pdf is not on Discord any more; send it again.");
  }

  @Test
  void onlyDiscordsOwnServersAreAsked() {
    DiscordChannel channel = rig.make();
    for (String url :
        List.of(
            "https://evil.example/x",
            "http://127.0.0.1:1/x",
            "https://cdn.discordapp.com@evil.example/x",
            "https://cdn.discordapp.com.evil.example/x",
            "file:///etc/passwd",
            "not a url")) {
      IncomingFile file = new IncomingFile("a.txt", 1, null, "1/2/3 " + url);
      assertThatThrownBy(() -> channel.open(file))
          .isInstanceOf(FileRefusedException.class)
          .hasMessage("a.txt does not lie on Discord's servers; send the file itself.");
    }
  }

  @Test
  void whatWasForwardedIsReadToo() throws Exception {
    rig.connected();
    rig.discord.tellRaw(
        "MESSAGE_CREATE",
        JsonValue.read(
            """
            {"id":"5","channel_id":"%s","author":{"id":"%s","username":"ada"},"content":"","type":0,
             "message_reference":{"type":1,"message_id":"4"},
             "message_snapshots":[{"message":{"content":"old words","attachments":
               [{"id":"9","filename":"a.txt","size":3,"url":"https://cdn.discordapp.com/a"}]}}]}\
            """
                .formatted(rig.chat, Rig.ADA)));
    rig.awaitTexts("old words");
    assertThat(rig.taken().getFirst().content())
        .isInstanceOfSatisfying(
            Incoming.Content.Message.class, said -> assertThat(said.files()).hasSize(1));
  }

  /// Nothing of this is for us, or readable; what comes after it still is.
  @Test
  void hostileWordsNeverEndIt() throws Exception {
    rig.connected();
    String who = "{\"id\":\"" + Rig.ADA + "\",\"username\":\"ada\"}";
    String here = "\"channel_id\":\"" + rig.chat + "\"";
    for (String data :
        List.of(
            "null",
            "[]",
            "\"text\"",
            "17",
            "{}",
            "{\"id\":\"1\"}",
            "{\"id\":1,\"channel_id\":2,\"author\":3}",
            "{\"id\":\"../../users\"," + here + ",\"author\":" + who + ",\"content\":\"x\"}",
            "{\"id\":\"1\",\"channel_id\":\"../x\",\"author\":" + who + ",\"content\":\"x\"}",
            "{\"id\":\"1\","
                + here
                + ",\"author\":{\"id\":\"7'; DROP TABLE jobs\"},\"content\":\"x\"}",
            "{\"id\":\"1\","
                + here
                + ",\"author\":"
                + who
                + ",\"content\":{\"a\":[]},\"mentions\":7}",
            "{\"id\":\"1\"," + here + ",\"author\":" + who + ",\"type\":99,\"content\":\"x\"}",
            "{\"id\":\"1\","
                + here
                + ",\"webhook_id\":\"3\",\"author\":"
                + who
                + ",\"content\":\"x\"}",
            "{\"id\":\"1\","
                + here
                + ",\"attachments\":[{\"id\":\"x\"},null,7],\"author\":"
                + who
                + "}",
            "[".repeat(150) + "]".repeat(150))) {
      for (String type :
          List.of("MESSAGE_CREATE", "INTERACTION_CREATE", "SOMETHING_NEW", "RESUMED")) {
        rig.discord.tellRaw(type, JsonValue.read(data));
      }
    }
    rig.discord.sayRaw("{\"op\":0,\"t\":\"MESSAGE_CREATE\",\"s\":-5,\"d\":{}}");
    rig.discord.sayRaw("{\"op\":99999999999999999999}");
    rig.discord.sayRaw("{}");
    rig.discord.sayRaw("[1,2,3]");
    rig.discord.sayRaw("not json");
    rig.discord.say(rig.chat, Rig.ADA, "still there?");
    rig.awaitTexts("still there?");
    assertThat(rig.discord.connections()).isGreaterThan(1);
    rig.discord.sayRaw("{\"op\":0,\"t\":\"X\",\"s\":1,\"d\":\"" + "x".repeat(2_000_000) + "\"}");
    rig.discord.say(rig.chat, Rig.ADA, "and now?");
    rig.awaitTexts("still there?", "and now?");
  }
}
