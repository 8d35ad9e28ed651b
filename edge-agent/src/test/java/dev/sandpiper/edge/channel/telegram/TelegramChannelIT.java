package dev.sandpiper.edge.channel.telegram;

import dev.sandpiper.edge.channel.Address;
import dev.sandpiper.edge.channel.Channel;
import dev.sandpiper.edge.channel.ChannelContract;
import dev.sandpiper.edge.fake.telegram.Fault;
import dev.sandpiper.edge.fake.telegram.Person;
import dev.sandpiper.edge.fake.telegram.Post;
import dev.sandpiper.edge.fake.telegram.World;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

class TelegramChannelIT extends ChannelContract {
  private static final Person ADA = Person.of(7, "Ada");

  @TempDir Path folder;

  @Override
  protected Far far() {
    Rig rig = new Rig(folder);
    return new Far() {

      @Override
      public Channel channel() {
        return rig.polling();
      }

      @Override
      public Address chat() {
        return Rig.ADA;
      }

      @Override
      public void write(String text) {
        rig.fake.world().say(World.said(ADA, text));
      }

      @Override
      public void writeFile(String name, byte[] bytes) {
        rig.fake.world().sendFile(ADA, name, bytes, "");
      }

      @Override
      public String writeHugeFile() {
        rig.fake.world().sendFile(ADA, "huge.pdf", new byte[10], 31_000_000, "");
        return "huge.pdf";
      }

      @Override
      public boolean isAcknowledged() {
        return rig.fake.world().waiting() == 0;
      }

      @Override
      public boolean delivers() {
        return false; // a confirmed update is gone
      }

      @Override
      public void deliverAgain() {
        throw new UnsupportedOperationException();
      }

      @Override
      public List<String> arrived() {
        return rig.fake.world().posts(ADA.id()).stream().map(Post::text).toList();
      }

      @Override
      public void loseNextAnswer() {
        rig.fake.fail("sendMessage", new Fault.Reset(/* acted= */ true));
      }

      @Override
      public void throttleNext(Duration pause) {
        rig.fake.fail("sendMessage", new Fault.TooMany(pause.toSeconds()));
      }

      @Override
      public void close() {
        rig.close();
      }
    };
  }
}
