package dev.sandpiper.edge.channel.discord;

import dev.sandpiper.edge.channel.LiveReply;
import dev.sandpiper.edge.net.CallTimes;
import dev.sandpiper.edge.net.HttpBody;
import dev.sandpiper.edge.net.HttpCallException;
import java.time.Duration;

/// Shows that somebody is typing, which lasts ten seconds, until it is closed.
final class Typing implements LiveReply {

  private static final Duration AGAIN = Duration.ofSeconds(8);

  /// A defect must not type for ever.
  private static final int MOST = 100;

  private final Thread thread;

  Typing(Rest rest, String chat) {
    String path = "/channels/" + chat + "/typing";
    thread =
        Thread.ofVirtual()
            .name("discord-typing")
            .start(() -> {
              try {
                boolean shown = true;
                for (int i = 0; i < MOST && shown; i++) {
                  shown =
                      rest.call("POST", path, new HttpBody.Nothing(), CallTimes.SHORT)
                          instanceof RestAnswer.Done;
                  Thread.sleep(AGAIN);
                }
              } catch (HttpCallException _) {
                // nothing depends on it
              } catch (InterruptedException _) {
                // the answer is there
              }
            });
  }

  @Override
  public void show(String markdownSoFar) {
    // Discord counts edits like messages: the words come when they are complete.
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
