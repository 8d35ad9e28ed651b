package dev.sandpiper.edge.fake.discord;

import dev.sandpiper.edge.json.JsonValue;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Stands for Discord.
// A write or close that fails shows as a closed channel.
@SuppressWarnings("FutureReturnValueIgnored")
public final class FakeDiscord implements AutoCloseable {

  /// The bot's token.
  public static final String TOKEN = "OTAwMDAwMDAwMDAwMDAwMDAx.fake.token-of-the-bot";

  /// The bot's user.
  public static final String BOT = World.BOT;

  private static final String API = "/api/v10";
  private static final int LARGEST = 32 << 20;

  private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final World world = new World();
  private final FakeGateway.Settings settings = new FakeGateway.Settings();
  private final FakeGateway gateway;
  private final FakeRest rest;
  private final String origin;
  private volatile Fault.Plan plan = (_, _) -> new Fault.None();
  private volatile boolean closedDoor;

  /// Begins on a free port of this machine.
  public FakeDiscord() {
    this(0);
  }

  /// Begins on a port.
  public FakeDiscord(int port) {
    Channel server =
        new ServerBootstrap()
            .group(loop)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    channel
                        .pipeline()
                        .addLast(
                            new HttpServerCodec(),
                            new HttpObjectAggregator(LARGEST),
                            new Requests());
                  }
                })
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
            .syncUninterruptibly()
            .channel();
    String host = "127.0.0.1:" + ((InetSocketAddress) server.localAddress()).getPort();
    origin = "http://" + host;
    String url = "ws://" + host + "/gateway";
    gateway = new FakeGateway(settings, world, origin, url);
    rest = new FakeRest(world, gateway, origin, url);
  }

  /// Where its REST interface begins.
  public URI base() {
    return URI.create(origin + API);
  }

  // People and what they do.

  /// The direct messages of a person and the bot.
  public String direct(String person) {
    return world.direct(person);
  }

  /// A channel of a server.
  public String channel() {
    return world.channel();
  }

  /// A person writes.
  public String say(String channel, String person, String text) {
    return say(channel, person, text, null);
  }

  /// A person writes, in answer to a message.
  public String say(String channel, String person, String text, @Nullable String replyTo) {
    return arrive(channel, person, text, replyTo, List.of());
  }

  /// A person sends a file.
  public String send(String channel, String person, String text, String name, byte[] bytes) {
    Map<String, Object> file = world.file(origin, channel, name, "application/octet-stream", bytes);
    return arrive(channel, person, text, null, List.of(file));
  }

  private String arrive(
      String channel,
      String person,
      String text,
      @Nullable String replyTo,
      List<Map<String, Object>> files) {
    return run(() -> {
      FakeMessage message =
          new FakeMessage(
              world.nextId(), channel, person, text, null, World.nothing(), files, replyTo, 0);
      world.add(message);
      gateway.tell("MESSAGE_CREATE", message);
      return message.id();
    });
  }

  /// A person presses a button.
  public String press(String channel, String person, String message, String data) {
    return interact(
        channel,
        person,
        3,
        Shape.of("custom_id", data, "component_type", 2),
        world.find(channel, message).map(found -> world.shown(origin, found, true)).orElse(null));
  }

  /// A person uses a command.
  public String command(String channel, String person, String name, @Nullable String words) {
    List<Object> options =
        words == null ? List.of() : List.of(Shape.of("name", "words", "type", 3, "value", words));
    return interact(
        channel, person, 2, Shape.of("id", "1", "name", name, "type", 1, "options", options), null);
  }

  private String interact(
      String channel, String person, int type, Object data, @Nullable Object message) {
    return run(() -> {
      String id = world.nextId();
      String token = "token-" + id;
      rest.open.put(id, token);
      boolean direct = world.isDirect(channel);
      Map<String, Object> user = world.user(person);
      gateway.tellInteraction(
          Shape.of(
              "id",
              id,
              "application_id",
              World.BOT,
              "type",
              type,
              "token",
              token,
              "version",
              1,
              "locale",
              "de",
              "channel_id",
              channel,
              "channel",
              Shape.of("id", channel, "type", direct ? 1 : 0),
              "guild_id",
              direct ? null : World.GUILD,
              "user",
              direct ? user : null,
              "member",
              direct
                  ? null
                  : Shape.of(
                      "user",
                      user,
                      "roles",
                      List.of(),
                      "permissions",
                      "0",
                      "joined_at",
                      "2026-01-01T00:00:00Z"),
              "entitlements",
              List.of(),
              "authorizing_integration_owners",
              Shape.of("0", direct ? "0" : World.GUILD),
              "context",
              direct ? 1 : 0,
              "data",
              data,
              "message",
              message));
      return id;
    });
  }

  /// How an interaction was acknowledged; `null` when it was not.
  public @Nullable JsonValue acknowledged(String interaction) {
    return rest.acknowledged.get(interaction);
  }

  // What is there.

  /// Everything in a chat.
  public List<FakeMessage> messages(String channel) {
    return world.messages(channel);
  }

  /// What the bot wrote in a chat.
  public List<FakeMessage> answers(String channel) {
    return world.messages(channel).stream()
        .filter(message -> message.author().equals(World.BOT))
        .toList();
  }

  /// The lists of commands registered, in order.
  public List<JsonValue> registered() {
    return run(() -> List.copyOf(rest.registered));
  }

  /// Method and path of every request.
  public List<String> requests() {
    return run(() -> List.copyOf(rest.requests));
  }

  /// How often a session was begun.
  public int identifies() {
    return settings.identifies.get();
  }

  /// How often one went on.
  public int resumes() {
    return settings.resumes.get();
  }

  /// How often the gateway was connected to.
  public int connections() {
    return settings.connections.get();
  }

  /// How many heartbeats came.
  public int heartbeats() {
    return settings.heartbeats.get();
  }

  /// With which codes connections were closed from the other side.
  public List<Integer> closedWith() {
    return run(() -> List.copyOf(settings.closedWith));
  }

  // Troubles.

  /// What happens to requests from now on.
  public void plan(Fault.Plan next) {
    plan = next;
  }

  /// How many messages a chat takes in a time.
  public void bucket(int messages, long millis) {
    rest.perWindow = messages;
    rest.windowMillis = millis;
  }

  /// Milliseconds between heartbeats, from the next connection on.
  public void heartbeat(long millis) {
    settings.heartbeat = millis;
  }

  /// Whether heartbeats are acknowledged.
  public void answerHeartbeats(boolean answer) {
    settings.answersHeartbeats = answer;
  }

  /// Whether the privileged intent is switched on.
  public void allowContent(boolean allow) {
    settings.contentAllowed = allow;
  }

  /// Closes every connection at its beginning; 0 for no longer.
  public void refuse(int code) {
    settings.refuseWith = code;
  }

  /// How many sessions may still be begun.
  public void startsLeft(int count) {
    settings.startsLeft.set(count);
  }

  /// Asks for another connection.
  public void reconnect() {
    everySession(session -> session.say("{\"op\":7,\"d\":null,\"t\":null,\"s\":null}"));
  }

  /// Says that the session is invalid.
  public void invalidate(boolean resumable) {
    everySession(session -> session.say("{\"op\":9,\"d\":" + resumable + "}"));
    if (!resumable) {
      expireSessions();
    }
  }

  /// Closes every connection.
  public void close(int code) {
    everySession(session -> session.close(code, "scripted"));
  }

  /// Breaks every connection.
  public void drop() {
    everySession(Session::drop);
  }

  /// Says anything.
  public void sayRaw(String text) {
    everySession(session -> session.say(text));
  }

  /// Tells an event of any shape.
  public void tellRaw(String type, JsonValue data) {
    everySession(session -> session.tell(type, data));
  }

  private void everySession(java.util.function.Consumer<Session> what) {
    run(() -> {
      new ArrayList<>(gateway.sessions().values()).forEach(what);
      return "";
    });
  }

  /// Tells a message once more.
  public void again(String channel, String message) {
    run(() -> {
      gateway.tell("MESSAGE_CREATE", world.find(channel, message).orElseThrow());
      return "";
    });
  }

  /// Forgets every session: nobody can resume.
  public void expireSessions() {
    run(() -> {
      gateway.expireSessions();
      return "";
    });
  }

  /// Every URL of an attachment stops working.
  public void expireUrls() {
    world.expireUrls();
  }

  /// A message is deleted.
  public void delete(String channel, String message) {
    world.delete(channel, message);
  }

  /// Takes no connection while closed.
  public void shut(boolean closed) {
    closedDoor = closed;
  }

  private <T> T run(Callable<T> what) {
    try {
      return loop.submit(what).get(60, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    loop.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  private final class Requests extends SimpleChannelInboundHandler<FullHttpRequest> {

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
      String path = request.uri().replaceFirst("\\?.*", "");
      if (closedDoor) {
        reset(context);
      } else if (path.startsWith("/gateway")) {
        upgrade(context, request);
      } else {
        rest(context, request, path.startsWith(API) ? path.substring(API.length()) : path);
      }
    }

    private void upgrade(ChannelHandlerContext context, FullHttpRequest request) {
      WebSocketServerHandshaker handshaker =
          new WebSocketServerHandshakerFactory("ws://x/gateway", null, false, 65_536)
              .newHandshaker(request);
      if (handshaker == null) {
        WebSocketServerHandshakerFactory.sendUnsupportedVersionResponse(context.channel());
        return;
      }
      FakeGateway.Handler handler = gateway.connection();
      context.pipeline().remove(this);
      context.pipeline().addLast(handler);
      handshaker
          .handshake(context.channel(), request)
          .addListener(_ -> handler.hello(context.channel()));
    }

    private void rest(ChannelHandlerContext context, FullHttpRequest request, String path) {
      switch (plan.of(request.method().name(), path)) {
        case Fault.None _ -> write(context, rest.answer(request, path));
        case Fault.Limited(double seconds, boolean global) ->
            write(context, limited(seconds, global));
        case Fault.Banned(int seconds) ->
            write(
                context,
                new FakeRest.Reply(
                    429,
                    null,
                    Map.of("retry-after", Integer.toString(seconds), "content-type", "text/html"),
                    "<html>banned</html>".getBytes(StandardCharsets.UTF_8)));
        case Fault.Status(int status) ->
            write(context, FakeRest.Reply.error(status, 0, "scripted"));
        case Fault.DoneAndStatus(int status) -> {
          FakeRest.Reply _ = rest.answer(request, path);
          write(context, FakeRest.Reply.error(status, 0, "scripted"));
        }
        case Fault.ResetBefore _ -> reset(context);
        case Fault.ResetAfter _ -> {
          FakeRest.Reply _ = rest.answer(request, path);
          reset(context);
        }
        case Fault.Truncated _ -> {
          FakeRest.Reply _ = rest.answer(request, path);
          context
              .writeAndFlush(
                  new DefaultFullHttpResponse(
                      HttpVersion.HTTP_1_1,
                      HttpResponseStatus.OK,
                      Unpooled.copiedBuffer("{\"id\":\"12", StandardCharsets.UTF_8),
                      new io.netty.handler.codec.http.DefaultHttpHeaders()
                          .set("content-length", 500),
                      new io.netty.handler.codec.http.DefaultHttpHeaders()))
              .addListener(ChannelFutureListener.CLOSE);
        }
        case Fault.Slow(var time) -> {
          FullHttpRequest kept = request.retain();
          context
              .executor()
              .schedule(
                  () -> {
                    write(context, rest.answer(kept, path));
                    return kept.release();
                  },
                  time.toMillis(),
                  TimeUnit.MILLISECONDS);
        }
        case Fault.Late(var time) -> {
          FakeRest.Reply reply = rest.answer(request, path);
          context
              .executor()
              .schedule(() -> write(context, reply), time.toMillis(), TimeUnit.MILLISECONDS);
        }
      }
    }

    private FakeRest.Reply limited(double seconds, boolean global) {
      Map<String, String> headers = new HashMap<>();
      headers.put("x-ratelimit-scope", global ? "global" : "user");
      if (global) {
        headers.put("x-ratelimit-global", "true");
      }
      return new FakeRest.Reply(
          429,
          Shape.of(
              "message", "You are being rate limited.", "retry_after", seconds, "global", global),
          headers,
          null);
    }

    private void reset(ChannelHandlerContext context) {
      context.channel().config().setOption(ChannelOption.SO_LINGER, 0);
      context.close();
    }

    private void write(ChannelHandlerContext context, FakeRest.Reply reply) {
      byte[] raw = reply.raw();
      Object tree = reply.body();
      ByteBuf body =
          raw != null
              ? Unpooled.wrappedBuffer(raw)
              : tree == null
                  ? Unpooled.EMPTY_BUFFER
                  : Unpooled.copiedBuffer(Shape.json(tree), StandardCharsets.UTF_8);
      DefaultFullHttpResponse response =
          new DefaultFullHttpResponse(
              HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(reply.status()), body);
      if (tree != null) {
        response.headers().set("content-type", "application/json");
      }
      reply.headers().forEach(response.headers()::set);
      if (reply.status() != 204) {
        response.headers().set("content-length", body.readableBytes());
      }
      context.writeAndFlush(response);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }
}
