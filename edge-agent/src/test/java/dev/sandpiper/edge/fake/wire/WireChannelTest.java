package dev.sandpiper.edge.fake.wire;

import dev.sandpiper.edge.channel.Address;
import dev.sandpiper.edge.channel.Channel;
import dev.sandpiper.edge.channel.ChannelContract;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/// The channel of the process tests keeps the contract, so that they prove something.
class WireChannelTest extends ChannelContract {

  @Override
  protected Far far() throws IOException {
    return new Wire(new FarSide(true));
  }

  private static final class Wire implements Far {
    private final FarSide far;
    private long last;

    Wire(FarSide far) {
      this.far = far;
    }

    @Override
    public Channel channel() {
      return new WireChannel("wire", true, far.url());
    }

    @Override
    public Address chat() {
      return new Address("wire", "1");
    }

    @Override
    public void write(String text) {
      last = far.write("1", text);
    }

    @Override
    public void writeFile(String name, byte[] bytes) {
      last = far.writeFile("1", name, bytes);
    }

    @Override
    public String writeHugeFile() {
      writeFile("huge.bin", new byte[1_000_001]);
      return "huge.bin";
    }

    @Override
    public boolean isAcknowledged() {
      return far.isConfirmed(last);
    }

    @Override
    public boolean delivers() {
      return false; // once confirmed, it is gone
    }

    @Override
    public void deliverAgain() {}

    @Override
    public List<String> arrived() {
      return far.messages().stream().map(FarSide.Message::text).toList();
    }

    @Override
    public void loseNextAnswer() {
      next(FarSide.Fate.TAKEN_UNSAID);
    }

    @Override
    public void throttleNext(Duration pause) {
      far.pausing(pause);
      next(FarSide.Fate.THROTTLED);
    }

    private void next(FarSide.Fate fate) {
      boolean[] done = {false};
      far.deciding(_ -> {
        boolean first = !done[0];
        done[0] = true;
        return first ? fate : FarSide.Fate.TAKEN;
      });
    }

    @Override
    public void close() {
      far.close();
    }
  }
}
