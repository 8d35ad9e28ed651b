package dev.sandpiper.edge.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sandpiper.edge.store.StoreFailures;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What every channel proves, against a faithful stand-in for its far side.
@Timeout(120)
@SuppressWarnings("NullAway.Init")
public abstract class ChannelContract {

  /// The far side, with one chat of one person in it. It outlives channels.
  protected interface Far extends AutoCloseable {

    /// A channel that talks to it and is not started. Another one finds what the last one kept.
    Channel channel() throws Exception;

    /// The chat.
    Address chat();

    /// The person writes.
    void write(String text) throws Exception;

    /// The person sends a file.
    void writeFile(String name, byte[] bytes) throws Exception;

    /// The person sends a file that is announced as larger than the channel takes; `null` when its
    /// far side has no such bound.
    @Nullable String writeHugeFile() throws Exception;

    /// Whether what was written last has been acknowledged: it will not be delivered again.
    boolean isAcknowledged() throws Exception;

    /// Whether this far side can deliver something again that was acknowledged.
    boolean delivers();

    /// Delivers what was written last once more.
    void deliverAgain() throws Exception;

    /// Texts that arrived in the chat, without markup, in order.
    List<String> arrived() throws Exception;

    /// Takes the next send, and breaks the line before it is answered.
    void loseNextAnswer() throws Exception;

    /// Whether this far side ever asks to be left alone.
    default boolean throttles() {
      return true;
    }

    /// Answers the next send with "too many", to be left alone so long.
    void throttleNext(Duration pause) throws Exception;

    @Override
    void close() throws IOException;
  }

  /// Takes everything, unless it is told otherwise.
  protected static final class Box implements Inbox {
    private final List<Incoming> taken = new ArrayList<>();
    private final Set<String> keys = new HashSet<>();
    private int failures;
    private @Nullable CountDownLatch gate;

    @Override
    public Taken accept(Incoming incoming) {
      CountDownLatch closed;
      synchronized (this) {
        closed = gate;
      }
      if (closed != null) {
        try {
          closed.await();
        } catch (InterruptedException _) {
          Thread.currentThread().interrupt();
        }
      }
      synchronized (this) {
        if (failures > 0) {
          failures--;
          notifyAll();
          throw StoreFailures.diskFull();
        }
        taken.add(incoming);
        notifyAll();
        return keys.add(incoming.updateKey()) ? Taken.NEW : Taken.KNOWN;
      }
    }

    synchronized void failNext(int times) {
      failures = times;
    }

    synchronized void hold(@Nullable CountDownLatch newGate) {
      gate = newGate;
    }

    synchronized List<Incoming> await(int count) throws InterruptedException {
      while (taken.size() < count) {
        wait();
      }
      return List.copyOf(taken);
    }

    /// Waits for so many different messages.
    synchronized List<String> awaitTexts(int count) throws InterruptedException {
      while (keys.size() < count) {
        wait();
      }
      Set<String> seen = new HashSet<>();
      return taken.stream()
          .filter(incoming -> seen.add(incoming.updateKey()))
          .map(ChannelContract::text)
          .toList();
    }

    synchronized void awaitFailures() throws InterruptedException {
      while (failures > 0) {
        wait();
      }
    }
  }

  private Far far;
  private Channel channel;
  protected final Box box = new Box();

  /// Makes the far side.
  protected abstract Far far() throws Exception;

  @BeforeEach
  final void openFarSide() throws Exception {
    far = far();
    channel = far.channel();
  }

  @AfterEach
  final void closeFarSide() throws Exception {
    box.hold(null);
    channel.close();
    far.close();
  }

  @Test
  void aMessageIsAcknowledgedOnlyAfterItWasTaken() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    box.hold(gate);
    channel.start(box);
    far.write("hello");
    TimeUnit.MILLISECONDS.sleep(300); // time enough to acknowledge too early
    assertThat(far.isAcknowledged()).isFalse();
    gate.countDown();
    Incoming incoming = box.await(1).getFirst();
    assertThat(text(incoming)).isEqualTo("hello");
    assertThat(incoming.address()).isEqualTo(far.chat());
    assertThat(incoming.address().channel()).isEqualTo(channel.name());
    await(far::isAcknowledged);
  }

  @Test
  void whatIsDeliveredAgainHasTheSameKey() throws Exception {
    channel.start(box);
    far.write("once");
    box.await(1);
    if (far.delivers()) {
      far.deliverAgain();
      List<Incoming> both = box.await(2);
      assertThat(both.get(1).updateKey()).isEqualTo(both.get(0).updateKey());
    }
    far.write("twice");
    assertThat(box.awaitTexts(2)).containsExactly("once", "twice");
  }

  @Test
  void whatCannotBeKeptIsNotAcknowledgedAndComesAgain() throws Exception {
    box.failNext(2);
    channel.start(box);
    far.write("hello");
    box.awaitFailures();
    assertThat(box.awaitTexts(1)).containsExactly("hello");
    await(far::isAcknowledged);
  }

  @Test
  void aRestartMissesNothing() throws Exception {
    channel.start(box);
    far.write("before");
    box.await(1);
    await(far::isAcknowledged);
    channel.close();
    far.write("while away");
    far.write("still away");
    channel = far.channel();
    channel.start(box);
    far.write("after");
    assertThat(box.awaitTexts(4)).containsExactly("before", "while away", "still away", "after");
  }

  @Test
  void aLongTextArrivesWholeAndInOrder() throws Exception {
    channel.start(box);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 2_000; i++) {
      text.append("word").append(i).append(i % 12 == 11 ? "\n\n" : " ");
    }
    List<String> pieces = channel.split(text.toString());
    assertThat(pieces).hasSizeGreaterThan(1);
    int n = 0;
    for (String piece : pieces) {
      assertThat(deliver("piece" + n++, piece)).isInstanceOf(Delivery.Delivered.class);
    }
    await(() -> far.arrived().size() == pieces.size());
    assertThat(String.join(" ", far.arrived()).split("\\s+"))
        .containsExactly(text.toString().strip().split("\\s+"));
  }

  @Test
  void aLostAnswerIsNeverASecondMessage() throws Exception {
    channel.start(box);
    far.loseNextAnswer();
    Delivery delivery = deliver("lost1", "only once");
    if (delivery instanceof Delivery.Delivered) {
      // It asked again by itself, which only an idempotent one may.
      assertThat(channel.isIdempotent()).isTrue();
    } else {
      assertThat(delivery).isInstanceOf(Delivery.Unknown.class);
    }
    if (channel.isIdempotent()) {
      assertThat(deliver("lost1", "only once")).isInstanceOf(Delivery.Delivered.class);
    }
    assertThat(far.arrived()).containsExactly("only once");
  }

  @Test
  void tooManyIsLaterByAsMuchAsWasAsked() throws Exception {
    channel.start(box);
    if (!far.throttles()) {
      return;
    }
    far.throttleNext(Duration.ofSeconds(7));
    assertThat(deliver("busy1", "hello"))
        .isInstanceOfSatisfying(
            Delivery.Later.class,
            later ->
                assertThat(later.after())
                    .isNotNull()
                    .isGreaterThanOrEqualTo(Duration.ofSeconds(7))
                    .isLessThan(Duration.ofMinutes(1)));
    assertThat(far.arrived()).isEmpty();
  }

  @Test
  void aFileIsFetched() throws Exception {
    channel.start(box);
    byte[] bytes = new byte[100_000];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i * 31);
    }
    far.writeFile("scan.bin", bytes);
    IncomingFile file = files(box.await(1).getFirst()).getFirst();
    assertThat(file.name()).isEqualTo("scan.bin");
    assertThat(file.size()).isIn((long) bytes.length, -1L);
    try (InputStream in = channel.open(file)) {
      assertThat(in.readAllBytes()).isEqualTo(bytes);
    }
    channel.close();
    channel = far.channel();
    channel.start(box);
    try (InputStream in = channel.open(file)) {
      assertThat(in.readAllBytes()).as("after a restart").isEqualTo(bytes);
    }
  }

  @Test
  void aFileThatIsTooLargeIsRefusedBeforeItIsFetched() throws Exception {
    channel.start(box);
    if (far.writeHugeFile() != null) {
      IncomingFile file = files(box.await(1).getFirst()).getFirst();
      assertThatThrownBy(() -> channel.open(file).close())
          .isInstanceOf(FileRefusedException.class)
          .hasMessageContaining(file.name());
    }
  }

  @Test
  void itClosesThoughItsFarSideSaysNothing() throws Exception {
    channel.start(box);
    channel.close();
    channel.close();
    assertThat(channel.check().name()).isNotEmpty();
  }

  private Delivery deliver(String key, String text) throws InterruptedException {
    return channel.deliver(new Parcel(key, far.chat(), Outgoing.text(text), null, null));
  }

  private static String text(Incoming incoming) {
    return incoming.content() instanceof Incoming.Content.Message message ? message.text() : "";
  }

  private static List<IncomingFile> files(Incoming incoming) {
    return incoming.content() instanceof Incoming.Content.Message message
        ? message.files()
        : List.of();
  }

  /// Something that becomes true.
  protected interface Condition {
    boolean holds() throws Exception;
  }

  /// Waits for it.
  protected static void await(Condition condition) throws Exception {
    while (!condition.holds()) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }
}
