package dev.sandpiper.edge.fake.discord;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A session of the gateway, with everything told in it, for who comes back. The event loop's.
// A write or close that fails shows as a closed channel.
@SuppressWarnings("FutureReturnValueIgnored")
final class Session {

  static final int MESSAGES = 1 << 9;
  static final int DIRECT = 1 << 12;
  static final int CONTENT = 1 << 15;
  static final int GUILDS = 1;

  final String id;
  final long intents;
  private final List<String> told = new ArrayList<>();
  private @Nullable Channel channel;

  Session(String id, long intents) {
    this.id = id;
    this.intents = intents;
  }

  boolean wants(int intent) {
    return (intents & intent) != 0;
  }

  int seq() {
    return told.size();
  }

  void attach(@Nullable Channel connection) {
    channel = connection;
  }

  boolean isAttached(Channel connection) {
    return connection.equals(channel);
  }

  void tell(String type, Object data) {
    String event = Shape.json(Shape.of("t", type, "s", told.size() + 1, "op", 0, "d", data));
    told.add(event);
    Channel open = channel;
    if (open != null) {
      open.writeAndFlush(new TextWebSocketFrame(event));
    }
  }

  /// Tells again what came after `seq`.
  void replay(long seq) {
    Channel open = channel;
    if (open != null) {
      told.subList((int) seq, told.size())
          .forEach(event -> open.writeAndFlush(new TextWebSocketFrame(event)));
    }
  }

  void say(String text) {
    Channel open = channel;
    if (open != null) {
      open.writeAndFlush(new TextWebSocketFrame(text));
    }
  }

  void close(int code, String reason) {
    Channel open = channel;
    channel = null;
    if (open != null) {
      open.writeAndFlush(new CloseWebSocketFrame(code, reason)).addListener(_ -> open.close());
    }
  }

  /// The connection breaks without a word.
  void drop() {
    Channel open = channel;
    channel = null;
    if (open != null) {
      open.close();
    }
  }
}
