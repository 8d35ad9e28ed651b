package dev.sandpiper.edge.channel.discord;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.edge.channel.MenuItem;
import dev.sandpiper.edge.fake.discord.Fault;
import dev.sandpiper.edge.health.CheckResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
@SuppressWarnings("NullAway.Init")
class GatewayTest {

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

  private void said(String text) {
    rig.discord.say(rig.chat, Rig.ADA, text);
  }

  @Test
  void aRestartGoesOnWhereItStopped() throws Exception {
    rig.connected();
    said("before");
    rig.awaitTexts("before");
    rig.stop();
    said("while away");
    rig.connected();
    said("after");
    rig.awaitTexts("before", "while away", "after");
    assertThat(rig.discord.identifies()).isEqualTo(1);
    assertThat(rig.discord.resumes()).isEqualTo(1);
    assertThat(rig.discord.closedWith()).doesNotContain(1000, 1001);
  }

  @Test
  void whatNoSessionBringsIsFetchedFromTheChats() throws Exception {
    rig.connected();
    String channel = rig.discord.channel();
    said("before");
    rig.discord.say(channel, Rig.ADA, "<@900000000000000001> in the server");
    rig.awaitTexts("before", "in the server");
    rig.stop();
    rig.discord.expireSessions();
    List<String> expected = new ArrayList<>(List.of("before", "in the server"));
    List<String> missed = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      said("missed " + i);
      missed.add("missed " + i);
      rig.discord.say(channel, Rig.ADA, "chatter");
    }
    rig.discord.say(channel, Rig.ADA, "<@900000000000000001> missed in the server");
    missed.add("missed in the server");
    AtomicInteger asked = new AtomicInteger();
    rig.discord.plan((method, path) ->
        path.endsWith("/messages") && method.equals("GET") && asked.incrementAndGet() == 2
            ? new Fault.Status(503)
            : new Fault.None());
    rig.connected();
    said("after");
    missed.add("after");
    Rig.await(() -> rig.texts().size() >= 64);
    assertThat(rig.texts().subList(0, 2)).isEqualTo(expected);
    assertThat(rig.texts().subList(2, 64)).containsExactlyInAnyOrderElementsOf(missed);
    assertThat(
            rig.texts().stream()
                .filter(text -> text.startsWith("missed ") && !text.contains("server"))
                .toList())
        .isEqualTo(missed.subList(0, 60));
    assertThat(rig.discord.identifies()).isEqualTo(2);
  }

  @Test
  void whatCannotBeFetchedNowIsFetchedLater() throws Exception {
    rig.connected();
    said("before");
    rig.awaitTexts("before");
    rig.stop();
    rig.discord.expireSessions();
    said("missed");
    rig.discord.plan((method, path) ->
        path.endsWith("/messages") && method.equals("GET")
            ? new Fault.Limited(3_600, false)
            : new Fault.None());
    rig.start();
    Rig.await(() -> rig.discord.identifies() == 2);
    said("after");
    Rig.await(() -> rig.discord.resumes() > 0);
    rig.stop(); // what is missing is still missing after another restart
    rig.discord.plan((_, _) -> new Fault.None());
    rig.start();
    rig.awaitTexts("before", "missed", "after");
  }

  @Test
  void aGatewayThatDoesNotAnswerHeartbeatsIsLeftAndFoundAgain() throws Exception {
    rig.connected();
    // Only now: an answer that is late on a busy machine ends a connection, too, but no session.
    rig.discord.heartbeat(150);
    rig.discord.reconnect();
    Rig.await(() -> rig.discord.heartbeats() > 2);
    rig.discord.answerHeartbeats(false);
    Rig.await(() -> rig.discord.closedWith().contains(4000));
    rig.discord.answerHeartbeats(true);
    said("hello");
    rig.awaitTexts("hello");
    assertThat(rig.discord.closedWith()).doesNotContain(1000, 1001);
    assertThat(rig.discord.identifies()).isEqualTo(1);
  }

  @Test
  void anotherConnectionIsMadeWhenTheGatewayAsksForIt() throws Exception {
    rig.connected();
    rig.discord.reconnect();
    Rig.await(() -> rig.discord.resumes() == 1);
    rig.discord.drop();
    said("while away");
    rig.awaitTexts("while away");
    assertThat(rig.discord.identifies()).isEqualTo(1);
  }

  @Test
  void anInvalidSessionIsResumedOrBegunAnewAsTheGatewaySays() throws Exception {
    rig.connected();
    said("before");
    rig.awaitTexts("before");
    rig.discord.invalidate(true);
    Rig.await(() -> rig.discord.resumes() == 1);
    rig.discord.invalidate(false);
    said("missed");
    Rig.await(() -> rig.discord.identifies() == 2);
    rig.awaitTexts("before", "missed");
  }

  @ParameterizedTest
  @ValueSource(ints = {4003, 4007, 4009, 1000})
  void someCodesEndTheSession(int code) throws Exception {
    rig.connected();
    rig.discord.close(code);
    Rig.await(() -> rig.discord.identifies() == 2);
  }

  @ParameterizedTest
  @ValueSource(ints = {4000, 4001, 4002, 4008, 1011})
  void othersDoNot(int code) throws Exception {
    rig.connected();
    rig.discord.close(code);
    Rig.await(() -> rig.discord.resumes() == 1);
    assertThat(rig.discord.identifies()).isEqualTo(1);
  }

  static Stream<Arguments> fatal() {
    return Stream.of(
        Arguments.of(
            4004,
            "Discord does not take the token (4004). Make a new one in the developer portal (your"
                + " application, Bot, Reset Token), put it where discord.token points, and restart"
                + " the agent."),
        Arguments.of(
            4010,
            "Discord wants this bot in shards (4010): it is in more servers than one connection may"
                + " serve. Take it out of some (2,500 are the limit) and restart the agent."),
        Arguments.of(
            4011,
            "Discord wants this bot in shards (4011): it is in more servers than one connection may"
                + " serve. Take it out of some (2,500 are the limit) and restart the agent."),
        Arguments.of(
            4012,
            "Discord does not know this version of its interface any more (4012). Upgrade"
                + " Sandpiper."),
        Arguments.of(
            4013,
            "Discord does not know an intent this program asks for (4013). Upgrade Sandpiper."),
        Arguments.of(
            4014,
            "Discord does not give this bot the privileged intent Message Content (4014). Switch it"
                + " on in the developer portal (https://discord.com/developers/applications, your"
                + " application, Bot, Privileged Gateway Intents, Message Content Intent), save,"
                + " and restart the agent."));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("fatal")
  void thereIsNoComingBackFromSomeCodes(int code, String fix) throws Exception {
    rig.discord.refuse(code);
    rig.start();
    rig.awaitStanding("switched off");
    assertThat(rig.channel().check())
        .isEqualTo(CheckResult.fail("discord", "switched off until the next start", fix));
    TimeUnit.MILLISECONDS.sleep(500); // it would be back by now
    assertThat(rig.discord.connections()).isEqualTo(1);
  }

  @Test
  void theIntentIsExplainedByDiscordItself() throws Exception {
    rig.discord.allowContent(false);
    rig.start();
    rig.awaitStanding("switched off");
    assertThat(rig.channel().check().fix()).contains("Message Content Intent");
  }

  @Test
  void aWrongTokenIsNotTriedAgain() throws Exception {
    rig.token = "wrong";
    rig.start();
    Rig.await(() -> rig.channel().check().status() == CheckResult.Status.FAIL);
    TimeUnit.MILLISECONDS.sleep(500); // it would be back by now
    assertThat(rig.discord.requests()).containsExactly("GET /gateway/bot");
    assertThat(rig.channel().check().fix()).doesNotContain("wrong");
  }

  @Test
  void aDayHasOnlySoManySessions() throws Exception {
    rig.discord.startsLeft(10);
    rig.start();
    rig.awaitStanding("reconnecting");
    assertThat(rig.channel().check().detail())
        .isEqualTo(
            "reconnecting: nearly all of today's sessions are used (10 left); a new one is begun in"
                + " 241 min");
    assertThat(rig.discord.identifies()).isZero();
    assertThat(rig.discord.connections()).isZero();
  }

  @Test
  void whatCannotBeKeptIsToldAgain() throws Exception {
    rig.connected();
    rig.fail(5);
    said("one");
    said("two");
    rig.awaitTexts("one", "two");
    assertThat(rig.discord.identifies()).isEqualTo(1);
    assertThat(rig.discord.resumes()).isGreaterThanOrEqualTo(5);
  }

  @Test
  void aDoorThatIsShutIsKnockedAtMoreAndMoreSeldom() throws Exception {
    rig.discord.shut(true);
    rig.start();
    rig.awaitStanding("reconnecting");
    rig.discord.shut(false);
    said("hello");
    rig.awaitStanding("connected since");
    said("again");
    rig.awaitTexts("again"); // nobody had ever spoken there: the first words were to nobody
  }

  @Test
  void commandsAreRegisteredWhenTheyHaveChanged() throws Exception {
    rig.commands =
        List.of(
            new MenuItem(
                "ask", Map.of(Locale.ENGLISH, "Asks the library", Locale.GERMAN, "Fragt")));
    rig.connected();
    Rig.await(() -> rig.discord.registered().size() == 1);
    assertThat(rig.discord.registered().getFirst().json())
        .isEqualTo(
            "[{\"name\":\"ask\",\"type\":1,\"description\":\"Asks the library\","
                + "\"description_localizations\":{\"de\":\"Fragt\"},\"options\":[{\"type\":3,"
                + "\"name\":\"words\",\"description\":\"…\",\"required\":false}]}]");
    Rig.await(() ->
        rig.database.read(tx ->
            tx.queryOne("SELECT commands FROM discord_session", row -> !row.text(1).isEmpty())
                .orElse(false)));
    rig.stop();
    rig.connected();
    said("hello");
    rig.awaitTexts("hello");
    rig.stop();
    assertThat(rig.discord.registered()).hasSize(1);
    rig.commands = List.of(new MenuItem("status", Map.of(Locale.ENGLISH, "How it stands")));
    rig.connected();
    Rig.await(() -> rig.discord.registered().size() == 2);
  }
}
