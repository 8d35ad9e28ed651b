package dev.sandpiper.edge.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.edge.channel.Address;
import dev.sandpiper.edge.channel.Button;
import dev.sandpiper.edge.channel.Delivery;
import dev.sandpiper.edge.channel.Outgoing;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
@SuppressWarnings("NullAway.Init")
class PostmanTest {

  @TempDir Path home;

  private final LoopChannel sure = new LoopChannel("sure", true);
  private final LoopChannel unsure = new LoopChannel("unsure", false);
  private final ChatRig.Clock clock = new ChatRig.Clock();
  private ChatRig rig;

  @BeforeEach
  void open() throws Exception {
    rig = new ChatRig(home, ChatRig.quick(), clock, sure, unsure);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void aChatGetsItsParcelsInOrderAndKeysAreNeverUsedTwice() throws Exception {
    for (int i = 0; i < 20; i++) {
      put(sure, "1", "m" + i);
    }
    rig.startPostman();
    List<LoopChannel.Arrived> arrived = sure.await(20);
    assertThat(arrived)
        .extracting(a -> a.parcel().key())
        .doesNotHaveDuplicates()
        .allSatisfy(key -> assertThat(key).matches("[a-z0-9]{9,25}"));
    assertThat(sure.texts("1")).isEqualTo(IntStream.range(0, 20).mapToObj(i -> "m" + i).toList());
    ChatRig.await(() -> rig.view.counts().toSend() == 0);
  }

  @Test
  void oneBlockedChatHoldsUpNobodyElse() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    sure.always(parcel -> {
      if (parcel.address().chat().equals("1")) {
        go.await();
      }
      return null;
    });
    put(sure, "1", "blocked");
    put(sure, "1", "behind it");
    for (int chat = 2; chat <= 7; chat++) {
      put(sure, Integer.toString(chat), "free");
    }
    rig.startPostman();
    sure.await(6);
    assertThat(sure.texts("1")).isEmpty();
    go.countDown();
    sure.await(8);
    assertThat(sure.texts("1")).containsExactly("blocked", "behind it");
  }

  @Test
  void oneHangingChannelHoldsUpNoOther() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    sure.always(_ -> {
      go.await();
      return null;
    });
    for (int chat = 1; chat <= 30; chat++) {
      put(sure, Integer.toString(chat), "hanging");
    }
    put(unsure, "1", "free");
    rig.startPostman();
    unsure.await(1);
    go.countDown();
    sure.await(30);
  }

  @Test
  void aPauseOfAnyLengthHoldsOverARestart() throws Exception {
    unsure.next(_ -> new Delivery.Later("429", Duration.ofSeconds(490), false));
    put(unsure, "1", "throttled");
    rig.startPostman();
    ChatRig.await(() -> rig.log().contains("send-later"));
    put(unsure, "2", "other chat");
    unsure.await(1);
    restart();
    rig.pass(Duration.ofMinutes(6)); // and the test itself takes a while
    put(unsure, "3", "later chat");
    unsure.await(2);
    assertThat(unsure.texts("1")).isEmpty();
    rig.pass(Duration.ofMinutes(3));
    unsure.await(3);
    assertThat(unsure.texts("1")).containsExactly("throttled");
  }

  @Test
  void aChannelThatAsksForItIsLeftAloneOverARestart() throws Exception {
    unsure.next(_ -> new Delivery.Later("flood", Duration.ofHours(1), true));
    put(unsure, "1", "first");
    rig.startPostman();
    awaitPause();
    put(unsure, "2", "other chat");
    put(sure, "1", "other channel");
    sure.await(1);
    restart();
    put(sure, "2", "other channel again");
    sure.await(2);
    assertThat(unsure.arrived()).isEmpty();
    rig.pass(Duration.ofHours(1).plusSeconds(2));
    unsure.await(2);
    assertThat(rig.outbox.list(ParcelState.SENT, 10))
        .filteredOn(row -> row.address().channel().equals("unsure"))
        .as("a failure of the channel is not the parcel's")
        .allSatisfy(row -> assertThat(row.attempts()).isZero());
  }

  @Test
  void whatWasUnderWayBeforeAPauseDoesNotEndItWhenItArrives() throws Exception {
    CountDownLatch underWay = new CountDownLatch(1);
    CountDownLatch arrive = new CountDownLatch(1);
    unsure.next(
        parcel -> {
          underWay.countDown();
          arrive.await();
          return unsure.take(parcel);
        },
        _ -> new Delivery.Later("flood", Duration.ofHours(1), true));
    put(unsure, "1", "slow");
    rig.startPostman();
    underWay.await();
    put(unsure, "2", "throttled");
    awaitPause();
    arrive.countDown();
    ChatRig.await(() -> rig.outbox.list(ParcelState.SENT, 10).size() == 1);
    put(unsure, "3", "too early");
    put(sure, "1", "other channel");
    sure.await(1);
    restart();
    put(sure, "2", "other channel again");
    sure.await(2);
    assertThat(unsure.texts("1")).containsExactly("slow");
    assertThat(unsure.arrived()).hasSize(1);
    rig.pass(Duration.ofHours(1).plusSeconds(2));
    unsure.await(3);
  }

  @Test
  void aSendWhoseAnswerWasLostIsRepeatedOnlyWhereTheFarSideKnowsItAgain() throws Exception {
    for (LoopChannel channel : List.of(sure, unsure)) {
      channel.next(parcel -> {
        channel.take(parcel);
        return new Delivery.Unknown("the line went dead");
      });
      put(channel, "1", "doubtful");
      put(channel, "1", "next");
    }
    rig.startPostman();
    sure.await(2);
    unsure.await(2);
    ChatRig.await(() -> rig.view.counts().toSend() == 0);
    assertThat(sure.texts("1")).containsExactly("doubtful", "next");
    assertThat(unsure.texts("1")).containsExactly("doubtful", "next");
    assertThat(rig.view.counts().unknown()).isEqualTo(1);
    assertThat(rig.view.unknown(10).getFirst().reason())
        .isEqualTo("It may or may not have arrived: the line went dead");
  }

  @Test
  void aCrashWhileSendingIsAKnownDoubt() throws Exception {
    CountDownLatch sending = new CountDownLatch(2);
    for (LoopChannel channel : List.of(sure, unsure)) {
      channel.next(parcel -> {
        channel.take(parcel);
        sending.countDown();
        new CountDownLatch(1).await();
        return null;
      });
      put(channel, "1", "sent as it crashed");
    }
    rig.startPostman();
    sending.await();
    rig.crash();
    reopen();
    put(unsure, "1", "next");
    rig.startPostman();
    unsure.await(2);
    ChatRig.await(() -> rig.view.counts().toSend() == 0);
    assertThat(sure.texts("1"))
        .as("sent twice, arrived once")
        .containsExactly("sent as it crashed");
    assertThat(unsure.texts("1")).containsExactly("sent as it crashed", "next");
    assertThat(rig.view.counts().unknown()).isEqualTo(1);
    assertThat(rig.outbox.list(ParcelState.UNKNOWN, 1).getFirst().reason())
        .isEqualTo("It may or may not have arrived: The agent ended while it was being sent.");
  }

  @Test
  void aDoubtThatIsTooOldIsNotSentAgainAnywhere() throws Exception {
    CountDownLatch sending = new CountDownLatch(1);
    sure.next(parcel -> {
      sure.take(parcel);
      sending.countDown();
      new CountDownLatch(1).await();
      return null;
    });
    put(sure, "1", "long ago");
    rig.startPostman();
    sending.await();
    rig.crash();
    clock.advance(Duration.ofMinutes(3));
    reopen();
    AtomicInteger sends = new AtomicInteger();
    sure.always(_ -> {
      sends.incrementAndGet();
      return null;
    });
    rig.startPostman();
    ChatRig.await(() -> rig.view.counts().unknown() == 1);
    assertThat(sends).as("its key is forgotten there").hasValue(0);
  }

  @Test
  void aDoubtIsTriedAgainBeforeItsKeyIsForgotten() throws Exception {
    rig.close();
    ChatOptions.SendOptions send = ChatOptions.defaults().send();
    ChatOptions patient =
        ChatRig.quick()
            .sending(
                new ChatOptions.SendOptions(
                    send.atOnce(),
                    send.maxAttempts(),
                    send.maxAge(),
                    Duration.ofDays(1),
                    Duration.ofDays(1),
                    send.sameWithin(),
                    send.grace()));
    rig = new ChatRig(home, patient, clock, sure, unsure);
    sure.next(parcel -> {
      sure.take(parcel);
      return new Delivery.Unknown("the line went dead");
    });
    put(sure, "1", "doubtful");
    rig.startPostman();
    ChatRig.await(
        () -> rig.outbox.list(ParcelState.READY, 1).stream().anyMatch(row -> row.attempts() == 1));
    rig.pass(send.sameWithin().dividedBy(8));
    ChatRig.await(() -> rig.view.counts().toSend() == 0);
    assertThat(sure.texts("1")).containsExactly("doubtful");
    assertThat(rig.view.counts().unknown()).isZero();
  }

  @Test
  void aRefusedParcelLetsTheNextGoOn() throws Exception {
    unsure.next(_ -> new Delivery.Refused("the bot was blocked"));
    put(unsure, "1", "unwanted");
    put(unsure, "1", "next");
    rig.startPostman();
    unsure.await(1);
    assertThat(unsure.texts("1")).containsExactly("next");
    assertThat(rig.outbox.list(ParcelState.REFUSED, 5))
        .extracting(ParcelRow::reason)
        .containsExactly("the bot was blocked");
  }

  @Test
  void aChatThatMovedIsFollowedEverywhere() throws Exception {
    unsure.next(_ -> new Delivery.Moved("2"));
    Address old = new Address("unsure", "1");
    Address moved = new Address("unsure", "2");
    rig.rig.database.<Integer>write(tx -> {
      rig.sessions.append(
          tx, old, List.of(new dev.sandpiper.edge.llm.ChatMessage.User("remember me")));
      return 0;
    });
    unsure.write("u1", "1", "waiting for an answer");
    put(unsure, "1", "first");
    put(unsure, "1", "second");
    rig.startPostman();
    unsure.await(2);
    assertThat(unsure.texts("2")).containsExactly("first", "second");
    assertThat(rig.sessions.load(moved)).hasSize(1);
    assertThat(rig.sessions.load(old)).isEmpty();
    rig.startLanes();
    unsure.await(3);
    assertThat(unsure.texts("2")).last().isEqualTo("You said: waiting for an answer");
  }

  @Test
  void aParcelIsNotTriedForEver() throws Exception {
    AtomicInteger tries = new AtomicInteger();
    unsure.always(parcel -> {
      if (parcel.address().chat().equals("2")) {
        return null;
      }
      tries.incrementAndGet();
      return new Delivery.Later("500", null, false);
    });
    put(unsure, "1", "poison");
    rig.startPostman();
    ChatRig.await(() -> rig.view.counts().stuck() == 1);
    assertThat(tries).hasValue(25);
    ParcelRow parked = rig.outbox.list(ParcelState.PARKED, 1).getFirst();
    assertThat(parked.reason()).isEqualTo("It failed 25 times: 500");
    unsure.always(null);
    boolean retried = rig.rig.database.write(tx -> rig.outbox.retry(tx, parked.id()));
    assertThat(retried).isTrue();
    unsure.await(1);
  }

  @Test
  void aParcelIsParkedWithItsReasonWhenItIsTooOld() throws Exception {
    unsure.always(_ -> new Delivery.Later("no route", Duration.ofDays(1), true));
    put(unsure, "1", "old");
    rig.startPostman();
    ChatRig.await(() -> rig.log().contains("send-later"));
    rig.pass(Duration.ofDays(4));
    ChatRig.await(() -> rig.view.counts().stuck() == 1);
    assertThat(rig.outbox.list(ParcelState.PARKED, 1).getFirst().reason())
        .isEqualTo("It could not be sent for 3 days: no route");
  }

  @Test
  void whatIsForAChannelThatIsGoneIsParkedInTheEnd() throws Exception {
    put(unsure, "1", "for nobody");
    rig.close();
    rig = new ChatRig(home, ChatRig.quick(), clock, sure);
    rig.startPostman();
    put(sure, "1", "free");
    sure.await(1);
    ChatRig.await(() -> rig.view.counts().toSend() == 1);
    rig.pass(Duration.ofDays(4));
    ChatRig.await(() -> rig.view.counts().stuck() == 1);
    assertThat(rig.outbox.list(ParcelState.PARKED, 1).getFirst().reason())
        .isEqualTo("Channel unsure is not configured any more.");
  }

  @Test
  void anEditNamesTheMessageThatWasSent() throws Exception {
    List<String> keys = put(sure, "1", "Reading…");
    rig.rig.database.write(tx ->
        rig.outbox.put(
            tx,
            new Address("sure", "1"),
            null,
            List.of(
                new Outgoing.Edit(keys.getFirst(), "Read.", List.of(new Button("a", "b"))),
                new Outgoing.Edit("somebody-elses", "Read.", List.of()))));
    rig.startPostman();
    List<LoopChannel.Arrived> arrived = sure.await(3);
    assertThat(arrived.get(1).parcel().target()).isEqualTo(arrived.get(0).farId());
    assertThat(arrived.get(1).buttons()).containsExactly(new Button("a", "b"));
    assertThat(arrived.get(2).parcel().target()).isNull();
  }

  @Test
  void aLongAnswerIsCutAndItsEndsKeepTheirPlace() throws Exception {
    LoopChannel narrow = new LoopChannel("narrow", true, 10);
    rig.close();
    rig = new ChatRig(home, ChatRig.quick(), clock, narrow);
    Address address = new Address("narrow", "1");
    List<Outgoing> pieces =
        rig.outbox.cut(
            address,
            List.of(new Outgoing.Text("a".repeat(25), List.of(new Button("go", "go")), "their-1")));
    rig.rig.database.write(tx -> rig.outbox.put(tx, address, null, pieces));
    rig.startPostman();
    List<LoopChannel.Arrived> arrived = narrow.await(3);
    assertThat(String.join("", narrow.texts("1"))).isEqualTo("a".repeat(25));
    assertThat(arrived).extracting(a -> a.buttons().size()).containsExactly(0, 0, 1);
    assertThat(((Outgoing.Text) arrived.getFirst().parcel().content()).replyTo())
        .isEqualTo("their-1");
    assertThat(rig.outbox.cut(address, List.of(Outgoing.text("b".repeat(10_000))))).hasSize(50);
  }

  @Test
  void aDefectOfAChannelIsADoubtAndTheNextGoesOn() throws Exception {
    unsure.next(_ -> {
      throw new IllegalStateException("a defect");
    });
    put(unsure, "1", "broken");
    put(unsure, "1", "next");
    rig.startPostman();
    unsure.await(1);
    ChatRig.await(() -> rig.view.counts().unknown() == 1);
    assertThat(unsure.texts("1")).containsExactly("next");
  }

  @Test
  void aFileThatIsGoneIsRefused() throws Exception {
    Address address = new Address("sure", "1");
    rig.rig.database.write(tx ->
        rig.outbox.put(
            tx,
            address,
            null,
            List.of(
                new Outgoing.Attachment("a.txt", "text/plain", "0".repeat(64), ""),
                Outgoing.text("next"))));
    rig.startPostman();
    sure.await(1);
    assertThat(rig.outbox.list(ParcelState.REFUSED, 1).getFirst().reason())
        .isEqualTo("Its file is gone.");
  }

  @Test
  void sentParcelsAreClearedAwayAndDoubtsAreKeptAmongTheNewest() throws Exception {
    rig.close();
    rig = new ChatRig(home, ChatRig.quick().keeping(100, 40), clock, sure, unsure);
    rig.startPostman();
    for (int i = 0; i < 600; i++) {
      put(sure, Integer.toString(1 + i % 5), "m" + i);
    }
    sure.await(600);
    ChatRig.await(() -> rig.view.counts().toSend() == 0);
    for (int i = 0; i < 256; i++) {
      put(sure, "1", "more" + i);
    }
    sure.await(856);
    assertThat(rig.outbox.list(ParcelState.SENT, 10_000)).hasSizeBetween(100, 700);
  }

  private List<String> put(LoopChannel channel, String chat, String text) {
    return rig.rig.database.write(tx ->
        rig.outbox.put(tx, new Address(channel.name(), chat), null, List.of(Outgoing.text(text))));
  }

  /// A pause is written down after the journal has told of it.
  private void awaitPause() throws InterruptedException {
    ChatRig.await(() ->
        rig.rig.database.<Long>read(tx ->
            tx.queryOne("SELECT count(*) FROM outbox_pauses", row -> row.number(1)).orElseThrow())
            > 0);
  }

  private void restart() throws Exception {
    rig.close();
    reopen();
    rig.startPostman();
  }

  private void reopen() throws Exception {
    rig = new ChatRig(home, ChatRig.quick(), clock, sure, unsure);
  }
}
