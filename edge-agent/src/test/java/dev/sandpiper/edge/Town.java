package dev.sandpiper.edge;

import dev.sandpiper.edge.fake.discord.FakeDiscord;
import dev.sandpiper.edge.fake.discord.FakeMessage;
import dev.sandpiper.edge.fake.telegram.FakeTelegram;
import dev.sandpiper.edge.fake.telegram.Person;
import dev.sandpiper.edge.fake.telegram.Post;
import dev.sandpiper.edge.fake.telegram.World;
import dev.sandpiper.edge.fake.wire.FarSide;
import java.io.IOException;
import java.util.List;

/// A far side with people who write to the agent, each in a chat of their own, numbered from 1.
interface Town extends AutoCloseable {

  /// Name of its channel.
  String name();

  /// Where the channel finds it.
  String url();

  /// Whether it knows a parcel again.
  boolean knowsKeys();

  /// A person's account there.
  String account(int person);

  /// A person's chat, as the agent writes its address.
  String address(int person);

  /// Whether the agent has been there once: what is written to a bot that was never there is not
  /// for it.
  default boolean isKnown() {
    return true;
  }

  void write(int person, String text);

  /// What a person was answered, in order.
  List<String> answers(int person);

  @Override
  void close();

  /// A far side that knows keys, or does not.
  static Town wire(boolean knowsKeys) throws IOException {
    return new Wire(new FarSide(knowsKeys), knowsKeys);
  }

  static Town discord() {
    return new Discord(new FakeDiscord());
  }

  static Town telegram() {
    return new Telegram(FakeTelegram.start());
  }

  /// The tests' own.
  record Wire(FarSide far, boolean knowsKeys) implements Town {
    @Override
    public String name() {
      return knowsKeys ? "sure" : "unsure";
    }

    @Override
    public String url() {
      return far.url();
    }

    @Override
    public String account(int person) {
      return Integer.toString(person);
    }

    @Override
    public String address(int person) {
      return name() + ":" + person;
    }

    @Override
    public void write(int person, String text) {
      far.write(account(person), text);
    }

    @Override
    public List<String> answers(int person) {
      return far.messages().stream()
          .filter(message -> message.chat().equals(account(person)))
          .map(FarSide.Message::text)
          .toList();
    }

    @Override
    public void close() {
      far.close();
    }
  }

  /// Discord, direct messages.
  record Discord(FakeDiscord fake) implements Town {
    private static final long FIRST = 700_000_000_000_000_000L;

    @Override
    public String name() {
      return "discord";
    }

    @Override
    public String url() {
      return fake.base().toString();
    }

    @Override
    public boolean knowsKeys() {
      return true;
    }

    @Override
    public boolean isKnown() {
      return fake.identifies() > 0;
    }

    @Override
    public String account(int person) {
      return Long.toString(FIRST + person);
    }

    @Override
    public String address(int person) {
      return "discord:" + fake.direct(account(person));
    }

    @Override
    public void write(int person, String text) {
      fake.say(fake.direct(account(person)), account(person), text);
    }

    @Override
    public List<String> answers(int person) {
      return fake.answers(fake.direct(account(person))).stream().map(FakeMessage::content).toList();
    }

    @Override
    public void close() {
      fake.close();
    }
  }

  /// Telegram, private chats.
  record Telegram(FakeTelegram fake) implements Town {
    private static final long FIRST = 5_000;

    @Override
    public String name() {
      return "telegram";
    }

    @Override
    public String url() {
      return fake.uri().toString();
    }

    @Override
    public boolean knowsKeys() {
      return false;
    }

    @Override
    public String account(int person) {
      return Long.toString(FIRST + person);
    }

    @Override
    public String address(int person) {
      return "telegram:" + account(person);
    }

    @Override
    public void write(int person, String text) {
      fake.world().say(World.said(Person.of(FIRST + person, "Ada"), text));
    }

    @Override
    public List<String> answers(int person) {
      return fake.world().posts(FIRST + person).stream().map(Post::text).toList();
    }

    @Override
    public void close() {
      fake.close();
    }
  }
}
