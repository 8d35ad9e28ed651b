package dev.sandpiper.edge.channel.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.edge.fake.telegram.FakeTelegram;
import dev.sandpiper.edge.fake.telegram.Fault;
import dev.sandpiper.edge.fake.telegram.Person;
import dev.sandpiper.edge.fake.telegram.World;
import dev.sandpiper.edge.net.CallTimes;
import dev.sandpiper.edge.net.HttpCall;
import dev.sandpiper.edge.net.HttpCallException;
import dev.sandpiper.edge.net.HttpCaller;
import dev.sandpiper.edge.net.HttpReply;
import dev.sandpiper.edge.net.WebSocketCall;
import dev.sandpiper.edge.net.WebSocketLink;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A poll that is never answered, on a connection that stands: nothing says that it is dead but
/// time. The waits are the product's, a hundred times faster.
class StalledPollTest {
  private static final Duration BOUND = Duration.ofSeconds(90);
  private static final int FASTER = 100;

  @TempDir Path folder;

  @Test
  void aPollThatIsNeverAnsweredIsFoundDeadAndAskedAgain() {
    try (Rig rig = new Rig(folder)) {
      Hurried hurried = new Hurried(rig.caller);
      rig.caller = hurried;
      rig.fake.fail("getUpdates", new Fault.Slow(Duration.ofHours(1)));
      TelegramChannel _ = rig.started();
      FakeTelegram.await("the silent poll", () -> rig.fake.count("getUpdates") > 0);
      rig.fake.world().say(World.said(Person.of(7, "Ada"), "are you there?"));
      FakeTelegram.await("it asks again", () -> rig.fake.count("getUpdates") > 1);
      FakeTelegram.await("what waited has come", () -> !rig.inbox.taken().isEmpty());
      assertThat(hurried.polls)
          .isNotEmpty()
          .allSatisfy(
              times -> assertThat(times.connect().plus(times.firstByte())).isLessThan(BOUND));
    }
  }

  /// Waits less, and remembers how long it was to wait for an answer to a poll.
  private static final class Hurried implements HttpCaller {
    private final HttpCaller caller;
    private final List<CallTimes> polls = new CopyOnWriteArrayList<>();

    Hurried(HttpCaller caller) {
      this.caller = caller;
    }

    @Override
    public HttpReply send(HttpCall call) throws HttpCallException, InterruptedException {
      if (!call.uri().getPath().endsWith("/getUpdates")) {
        return caller.send(call);
      }
      polls.add(call.times());
      Duration wait = call.times().firstByte().dividedBy(FASTER);
      return caller.send(
          new HttpCall(
              call.method(),
              call.uri(),
              call.headers(),
              call.body(),
              call.times().withFirstByte(wait)));
    }

    @Override
    public WebSocketLink connect(WebSocketCall call)
        throws HttpCallException, InterruptedException {
      return caller.connect(call);
    }
  }
}
