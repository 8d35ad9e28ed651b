package dev.sandpiper.edge.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.edge.channel.Delivery;
import dev.sandpiper.edge.channel.Inbox;
import dev.sandpiper.edge.channel.Parcel;
import dev.sandpiper.edge.talk.TalkException;
import dev.sandpiper.edge.talk.Turn;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Half of everything fails: sends are throttled, refused for now, cut off before or after they
/// arrived, slow; answers fail. Every message is answered, or parked with a reason that its sender
/// is told; nothing arrives twice where the far side knows a key again.
class StormIT {
  private static final int MESSAGES = Boolean.getBoolean("sandpiper.proof") ? 1_000 : 60;
  private static final int CHATS = 8;

  @TempDir Path home;

  private final long seed = Long.getLong("sandpiper.seed", 20_261_201L);
  private final Random random = new Random(seed);
  private final LoopChannel sure = new LoopChannel("sure", true);
  private final LoopChannel unsure = new LoopChannel("unsure", false);
  private final Map<String, List<String>> written = new HashMap<>();

  @Test
  @Timeout(value = 15, unit = TimeUnit.MINUTES)
  void everyMessageIsAnsweredOrParkedWithAReason() throws Exception {
    ChatOptions options = ChatRig.quick().taking(4, MESSAGES, 32_000);
    try (ChatRig rig = new ChatRig(home, options, new ChatRig.Clock(), sure, unsure)) {
      rig.answering((_, question) -> answer(question));
      sure.always(parcel -> storm(sure, parcel));
      unsure.always(parcel -> storm(unsure, parcel));
      rig.start();
      for (int i = 0; i < MESSAGES; i++) {
        write(random.nextBoolean() ? sure : unsure, "m" + i);
      }
      ChatRig.await(() -> rig.view.counts().open() == 0 && rig.view.counts().toSend() == 0);
      judge(rig);
    }
  }

  private void write(LoopChannel channel, String text) {
    String chat = Integer.toString(1 + random.nextInt(CHATS));
    written.computeIfAbsent(channel.name() + ":" + chat, _ -> new ArrayList<>()).add(text);
    assertThat(channel.write("key-" + text, chat, text)).isEqualTo(Inbox.Taken.NEW);
    if (random.nextInt(3) == 0) {
      assertThat(channel.write("key-" + text, chat, text)).isEqualTo(Inbox.Taken.KNOWN);
    }
  }

  private int roll(int sides) {
    synchronized (random) {
      return random.nextInt(sides);
    }
  }

  private Turn answer(String question) throws InterruptedException, TalkException {
    return switch (roll(8)) {
      case 0 -> throw TalkException.passing("status 500", null, null);
      case 1 -> throw TalkException.passing("status 429", Duration.ofMillis(20), null);
      case 2 -> throw TalkException.passing("the line went dead", null, null);
      case 3 -> throw new IllegalStateException("truncated JSON");
      case 4 -> {
        TimeUnit.MILLISECONDS.sleep(30);
        yield Turn.say("re: " + question);
      }
      default -> Turn.say("re: " + question);
    };
  }

  private @Nullable Delivery storm(LoopChannel channel, Parcel parcel) throws InterruptedException {
    return switch (roll(14)) {
      case 0 -> new Delivery.Later("429", Duration.ofMillis(20), false);
      case 1 -> new Delivery.Later("flood", Duration.ofMillis(10), true);
      case 2 -> new Delivery.Later("status 502", null, false);
      case 3 -> new Delivery.Later("no route", null, true);
      case 4 -> new Delivery.Unknown("reset before it arrived");
      case 5 -> {
        channel.take(parcel);
        yield new Delivery.Unknown("truncated JSON");
      }
      case 6 -> {
        TimeUnit.MILLISECONDS.sleep(30);
        yield null;
      }
      default -> null;
    };
  }

  private void judge(ChatRig rig) {
    int parked = 0;
    for (Message message : rig.view.parked(MESSAGES)) {
      parked++;
      assertThat(message.reason()).startsWith("It failed 3 times: ");
    }
    List<ParcelRow> unknown = rig.view.unknown(10 * MESSAGES);
    assertThat(rig.view.counts().stuck()).isZero();
    for (Map.Entry<String, List<String>> chat : written.entrySet()) {
      boolean isSure = chat.getKey().startsWith("sure:");
      List<String> arrived =
          (isSure ? sure : unsure).texts(chat.getKey().substring(chat.getKey().indexOf(':') + 1));
      assertThat(arrived).as("in %s, seed %d", chat.getKey(), seed).doesNotHaveDuplicates();
      List<String> expected = new ArrayList<>();
      for (String text : chat.getValue()) {
        expected.add(
            arrived.stream()
                .filter(a ->
                    a.equals("re: " + text) || a.startsWith("I could not answer “" + text + "”."))
                .findFirst()
                .orElse(isSure || !isUnknown(unknown, text) ? "nothing for " + text : ""));
      }
      expected.removeIf(String::isEmpty);
      assertThat(arrived).as("in order in %s, seed %d", chat.getKey(), seed).isEqualTo(expected);
    }
    assertThat(unknown).allSatisfy(row -> assertThat(row.address().channel()).isEqualTo("unsure"));
    System.out.printf(
        "talk: storm of %,d messages: %,d answered, %d parked with a reason, %d unknown where the"
            + " far side knows no key, 0 lost, 0 doubled (seed %d)%n",
        MESSAGES, MESSAGES - parked, parked, unknown.size(), seed);
  }

  private static boolean isUnknown(List<ParcelRow> unknown, String text) {
    return unknown.stream()
        .anyMatch(row ->
            row.content() instanceof dev.sandpiper.edge.channel.Outgoing.Text sent
                && (sent.markdown().equals("re: " + text)
                    || sent.markdown().startsWith("I could not answer “" + text + "”.")));
  }
}
