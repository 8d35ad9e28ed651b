package dev.sandpiper.edge.channel.discord;

import dev.sandpiper.edge.channel.Address;
import dev.sandpiper.edge.channel.Channel;
import dev.sandpiper.edge.channel.ChannelContract;
import dev.sandpiper.edge.fake.discord.FakeMessage;
import dev.sandpiper.edge.fake.discord.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;

class DiscordChannelIT extends ChannelContract {

  @TempDir Path folder;

  @Override
  protected Far far() {
    return new Discord(new Rig(folder));
  }

  private static final class Discord implements Far {
    private final Rig rig;
    private String last = "";

    Discord(Rig rig) {
      this.rig = rig;
    }

    @Override
    public Channel channel() {
      return rig.make();
    }

    @Override
    public Address chat() {
      return new Address("discord", rig.chat);
    }

    @Override
    public void write(String text) throws Exception {
      awaitFirstSession();
      last = rig.discord.say(rig.chat, Rig.ADA, text);
    }

    /// Before its first session the bot does not exist for anybody.
    private void awaitFirstSession() throws Exception {
      Rig.await(() -> rig.discord.identifies() > 0);
    }

    @Override
    public void writeFile(String name, byte[] bytes) throws Exception {
      awaitFirstSession();
      last = rig.discord.send(rig.chat, Rig.ADA, "", name, bytes);
    }

    @Override
    public @Nullable String writeHugeFile() {
      return null; // what a person may send to Discord, a bot may fetch
    }

    @Override
    public boolean isAcknowledged() {
      return rig.database.read(tx ->
          tx.queryOne("SELECT 1 FROM discord_chats WHERE last = ?", row -> row.number(1), last)
              .isPresent());
    }

    @Override
    public boolean delivers() {
      return true;
    }

    @Override
    public void deliverAgain() {
      rig.discord.again(rig.chat, last);
    }

    @Override
    public List<String> arrived() {
      return rig.discord.answers(rig.chat).stream().map(FakeMessage::content).toList();
    }

    @Override
    public void loseNextAnswer() {
      next(new Fault.ResetAfter());
    }

    @Override
    public void throttleNext(Duration pause) {
      next(new Fault.Limited(pause.toMillis() / 1_000.0, false));
    }

    private void next(Fault fault) {
      AtomicBoolean done = new AtomicBoolean();
      rig.discord.plan((method, path) ->
          method.equals("POST") && path.endsWith("/messages") && done.compareAndSet(false, true)
              ? fault
              : new Fault.None());
    }

    @Override
    public void close() {
      rig.close();
    }
  }
}
