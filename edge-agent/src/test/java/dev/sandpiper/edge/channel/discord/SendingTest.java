package dev.sandpiper.edge.channel.discord;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.edge.channel.Address;
import dev.sandpiper.edge.channel.Button;
import dev.sandpiper.edge.channel.Delivery;
import dev.sandpiper.edge.channel.LiveReply;
import dev.sandpiper.edge.channel.Outgoing;
import dev.sandpiper.edge.channel.Parcel;
import dev.sandpiper.edge.fake.discord.FakeMessage;
import dev.sandpiper.edge.fake.discord.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
@SuppressWarnings("NullAway.Init")
class SendingTest {

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

  private Delivery say(String key, String text) throws InterruptedException {
    return rig.deliver(key, Outgoing.text(text));
  }

  private List<String> answers() {
    return rig.discord.answers(rig.chat).stream().map(FakeMessage::content).toList();
  }

  @Test
  void aMessageSentTwiceArrivesOnce() throws Exception {
    Delivery first = say("k1", "**42** @everyone");
    assertThat(first)
        .isEqualTo(new Delivery.Delivered(rig.discord.answers(rig.chat).getFirst().id()));
    assertThat(say("k1", "**42** @everyone")).isEqualTo(first);
    assertThat(answers()).containsExactly("**42** @everyone");
    assertThat(rig.discord.answers(rig.chat).getFirst().body().json())
        .isEqualTo(
            "{\"content\":\"**42** @everyone\",\"nonce\":\"k1\",\"enforce_nonce\":true,"
                + "\"allowed_mentions\":{\"parse\":[]}}");
  }

  private Delivery under(Fault fault) throws InterruptedException {
    rig.discord.plan((_, _) -> fault);
    Delivery delivery = say("f1", "hello");
    rig.discord.plan((_, _) -> new Fault.None());
    return delivery;
  }

  @Test
  void doubtIsToldAsDoubtAndTheSecondTryIsNoSecondMessage() throws Exception {
    for (Fault fault :
        List.of(
            new Fault.DoneAndStatus(502),
            new Fault.ResetAfter(),
            new Fault.Truncated(),
            new Fault.ResetBefore(),
            new Fault.Status(500))) {
      assertThat(under(fault))
          .as("%s", fault)
          .isInstanceOf(fault instanceof Fault.Truncated ? Delivery.class : Delivery.Unknown.class);
    }
    assertThat(say("f1", "hello")).isInstanceOf(Delivery.Delivered.class);
    assertThat(answers()).containsExactly("hello");
  }

  @Test
  void tooManyIsLater() throws Exception {
    assertThat(under(new Fault.Limited(7.25, false)))
        .isEqualTo(
            new Delivery.Later(
                "Discord takes no more messages for now (429)", Duration.ofMillis(7_250), false));
    assertThat(under(new Fault.Limited(0.3, true)))
        .isEqualTo(
            new Delivery.Later(
                "Discord takes no more messages for now (429)", Duration.ofMillis(300), true));
    assertThat(answers()).isEmpty();
  }

  @Test
  void aLongLimitForAllIsKeptWithoutAsking() throws Exception {
    under(new Fault.Limited(490, true));
    assertThat(say("f2", "hello"))
        .isInstanceOfSatisfying(
            Delivery.Later.class,
            later -> {
              assertThat(later.everywhere()).isTrue();
              assertThat(later.after()).isBetween(Duration.ofSeconds(300), Duration.ofSeconds(490));
            });
    assertThat(rig.discord.requests()).isEmpty();
  }

  @Test
  void theFrontOfDiscordHoldsForAll() throws Exception {
    assertThat(under(new Fault.Banned(3_600)))
        .isEqualTo(
            new Delivery.Later(
                "Discord takes no more messages for now (429)", Duration.ofHours(1), true));
  }

  @Test
  void aBucketIsNotOverfilled() throws Exception {
    rig.discord.bucket(5, 300);
    for (int i = 0; i < 12; i++) {
      assertThat(say("n" + i, "piece " + i)).isInstanceOf(Delivery.Delivered.class);
    }
    assertThat(answers()).hasSize(12);
  }

  @Test
  void requestsThatAreTurnedAwayAreCounted() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    rig.discord.plan((_, _) -> {
      asked.incrementAndGet();
      return new Fault.Status(403);
    });
    Delivery last = say("f1", "hello");
    assertThat(last).isInstanceOf(Delivery.Refused.class);
    for (int i = 0; i < 1_100 && last instanceof Delivery.Refused; i++) {
      last = say("f1", "hello");
    }
    assertThat(last)
        .isInstanceOfSatisfying(
            Delivery.Later.class, later -> assertThat(later.everywhere()).isTrue());
    assertThat(asked).hasValue(1_000);
  }

  @Test
  void aReplyAndItsButtons() throws Exception {
    String asked = rig.discord.say(rig.chat, Rig.ADA, "well?");
    rig.deliver(
        "b1",
        new Outgoing.Text(
            "well!",
            List.of(
                new Button("Retry", "r:1"),
                new Button("b", "r:2"),
                new Button("c", "r:3"),
                new Button("d", "r:4"),
                new Button("e", "r:5"),
                new Button("x".repeat(100), "r:6")),
            asked));
    FakeMessage message = rig.discord.answers(rig.chat).getFirst();
    assertThat(message.replyTo()).isEqualTo(asked);
    assertThat(message.buttons()).containsExactly("r:1", "r:2", "r:3", "r:4", "r:5", "r:6");
    assertThat(message.body().at("components").items()).hasSize(2);
  }

  @Test
  void anEditChangesWordsAndButtons() throws Exception {
    Delivery sent =
        rig.deliver(
            "e1", new Outgoing.Text("Reading…", List.of(new Button("Cancel", "c:1")), null));
    String id = ((Delivery.Delivered) sent).farId();
    Outgoing.Edit edit = new Outgoing.Edit("e1", "Done.", List.of());
    assertThat(rig.deliver("e2", edit, id, null)).isEqualTo(new Delivery.Delivered(id));
    FakeMessage message = rig.discord.answers(rig.chat).getFirst();
    assertThat(message.content()).isEqualTo("Done.");
    assertThat(message.buttons()).isEmpty();
    rig.discord.delete(rig.chat, String.valueOf(id));
    assertThat(rig.deliver("e2", edit, id, null)).isInstanceOf(Delivery.Delivered.class);
    assertThat(rig.deliver("e3", edit, null, null)).isInstanceOf(Delivery.Delivered.class);
    assertThat(answers()).containsExactly("Done.", "Done.");
  }

  @Test
  void aFileGoesOut() throws Exception {
    byte[] bytes = new byte[300_000];
    new java.util.Random(1).nextBytes(bytes);
    Path file = Files.write(folder.resolve("blob"), bytes);
    Outgoing.Attachment out =
        new Outgoing.Attachment("märz \"1\".pdf", "application/pdf", "00", "The invoice");
    assertThat(rig.deliver("a1", out, null, file)).isInstanceOf(Delivery.Delivered.class);
    assertThat(rig.deliver("a1", out, null, file)).isInstanceOf(Delivery.Delivered.class);
    assertThat(rig.discord.answers(rig.chat)).hasSize(1);
    FakeMessage message = rig.discord.answers(rig.chat).getFirst();
    assertThat(message.content()).isEqualTo("The invoice");
    assertThat(message.files().getFirst())
        .containsEntry("filename", "märz _1_.pdf")
        .containsEntry("size", bytes.length)
        .containsEntry("content_type", "application/pdf");
  }

  @Test
  void aFileThatIsTooLargeIsToldOf() throws Exception {
    Path file = Files.write(folder.resolve("blob"), new byte[(10 << 20) + 1]);
    Outgoing.Attachment out =
        new Outgoing.Attachment("film.mp4", "video/mp4", "00", "As you wished");
    assertThat(rig.deliver("a1", out, null, file)).isInstanceOf(Delivery.Delivered.class);
    assertThat(answers())
        .containsExactly(
            "As you wished\n\n**film.mp4** has 10.0 MB, and Discord takes no more than 10 MB from a"
                + " bot. It is safe in the library: fetch it there.");
  }

  @Test
  void aFileThatIsGoneIsRefused() throws Exception {
    Outgoing.Attachment out = new Outgoing.Attachment("a.txt", "text/plain", "00", "");
    assertThat(rig.deliver("a1", out, null, folder.resolve("none")))
        .isEqualTo(new Delivery.Refused("the bytes of a.txt are not in the library any more"));
  }

  @Test
  void refusalsSayWhatToDo() throws Exception {
    DiscordChannel channel = rig.make();
    assertThat(
            channel.deliver(
                new Parcel("x1", new Address("discord", "123"), Outgoing.text("x"), null, null)))
        .isEqualTo(
            new Delivery.Refused(
                "Discord answered 404 (Unknown Channel): the bot cannot see this channel; give it"
                    + " the permission View Channel there"));
    assertThat(
            channel.deliver(
                new Parcel("x1", new Address("discord", "../x"), Outgoing.text("x"), null, null)))
        .isEqualTo(new Delivery.Refused("discord:../x is not a chat of Discord"));
    rig.token = "wrong";
    rig.make();
    assertThat(say("x2", "x"))
        .isEqualTo(
            new Delivery.Later(
                "Discord answered 401 (401: Unauthorized): the token is not taken; make a new one"
                    + " in the developer portal (Bot, Reset Token) and put it where discord.token"
                    + " points",
                Duration.ofMinutes(10),
                true));
  }

  @Test
  void itTypesMeanwhile() throws Exception {
    DiscordChannel channel = rig.make();
    try (LiveReply live = channel.live(new Address("discord", rig.chat))) {
      live.show("so far");
      Rig.await(() -> rig.discord.requests().contains("POST /channels/" + rig.chat + "/typing"));
    }
    rig.discord.plan((_, _) -> new Fault.ResetBefore());
    channel.live(new Address("discord", rig.chat)).close();
  }

  @Test
  void textsOfAnyKindFit() throws Exception {
    String family = "👩‍👩‍👧‍👦";
    String text =
        "#### Small\n\n__bold__ and *slanted*\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```java\n"
            + "int x;\n".repeat(600)
            + "```\n\n"
            + family.repeat(700);
    DiscordChannel channel = rig.make();
    List<String> pieces = channel.split(text);
    int n = 0;
    for (String piece : pieces) {
      assertThat(say("t" + n++, piece)).isInstanceOf(Delivery.Delivered.class);
    }
    assertThat(answers().getFirst()).startsWith("### Small\n\n**bold** and *slanted*\n\n```\n");
    assertThat(answers())
        .allSatisfy(answer -> {
          assertThat(answer.codePointCount(0, answer.length())).isLessThanOrEqualTo(2_000);
          assertThat(answer.split("```", -1).length % 2).as("fences are closed").isOne();
          assertThat(answer).doesNotStartWith("\u200d").doesNotEndWith("\u200d");
        });
    assertThat(String.join("", answers()).split(family, -1)).hasSize(701);
  }
}
