package dev.sandpiper.edge.channel.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sandpiper.edge.channel.Address;
import dev.sandpiper.edge.channel.Button;
import dev.sandpiper.edge.channel.Delivery;
import dev.sandpiper.edge.channel.FileRefusedException;
import dev.sandpiper.edge.channel.Incoming;
import dev.sandpiper.edge.channel.IncomingFile;
import dev.sandpiper.edge.channel.LiveReply;
import dev.sandpiper.edge.channel.Outgoing;
import dev.sandpiper.edge.channel.Parcel;
import dev.sandpiper.edge.config.Secret;
import dev.sandpiper.edge.fake.telegram.FakeTelegram;
import dev.sandpiper.edge.fake.telegram.Fault;
import dev.sandpiper.edge.fake.telegram.Person;
import dev.sandpiper.edge.fake.telegram.Post;
import dev.sandpiper.edge.fake.telegram.World;
import dev.sandpiper.edge.health.CheckResult;
import dev.sandpiper.edge.net.HttpCall;
import dev.sandpiper.edge.net.HttpCaller;
import dev.sandpiper.edge.net.HttpReply;
import dev.sandpiper.edge.net.WebSocketCall;
import dev.sandpiper.edge.net.WebSocketLink;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class TelegramChannelTest {
  private static final Person ADA = Person.of(7, "Ada");
  private static final long GROUP = -1_001_234L;
  private static final Address IN_GROUP = new Address("telegram", Long.toString(GROUP));

  @TempDir Path folder;
  private Rig rig;
  private TelegramChannel channel;

  @BeforeEach
  void start() {
    rig = new Rig(folder);
    channel = rig.started();
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  private void awaitWords(String... words) {
    FakeTelegram.await(
        List.of(words) + " of " + rig.inbox.words(),
        () -> rig.inbox.words().equals(List.of(words)));
  }

  private void awaitStanding(String detail) {
    FakeTelegram.await(detail, () -> channel.check().detail().equals(detail));
  }

  private Delivery send(String markdown) throws InterruptedException {
    return Rig.send(channel, Rig.ADA, markdown);
  }

  private Delivery edit(String markdown, String target) throws InterruptedException {
    return channel.deliver(
        new Parcel("key", Rig.ADA, new Outgoing.Edit("old", markdown, List.of()), target, null));
  }

  @Test
  void whoWritesIsKnownByNumber() {
    rig.fake.world().say(World.said(new Person(7, "Ada", "de"), "hallo"));
    awaitWords("hallo");
    Incoming incoming = rig.inbox.taken().getFirst();
    assertThat(incoming.updateKey()).isEqualTo("4242:1000");
    assertThat(incoming.group()).isFalse();
    assertThat(incoming.sender().id()).isEqualTo("7");
    assertThat(incoming.sender().language()).isEqualTo("de");
  }

  @Test
  void inAGroupItListensToItsNameOnly() {
    World world = rig.fake.world();
    Post question = new Post(50, GROUP, 0, "?", "", List.of(), 0, "", 0);
    world.say(World.said(ADA, "among ourselves").in(GROUP));
    world.say(World.said(ADA, "@sandpiper_test_bot what is due?").in(GROUP));
    world.say(World.said(ADA, "/help@sandpiper_test_bot find").in(GROUP));
    world.say(World.said(ADA, "/help@other_bot find").in(GROUP));
    world.say(World.said(ADA, "/help").in(GROUP));
    world.say(World.said(ADA, "an answer").in(GROUP).answering(question.id()));
    awaitWords("what is due?", "/help find", "an answer");
    assertThat(rig.inbox.taken()).allMatch(Incoming::group);
    assertThat(channel.ignored()).containsEntry("group talk", 3L);
  }

  @Test
  void aTopicIsAnAddressOfItsOwn() throws Exception {
    rig.fake.world().say(World.said(ADA, "@sandpiper_test_bot hi").in(GROUP).topic(9));
    awaitWords("hi");
    Address address = rig.inbox.taken().getFirst().address();
    assertThat(address.text()).isEqualTo("telegram:-1001234/9");
    assertThat(Rig.send(channel, address, "hello")).isInstanceOf(Delivery.Delivered.class);
    assertThat(rig.fake.world().posts(GROUP).getFirst().thread()).isEqualTo(9);
    rig.fake.fail("sendMessage", new Fault.Refuse(400, "Bad Request: message thread not found"));
    assertThat(Rig.send(channel, address, "the topic is gone"))
        .isInstanceOf(Delivery.Delivered.class);
    assertThat(rig.fake.world().posts(GROUP).getLast().thread()).isZero();
  }

  @Test
  void noServerIsMadeToLookAtAnAddress() throws Exception {
    send("See https://example.org/?secret=1");
    assertThat(rig.fake.transcript())
        .filteredOn(call -> call.startsWith("sendMessage"))
        .singleElement()
        .asString()
        .contains("{\"is_disabled\":true}");
  }

  @Test
  void aClockThatIsSetBackHoldsUpNoChat() {
    Instant[] now = {Instant.parse("2026-12-01T12:00:00Z")};
    Pace pace = new Pace(() -> now[0]);
    ChatId chat = new ChatId(7, 0);
    while (pace.take(chat).isZero()) {
      now[0] = now[0].plusMillis(40);
    }
    now[0] = now[0].minus(Duration.ofDays(1));
    assertThat(pace.take(chat)).isZero();
  }

  @Test
  void whatCannotBeReadIsRefusedWithAWord() {
    rig.fake
        .world()
        .say(
            World.said(ADA, "")
                .with(json -> {
                  json.writeObjectFieldStart("sticker");
                  json.writeStringField("emoji", "👍");
                  json.writeEndObject();
                }));
    awaitWords("");
    IncomingFile file = files().getFirst();
    assertThatThrownBy(() -> channel.open(file).close())
        .isInstanceOf(FileRefusedException.class)
        .hasMessage("I cannot read a sticker. Send words, a document or a photo.");
  }

  private List<IncomingFile> files() {
    return rig.inbox.taken().getLast().content() instanceof Incoming.Content.Message message
        ? message.files()
        : List.of();
  }

  @Test
  void theLargestSizeOfAPhotoIsTaken() {
    rig.fake
        .world()
        .say(
            World.said(ADA, "")
                .with(json -> {
                  json.writeArrayFieldStart("photo");
                  for (int size : new int[] {90, 1280, 320}) {
                    json.writeStartObject();
                    json.writeStringField("file_id", "photo" + size);
                    json.writeNumberField("width", size);
                    json.writeNumberField("height", size);
                    json.writeEndObject();
                  }
                  json.writeEndArray();
                }));
    awaitWords("");
    assertThat(files().getFirst().reference()).isEqualTo("file:photo1280");
  }

  @Test
  void aLargeFileIsRefusedWithoutAskingTelegram() {
    HttpCaller nobody =
        new HttpCaller() {
          @Override
          public HttpReply send(HttpCall call) {
            throw new AssertionError("it was asked");
          }

          @Override
          public WebSocketLink connect(WebSocketCall call) {
            throw new AssertionError("it was asked");
          }
        };
    TelegramFiles files =
        new TelegramFiles(
            new BotApi(nobody, TelegramOptions.TELEGRAM, new Secret(FakeTelegram.TOKEN)),
            new TelegramOptions(TelegramOptions.TELEGRAM, new Secret("1:a"), null)
                .isTelegramsOwn());
    assertThatThrownBy(
            () -> files.open(new IncomingFile("film.mp4", 31_400_000, null, "file:x")).close())
        .isInstanceOf(FileRefusedException.class)
        .hasMessage(
            "film.mp4 has 31.4 MB, and Telegram gives bots files of at most 20 MB. Send it in"
                + " parts, or over the web page or the watched folder.");
  }

  @Test
  void aBrokenDownloadMayBeTriedAgain() throws Exception {
    rig.fake.world().sendFile(ADA, "a.pdf", new byte[50_000], "look");
    awaitWords("look");
    rig.fake.fail("download", new Fault.Truncated(), new Fault.Gateway(404, false));
    IncomingFile file = files().getFirst();
    assertThatThrownBy(
            () -> {
              try (var in = channel.open(file)) {
                in.readAllBytes();
              }
            })
        .isInstanceOf(java.io.IOException.class);
    assertThatThrownBy(() -> channel.open(file).close())
        .hasMessage("Telegram did not give a.pdf (HTTP 404).");
    try (var in = channel.open(file)) {
      assertThat(in.readAllBytes()).hasSize(50_000);
    }
  }

  @Test
  void buttonsArePressedAndAcknowledged() throws Exception {
    Parcel parcel =
        new Parcel(
            "key",
            Rig.ADA,
            new Outgoing.Text("It failed.", List.of(new Button("Retry", "retry:1")), "1"),
            null,
            null);
    assertThat(channel.deliver(parcel)).isEqualTo(new Delivery.Delivered("1"));
    Post post = rig.fake.world().posts(7).getFirst();
    assertThat(post.buttons()).containsExactly("Retry=retry:1");
    assertThat(post.replyTo()).isEqualTo(1);
    rig.fake.world().press(ADA, 7, 1, "Retry");
    awaitWords("press retry:1");
    FakeTelegram.await(
        "the press is answered", () -> rig.fake.world().answeredPresses().size() == 1);
  }

  @Test
  void anEditIsRepeatedWithoutHarm() throws Exception {
    send("Reading…");
    rig.fake.fail("editMessageText", new Fault.Reset(/* acted= */ true));
    assertThat(edit("Done.", "1")).isInstanceOf(Delivery.Later.class);
    assertThat(edit("Done.", "1")).isEqualTo(new Delivery.Delivered("1"));
    assertThat(rig.fake.world().posts(7)).hasSize(1).first().returns("Done.", Post::text);
  }

  @Test
  void whatCannotBeEditedIsSentAnew() throws Exception {
    assertThat(edit("Done.", "99")).isEqualTo(new Delivery.Delivered("1"));
    assertThat(
            channel.deliver(
                new Parcel(
                    "key", Rig.ADA, new Outgoing.Edit("old", "Again.", List.of()), null, null)))
        .isEqualTo(new Delivery.Delivered("2"));
  }

  @Test
  void filesAreSent() throws Exception {
    Path file = Files.write(folder.resolve("blob"), new byte[70_000]);
    Outgoing.Attachment attachment =
        new Outgoing.Attachment("the \"report\".pdf", "application/pdf", "sha", "**Here** it is");
    assertThat(channel.deliver(new Parcel("key", Rig.ADA, attachment, null, file)))
        .isEqualTo(new Delivery.Delivered("1"));
    Post post = rig.fake.world().posts(7).getFirst();
    assertThat(post.file()).isEqualTo("the %22report%22.pdf:70000");
    assertThat(post.text()).isEqualTo("Here it is");
    assertThat(channel.deliver(new Parcel("key", Rig.ADA, attachment, null, null)))
        .isEqualTo(new Delivery.Refused("the bytes of the \"report\".pdf are gone"));
  }

  @Test
  void refusedMarkupIsSentAsPlainWordsOnce() throws Exception {
    rig.fake.fail(
        "sendMessage",
        new Fault.Refuse(400, "Bad Request: can't parse entities: Unsupported start tag"));
    assertThat(send("**bold**")).isEqualTo(new Delivery.Delivered("1"));
    assertThat(rig.fake.world().posts(7).getFirst())
        .returns("bold", Post::text)
        .returns("", Post::html);
    assertThat(rig.log()).contains("telegram.markup");
  }

  @Test
  void onlyTelegramsOwnWordProvesThatNothingWasSent() throws Exception {
    rig.fake.fail(
        "sendMessage", new Fault.Reset(true), new Fault.Truncated(), new Fault.Gateway(502, false));
    assertThat(send("a")).isInstanceOf(Delivery.Unknown.class);
    assertThat(send("b")).isInstanceOf(Delivery.Unknown.class);
    assertThat(send("c"))
        .isEqualTo(new Delivery.Unknown("the answer (HTTP 502) is not one of the Bot API"));
    rig.fake.fail(
        "sendMessage", new Fault.Refuse(500, "Internal Server Error"), new Fault.TooMany(490));
    assertThat(Rig.send(channel, new Address("telegram", "8"), "d"))
        .isEqualTo(new Delivery.Unknown("Telegram answered: Internal Server Error"));
    assertThat(Rig.send(channel, new Address("telegram", "8"), "e"))
        .isEqualTo(
            new Delivery.Later("Telegram asks to wait 490 s", Duration.ofSeconds(490), false));
  }

  @Test
  void aFloodInTwoChatsIsOneOfTheBot() throws Exception {
    rig.fake.fail("sendMessage", new Fault.TooMany(30), new Fault.TooMany(30));
    assertThat(send("a"))
        .isInstanceOfSatisfying(Delivery.Later.class, l -> assertThat(l.everywhere()).isFalse());
    assertThat(Rig.send(channel, new Address("telegram", "8"), "b"))
        .isInstanceOfSatisfying(Delivery.Later.class, l -> assertThat(l.everywhere()).isTrue());
  }

  @Test
  void whoBlocksTheBotIsNotWrittenToAgain() throws Exception {
    rig.fake.world().block(7);
    assertThat(send("a"))
        .isEqualTo(
            new Delivery.Refused("Telegram answered: Forbidden: bot was blocked by the user"));
    assertThat(Rig.send(channel, new Address("telegram", "nobody"), "a"))
        .isEqualTo(
            new Delivery.Refused("\"nobody\" is no chat of Telegram's; its ids are numbers"));
  }

  @Test
  void aGroupThatMovedIsFollowed() throws Exception {
    rig.fake.world().move(-55, GROUP);
    assertThat(Rig.send(channel, new Address("telegram", "-55"), "a"))
        .isEqualTo(new Delivery.Moved(Long.toString(GROUP)));
  }

  @Test
  void aFarSideThatIsAwayIsLaterNotUnknown() throws Exception {
    rig.fake.close();
    assertThat(send("a"))
        .isInstanceOfSatisfying(Delivery.Later.class, l -> assertThat(l.everywhere()).isTrue());
  }

  @Test
  void groupsAreWrittenToAtTheirPace() throws Exception {
    Delivery last = new Delivery.Delivered("0");
    int sent = 0;
    while (last instanceof Delivery.Delivered && sent < 40) {
      last = Rig.send(channel, IN_GROUP, "message " + sent++);
    }
    assertThat(sent).isBetween(20, 30);
    assertThat(last)
        .isInstanceOfSatisfying(
            Delivery.Later.class,
            later -> {
              assertThat(later.reason()).isEqualTo("Telegram's pace in this chat is kept");
              assertThat(later.everywhere()).isFalse();
              assertThat(Optional.ofNullable(later.after()).orElseThrow())
                  .isBetween(Duration.ofMillis(1), Duration.ofSeconds(3));
            });
  }

  @Test
  void typingIsShownWhileAnAnswerIsMade() {
    try (LiveReply live = channel.live(Rig.ADA)) {
      live.show("half a sent");
      FakeTelegram.await("typing", () -> rig.fake.world().typed(7) == 1);
    }
    assertThat(rig.fake.count("sendMessage")).isZero();
  }

  @Test
  void theMenuIsSentWhenItHasChanged() {
    FakeTelegram.await("it polls", () -> rig.fake.count("getUpdates") > 0);
    assertThat(rig.fake.world().menu("")).contains("What I can do");
    assertThat(rig.fake.world().menu("de")).contains("Was ich kann");
    int sent = rig.fake.count("setMyCommands");
    channel.close();
    channel = rig.started();
    rig.fake.world().say(World.said(ADA, "hi"));
    awaitWords("hi");
    assertThat(rig.fake.count("setMyCommands")).isEqualTo(sent);
  }

  @Test
  void aWrongTokenIsSaidAndNotTriedHotly() {
    TelegramChannel wrong =
        rig.channel(new TelegramOptions(rig.fake.uri(), new Secret("1:wrong"), null));
    wrong.start(rig.inbox);
    FakeTelegram.await("it is noticed", () -> wrong.check().status() == CheckResult.Status.FAIL);
    assertThat(wrong.check().detail())
        .isEqualTo("Telegram does not know the bot's token (Unauthorized)");
    assertThat(wrong.check().fix())
        .isEqualTo(
            "Check telegram.token: BotFather shows it with /token. The agent tries again every"
                + " 10 minutes, and when it is restarted.");
    assertThat(rig.log()).doesNotContain("1:wrong");
    for (int i = 0; i < 5; i++) {
      rig.fake.world().say(World.said(ADA, "meanwhile " + i));
      int heard = i + 1;
      FakeTelegram.await("others to be heard", () -> rig.inbox.taken().size() == heard);
    }
    assertThat(rig.fake.count("unauthorized")).isLessThan(3);
  }

  @Test
  void twoAgentsWithOneBotAreTold() {
    FakeTelegram.await("it polls", () -> rig.fake.count("getUpdates") > 0);
    TelegramChannel other = rig.started();
    FakeTelegram.await(
        "one is sent away",
        () ->
            List.of(channel, other).stream()
                .anyMatch(
                    c -> c.check().detail().startsWith("another program asks for this bot's")));
    assertThat(rig.fake.count("getUpdates")).isLessThan(20);
  }

  @Test
  void somebodyElsesWebhookIsNamed() {
    channel.close();
    rig.fake.world().say(World.said(ADA, "lost?"));
    channel = rig.polling();
    post("setWebhook", "{\"url\":\"http://127.0.0.1:9/other\"}");
    channel.start(rig.inbox);
    awaitStanding("a webhook is set for this bot, by somebody else than this agent");
    assertThat(rig.fake.world().webhook()).isEqualTo("http://127.0.0.1:9/other");
  }

  private void post(String method, String json) {
    try (java.net.http.HttpClient client = java.net.http.HttpClient.newHttpClient()) {
      client.send(
          java.net.http.HttpRequest.newBuilder(
                  URI.create(rig.fake.uri() + "/bot" + FakeTelegram.TOKEN + "/" + method))
              .header("Content-Type", "application/json")
              .POST(java.net.http.HttpRequest.BodyPublishers.ofString(json))
              .build(),
          java.net.http.HttpResponse.BodyHandlers.discarding());
    } catch (java.io.IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void beingAskedToWaitSurvivesARestart() {
    FakeTelegram.await("it polls", () -> rig.fake.count("getUpdates") > 0);
    rig.fake.fail("getUpdates", new Fault.TooMany(3_600));
    rig.fake.world().say(World.said(ADA, "first")); // ends the poll that is under way
    FakeTelegram.await(
        "it is asked to wait", () -> channel.check().detail().contains("alone for 3600 s"));
    channel.close();
    int asked = rig.fake.counts().values().stream().mapToInt(n -> n).sum();
    channel = rig.started();
    FakeTelegram.await("it waits", () -> channel.check().detail().contains("alone for 35"));
    assertThat(rig.fake.counts().values().stream().mapToInt(n -> n).sum()).isEqualTo(asked);
  }
}
