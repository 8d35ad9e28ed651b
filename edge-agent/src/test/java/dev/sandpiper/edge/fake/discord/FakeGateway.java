package dev.sandpiper.edge.fake.discord;

import dev.sandpiper.edge.json.JsonValue;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The gateway: sessions and what is told in them. Everything runs on the event loop.
// A write or close that fails shows as a closed channel.
@SuppressWarnings("FutureReturnValueIgnored")
final class FakeGateway {

  private static final int LONGEST = 4_096;
  private static final int MOST_EVENTS = 120;
  private static final long ALL_INTENTS = (1L << 26) - 1;

  final Settings settings;
  private final World world;
  private final String base;
  private final String url;
  private final Map<String, Session> sessions = new LinkedHashMap<>();

  /// How it behaves, and what it has counted.
  static final class Settings {
    volatile long heartbeat = 41_250;
    volatile boolean answersHeartbeats = true;
    volatile boolean contentAllowed = true;
    volatile int refuseWith;
    final AtomicInteger startsLeft = new AtomicInteger(1_000);
    final AtomicInteger identifies = new AtomicInteger();
    final AtomicInteger resumes = new AtomicInteger();
    final AtomicInteger heartbeats = new AtomicInteger();
    final AtomicInteger connections = new AtomicInteger();
    final List<Integer> closedWith = new ArrayList<>();
  }

  FakeGateway(Settings settings, World world, String base, String url) {
    this.settings = settings;
    this.world = world;
    this.base = base;
    this.url = url;
  }

  Map<String, Session> sessions() {
    return sessions;
  }

  void expireSessions() {
    sessions.clear();
  }

  /// Tells a message to everybody who listens for its kind.
  void tell(String type, FakeMessage message) {
    boolean direct = world.isDirect(message.channel());
    for (Session session : sessions.values()) {
      if (session.wants(direct ? Session.DIRECT : Session.MESSAGES)) {
        Map<String, Object> data = world.shown(base, message, session.wants(Session.CONTENT));
        if (!direct) {
          data.put("guild_id", World.GUILD);
          data.put("member", Shape.of("roles", List.of(), "joined_at", "2026-01-01T00:00:00Z"));
        }
        session.tell(type, data);
      }
    }
  }

  void tellInteraction(Map<String, Object> interaction) {
    sessions.values().forEach(session -> session.tell("INTERACTION_CREATE", interaction));
  }

  Handler connection() {
    settings.connections.incrementAndGet();
    return new Handler();
  }

  /// One connection.
  final class Handler extends SimpleChannelInboundHandler<WebSocketFrame> {
    private @Nullable Session session;
    private int events;

    void hello(Channel channel) {
      if (settings.refuseWith > 0) {
        close(channel, settings.refuseWith, "refused");
        return;
      }
      say(
          channel,
          Shape.of("t", null, "op", 10, "d", Shape.of("heartbeat_interval", settings.heartbeat)));
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame)
        throws IOException {
      Channel channel = context.channel();
      switch (frame) {
        case CloseWebSocketFrame end -> {
          settings.closedWith.add(end.statusCode());
          if (session != null && (end.statusCode() == 1000 || end.statusCode() == 1001)) {
            sessions.remove(session.id);
          }
          channel.writeAndFlush(end.retain()).addListener(_ -> channel.close());
        }
        case PingWebSocketFrame ping ->
            channel.writeAndFlush(new PongWebSocketFrame(ping.content().retain()));
        case TextWebSocketFrame text -> {
          events++;
          if (text.content().readableBytes() > LONGEST) {
            close(channel, 4002, "Error while decoding payload.");
          } else if (events > MOST_EVENTS) {
            close(channel, 4008, "You are being rate limited.");
          } else {
            hear(channel, JsonValue.read(text.text()));
          }
        }
        default -> close(channel, 4002, "Error while decoding payload.");
      }
    }

    private void hear(Channel channel, JsonValue words) {
      switch ((int) words.number(-1, "op")) {
        case 1 -> {
          settings.heartbeats.incrementAndGet();
          if (settings.answersHeartbeats) {
            say(channel, Shape.of("op", 11));
          }
        }
        case 2 -> identify(channel, words.at("d"));
        case 6 -> resume(channel, words.at("d"));
        case 3, 4, 8 -> {
          if (session == null) {
            close(channel, 4003, "Not authenticated.");
          }
        }
        default -> close(channel, 4001, "Unknown opcode.");
      }
    }

    private void identify(Channel channel, JsonValue data) {
      long intents = data.number(-1, "intents");
      if (session != null) {
        close(channel, 4005, "Already authenticated.");
      } else if (!data.text("token", "").equals(FakeDiscord.TOKEN)) {
        close(channel, 4004, "Authentication failed.");
      } else if (intents < 0 || intents > ALL_INTENTS || !data.has("properties")) {
        close(channel, 4013, "Invalid intent(s).");
      } else if (!settings.contentAllowed && (intents & Session.CONTENT) != 0) {
        close(channel, 4014, "Disallowed intent(s).");
      } else {
        settings.identifies.incrementAndGet();
        settings.startsLeft.decrementAndGet();
        Session begun = new Session("session-" + world.nextId(), intents);
        sessions.put(begun.id, begun);
        attach(channel, begun);
        begun.tell(
            "READY",
            Shape.of(
                "v",
                10,
                "user",
                world.user(World.BOT),
                "guilds",
                List.of(Shape.of("id", World.GUILD, "unavailable", true)),
                "session_id",
                begun.id,
                "resume_gateway_url",
                url,
                "application",
                Shape.of("id", World.BOT, "flags", 0)));
        if (begun.wants(Session.GUILDS)) {
          begun.tell("GUILD_CREATE", guild());
        }
      }
    }

    private Map<String, Object> guild() {
      List<Object> channels = new ArrayList<>();
      for (String id : world.guildChannels()) {
        channels.add(
            Shape.of(
                "id",
                id,
                "type",
                0,
                "name",
                "general",
                "position",
                0,
                "permission_overwrites",
                List.of()));
      }
      return Shape.of(
          "id",
          World.GUILD,
          "name",
          "Test",
          "owner_id",
          "1",
          "unavailable",
          false,
          "roles",
          List.of(
              Shape.of(
                  "id",
                  World.GUILD,
                  "name",
                  "@everyone",
                  "permissions",
                  "2248473465835073",
                  "position",
                  0,
                  "color",
                  0,
                  "hoist",
                  false,
                  "managed",
                  false,
                  "mentionable",
                  false)),
          "emojis",
          List.of(),
          "stickers",
          List.of(),
          "features",
          List.of(),
          "channels",
          channels,
          "threads",
          List.of(),
          "presences",
          List.of(),
          "voice_states",
          List.of(),
          "stage_instances",
          List.of(),
          "guild_scheduled_events",
          List.of(),
          "soundboard_sounds",
          List.of(),
          "member_count",
          2,
          "large",
          false,
          "joined_at",
          "2026-01-01T00:00:00Z",
          "members",
          List.of(
              Shape.of(
                  "user",
                  world.user(World.BOT),
                  "roles",
                  List.of(),
                  "joined_at",
                  "2026-01-01T00:00:00Z",
                  "deaf",
                  false,
                  "mute",
                  false,
                  "flags",
                  0)));
    }

    private void resume(Channel channel, JsonValue data) {
      Session known = sessions.get(data.text("session_id", ""));
      long seq = data.number(-1, "seq");
      if (!data.text("token", "").equals(FakeDiscord.TOKEN)) {
        close(channel, 4004, "Authentication failed.");
      } else if (known == null) {
        say(channel, Shape.of("op", 9, "d", false));
      } else if (seq < 0 || seq > known.seq()) {
        close(channel, 4007, "Invalid seq.");
      } else {
        settings.resumes.incrementAndGet();
        attach(channel, known);
        known.replay(seq);
        known.tell("RESUMED", Shape.of("_trace", List.of()));
      }
    }

    private void attach(Channel channel, Session taken) {
      session = taken;
      taken.attach(channel);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      if (session != null && session.isAttached(context.channel())) {
        session.attach(null);
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }

    private void close(Channel channel, int code, String reason) {
      channel
          .writeAndFlush(new CloseWebSocketFrame(code, reason))
          .addListener(_ -> channel.close());
    }

    private void say(Channel channel, Object words) {
      channel.writeAndFlush(new TextWebSocketFrame(Shape.json(words)));
    }
  }
}
