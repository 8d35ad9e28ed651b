package dev.sandpiper.edge.channel.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.edge.channel.Address;
import dev.sandpiper.edge.channel.Channel;
import dev.sandpiper.edge.channel.ChannelContract;
import dev.sandpiper.edge.store.BlobStore;
import dev.sandpiper.edge.store.Database;
import dev.sandpiper.edge.store.DatabaseOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebChannelTest extends ChannelContract {

  private static final Visitor ADA = new Visitor("ada", "Ada", true, Locale.ENGLISH);

  @TempDir Path home;

  @Override
  protected Far far() throws IOException {
    return new Browser(home);
  }

  /// A page that sends what waits, in order, until the agent has it; as ours does.
  private static final class Browser implements Far {
    private final Database database;
    private final BlobStore blobs;
    private final ExecutorService queue = Executors.newSingleThreadExecutor();
    private volatile @Nullable WebChannel channel;
    private volatile @Nullable Future<?> last;
    private volatile Runnable again = () -> {};
    private int keys;

    Browser(Path home) throws IOException {
      database = Database.open(home.resolve("agent.db"), DatabaseOptions.defaults());
      blobs = BlobStore.open(home);
    }

    @Override
    public Channel channel() {
      WebChannel made =
          new WebChannel(
              new WebHistory(database, InstantSource.system()),
              blobs,
              InstantSource.system(),
              new Random(1));
      channel = made;
      return made;
    }

    private WebChannel open() {
      WebChannel now = channel;
      if (now == null) {
        throw new IllegalStateException("no channel");
      }
      return now;
    }

    @Override
    public Address chat() {
      return new Address("web", "ada");
    }

    private void send(String text, List<String> files) {
      String key = "key-%04d".formatted(++keys);
      again = () -> open().say(ADA, key, text, files);
      last =
          queue.submit(() -> {
            while (true) {
              try {
                assertThat(open().say(ADA, key, text, files))
                    .isInstanceOf(WebChannel.Said.Taken.class);
                return;
              } catch (RuntimeException _) {
                pause();
              }
            }
          });
    }

    private static void pause() {
      try {
        TimeUnit.MILLISECONDS.sleep(10);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public void write(String text) {
      send(text, List.of());
    }

    @Override
    public void writeFile(String name, byte[] bytes) throws IOException {
      WebFile file =
          open()
              .keep(
                  ADA,
                  name,
                  "application/octet-stream",
                  new WebChannel.Bytes(new ByteArrayInputStream(bytes), 1 << 20));
      send("", List.of(file.id()));
    }

    @Override
    public @Nullable String writeHugeFile() {
      return null; // it is refused while it is sent
    }

    @Override
    public boolean isAcknowledged() {
      Future<?> sent = last;
      return sent != null && sent.isDone();
    }

    @Override
    public boolean delivers() {
      return true;
    }

    @Override
    public void deliverAgain() {
      again.run();
    }

    @Override
    public List<String> arrived() {
      return open().history().before("ada", Long.MAX_VALUE, 100).stream()
          .filter(message -> message.author() == WebMessage.Author.AGENT)
          .map(WebMessage::text)
          .toList();
    }

    @Override
    public void loseNextAnswer() {
      // nobody but the page has to hear of a delivery
    }

    @Override
    public boolean throttles() {
      return false;
    }

    @Override
    public void throttleNext(Duration pause) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
      queue.shutdownNow();
      database.close();
    }
  }

  @Test
  void aMessageIsCutAtALineAndNeverInsideACharacter() throws IOException {
    try (Browser far = new Browser(Files.createDirectory(home.resolve("other")))) {
      Channel channel = far.channel();
      String text = ("x".repeat(99) + "\n").repeat(400) + "😀".repeat(20_000);
      List<String> pieces = channel.split(text);
      assertThat(String.join("", pieces)).isEqualTo(text);
      assertThat(pieces)
          .allMatch(piece -> piece.length() <= 16_000)
          .noneMatch(piece -> Character.isLowSurrogate(piece.charAt(0)));
      assertThat(pieces.getFirst()).endsWith("x\n");
    }
  }
}
