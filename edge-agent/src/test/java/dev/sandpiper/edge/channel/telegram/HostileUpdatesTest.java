package dev.sandpiper.edge.channel.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.edge.fake.telegram.FakeTelegram;
import dev.sandpiper.edge.fake.telegram.Fault;
import dev.sandpiper.edge.fake.telegram.Person;
import dev.sandpiper.edge.fake.telegram.World;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Whatever comes instead of an update, the next message is taken, and nobody is asked in a circle.
@Timeout(120)
class HostileUpdatesTest {
  private static final Person ADA = Person.of(7, "Ada");

  @TempDir Path folder;
  private Rig rig;

  @BeforeEach
  void start() {
    rig = new Rig(folder);
    rig.pause = Duration.ofMillis(50); // a second, twenty times faster
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  private void theNextMessageIsTaken() {
    rig.fake.world().say(World.said(ADA, "still there?"));
    FakeTelegram.await(
        "the next message; taken so far " + rig.inbox.words(),
        () -> rig.inbox.words().contains("still there?"));
    FakeTelegram.await("all is confirmed", () -> rig.fake.world().waiting() == 0);
    assertThat(rig.fake.count("getUpdates")).isLessThan(40);
  }

  @Test
  void updatesOfEveryShape() {
    World world = rig.fake.world();
    for (String message :
        List.of(
            "null",
            "17",
            "\"text\"",
            "[]",
            "{}",
            "{\"chat\":{\"id\":1e308},\"from\":{\"id\":7},\"message_id\":1,\"text\":\"a\"}",
            "{\"chat\":{\"id\":99999999999999999999},\"from\":{\"id\":7},\"message_id\":1}",
            "{\"chat\":{\"id\":7},\"from\":{\"id\":-1},\"message_id\":1,\"text\":\"a\"}",
            "{\"chat\":{\"id\":7},\"from\":{\"id\":\"7\"},\"message_id\":1,\"text\":\"a\"}",
            "{\"chat\":[7],\"from\":{\"id\":7},\"message_id\":1,\"text\":{}}",
            "{\"chat\":{\"id\":7,\"type\":\"private\"},\"from\":{\"id\":7},\"message_id\":1,"
                + "\"text\":\"odd entities\",\"entities\":[{\"type\":\"mention\",\"offset\":-5,"
                + "\"length\":9999999999},{\"type\":\"bot_command\",\"offset\":2147483647,"
                + "\"length\":2},7,null]}",
            "{\"chat\":{\"id\":7,\"type\":\"private\"},\"from\":{\"id\":7},\"message_id\":1,"
                + "\"document\":{\"file_id\":\"\",\"file_size\":-1e400},\"text\":\"no file\"}",
            "{\"chat\":{\"id\":7,\"type\":\"private\"},\"from\":{\"id\":7},\"message_id\":1,"
                + "\"photo\":[null,{},{\"file_id\":5}],\"text\":\"no photo\"}")) {
      world.put(json -> {
        json.writeFieldName("message");
        json.writeRawValue(message);
      });
    }
    world.put(json -> json.writeStringField("purchased_paid_media", "?"));
    world.put(json -> {
      json.writeObjectFieldStart("callback_query");
      json.writeEndObject();
    });
    TelegramChannel channel = rig.started();
    theNextMessageIsTaken();
    assertThat(rig.inbox.words())
        .containsExactly("odd entities", "no file", "no photo", "still there?");
    assertThat(channel.ignored())
        .containsEntry("message without a person", 9L)
        .containsEntry("purchased_paid_media", 1L)
        .containsEntry("press without a message", 1L);
  }

  @Test
  void anUpdateWithoutANumberHoldsNobodyUp() {
    rig.fake.world().putRaw("{\"message\":{\"text\":\"no number\"}}");
    rig.fake.world().putRaw("{\"update_id\":-1}");
    rig.fake.world().putRaw("{\"update_id\":123456789012345678901234567890}");
    rig.fake.world().putRaw("\"no object\"");
    rig.started();
    theNextMessageIsTaken();
    assertThat(rig.log()).contains("an update without a usable number");
  }

  /// Deeper than anybody reads: the whole answer cannot be read, so it is looked for alone.
  @Test
  void anUpdateThatCannotBeReadIsLeftOut() {
    rig.fake.world().say(World.said(ADA, "before"));
    long poison =
        rig.fake
            .world()
            .put(json -> {
              json.writeFieldName("message");
              json.writeRawValue("[".repeat(500) + "]".repeat(500));
            });
    rig.started();
    theNextMessageIsTaken();
    assertThat(rig.inbox.words()).containsExactly("before", "still there?");
    assertThat(rig.log()).contains("\"event\":\"telegram.poison\",\"update\":" + poison);
  }

  @Test
  void aNumberOfAThousandDigitsIsLeftOutToo() {
    rig.fake
        .world()
        .put(json -> {
          json.writeFieldName("message");
          json.writeRawValue("{\"message_id\":" + "9".repeat(5_000) + "}");
        });
    rig.started();
    theNextMessageIsTaken();
  }

  @Test
  void anUpdateThatOurOwnCodeStumblesOverIsLeftOut() {
    rig.inbox.before(incoming -> {
      if (incoming.updateKey().endsWith(":1000")) {
        throw new IllegalStateException("a defect of ours");
      }
    });
    rig.fake.world().say(World.said(ADA, "poison"));
    TelegramChannel channel = rig.started();
    theNextMessageIsTaken();
    assertThat(rig.inbox.words()).containsExactly("still there?");
    assertThat(channel.ignored()).containsEntry("poison", 1L);
  }

  @Test
  void whoAnswersAtOnceWithNothingIsNotAskedForEver() throws Exception {
    Fault[] nothing = new Fault[1_000];
    java.util.Arrays.fill(nothing, new Fault.Says("{\"ok\":true,\"result\":[]}"));
    rig.fake.fail("getUpdates", nothing);
    rig.started();
    FakeTelegram.await("some polls", () -> rig.fake.count("getUpdates") >= 3);
    Thread.sleep(1_000); // to see that it is not asked thousands of times
    assertThat(rig.fake.count("getUpdates")).isLessThan(20);
  }

  @Test
  void answersThatAreNoneAreWaitedOut() {
    rig.fake.fail(
        "getUpdates",
        new Fault.Says(""),
        new Fault.Says("<html>"),
        new Fault.Says("{\"ok\":true}"),
        new Fault.Says("[1,2"),
        new Fault.Gateway(502, false));
    rig.started();
    theNextMessageIsTaken();
  }

  /// Any text at all, thousands of times, straight into the reader.
  @Test
  void noUpdateMakesTheReaderFail() throws Exception {
    UpdateReader reader = new UpdateReader(new Self(FakeTelegram.BOT, FakeTelegram.NAME));
    String sample =
        "{\"update_id\":5,\"message\":{\"message_id\":1,\"from\":{\"id\":7,\"first_name\":\"A\"},"
            + "\"chat\":{\"id\":-7,\"type\":\"group\"},\"text\":\"@sandpiper_test_bot é😀 x\","
            + "\"entities\":[{\"type\":\"mention\",\"offset\":0,\"length\":19}],"
            + "\"photo\":[{\"file_id\":\"x\",\"width\":5,\"height\":5}]}}";
    int read = 0;
    for (long seed = 0; seed < 20_000; seed++) {
      Random random = new Random(seed);
      StringBuilder mutant = new StringBuilder(sample);
      for (int i = 0; i < 1 + random.nextInt(4); i++) {
        int at = random.nextInt(mutant.length());
        switch (random.nextInt(3)) {
          case 0 -> mutant.deleteCharAt(at);
          case 1 -> mutant.insert(at, "0123456789-\"{}[]:,eE😀".charAt(random.nextInt(20)));
          default -> mutant.setCharAt(at, (char) ('0' + random.nextInt(75)));
        }
      }
      dev.sandpiper.edge.json.JsonValue update;
      try {
        update = dev.sandpiper.edge.json.JsonValue.read(mutant.toString());
      } catch (java.io.IOException _) {
        continue;
      }
      UpdateReader.findNumber(update).ifPresent(number -> reader.read(number, update));
      read++;
    }
    assertThat(read).isGreaterThan(1_000);
  }
}
