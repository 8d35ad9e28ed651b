package dev.sandpiper.edge.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.edge.fake.discord.FakeDiscord;
import dev.sandpiper.edge.fake.discord.FakeMessage;
import dev.sandpiper.edge.fake.model.ModelFake;
import dev.sandpiper.edge.fake.telegram.FakeTelegram;
import dev.sandpiper.edge.fake.telegram.Person;
import dev.sandpiper.edge.fake.telegram.Post;
import dev.sandpiper.edge.fake.telegram.World;
import dev.sandpiper.edge.json.JsonValue;
import dev.sandpiper.edge.store.Database;
import dev.sandpiper.edge.store.DatabaseOptions;
import dev.sandpiper.edge.store.Row;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// People who ask the built agent in Telegram and in Discord, each question with a word of its own;
/// models that answer; and what must have become of every question, whatever went wrong.
final class Correspondence implements AutoCloseable {

  private static final long FIRST_OF_TELEGRAM = 5_000;
  private static final long FIRST_OF_DISCORD = 700_000_000_000_000_000L;

  /// A question's own word. It has no digits: figures that no source has are marked in answers.
  private static final Pattern WORD = Pattern.compile("zz[td][a-z]+");

  final FakeTelegram telegram = FakeTelegram.start();
  final FakeDiscord discord = new FakeDiscord();
  final ModelFake model;
  final AgentProcess agent;
  private final Path home;
  private final int people;
  private final Map<Chat, List<String>> written = new TreeMap<>();

  /// Where a person writes.
  ///
  /// @param person from 0
  record Chat(boolean onDiscord, int person) implements Comparable<Chat> {
    @Override
    public int compareTo(Chat other) {
      int places = Boolean.compare(onDiscord, other.onDiscord);
      return places == 0 ? Integer.compare(person, other.person) : places;
    }

    @Override
    public String toString() {
      return (onDiscord ? "Discord, " : "Telegram, ") + person;
    }
  }

  /// What became of everything.
  ///
  /// @param withoutModel answered from the passages alone: no model was there for too long
  /// @param unknown parcels that may or may not have arrived, all of them Telegram's
  /// @param missing those of them that have not
  record Tally(int questions, int parked, int withoutModel, int unknown, int missing) {
    int answered() {
      return questions - parked;
    }
  }

  /// @param people in each place; the first one of Discord is the owner
  /// @param settings more of the agent's configuration, made when the addresses are known
  Correspondence(Path home, int people, Function<ModelFake, String> settings) throws IOException {
    this.home = home;
    this.people = people;
    this.model = ModelFake.start();
    this.agent =
        new AgentProcess(home.resolve("agent"), List.of(settings.apply(model), places()))
            .with("FAKE_TELEGRAM", FakeTelegram.TOKEN)
            .with("FAKE_DISCORD", FakeDiscord.TOKEN);
  }

  private String places() {
    List<String> members = new ArrayList<>();
    for (Chat chat : chats()) {
      members.add("\"" + account(chat) + "\"");
    }
    String owner = "\"" + account(new Chat(true, 0)) + "\"";
    members.remove(owner);
    return """
    [telegram]
    token = "env:FAKE_TELEGRAM"
    base_url = "%s"
    [discord]
    token = "env:FAKE_DISCORD"
    base_url = "%s"
    [people]
    owners = [%s]
    members = [%s]
    messages_per_minute = 10000
    """
        .formatted(telegram.uri(), discord.base(), owner, String.join(", ", members));
  }

  private static String account(Chat chat) {
    return chat.onDiscord()
        ? "discord:" + (FIRST_OF_DISCORD + chat.person())
        : "telegram:" + (FIRST_OF_TELEGRAM + chat.person());
  }

  private String address(Chat chat) {
    return chat.onDiscord() ? "discord:" + direct(chat) : account(chat);
  }

  private String direct(Chat chat) {
    return discord.direct(Long.toString(FIRST_OF_DISCORD + chat.person()));
  }

  /// All of them.
  List<Chat> chats() {
    List<Chat> chats = new ArrayList<>();
    for (int person = 0; person < people; person++) {
      chats.add(new Chat(false, person));
      chats.add(new Chat(true, person));
    }
    return chats;
  }

  /// Starts the agent and gives it a document to answer from; the owner asks first, and is
  /// answered.
  void begin() throws IOException, InterruptedException {
    agent.start();
    agent.awaitReady();
    byte[] text = "The heron at the old mill hears every word.".getBytes(StandardCharsets.UTF_8);
    await(
        "the document to be taken and read",
        Duration.ofMinutes(2),
        () -> submitted("heron.txt", text) && count("documents WHERE state='PARSED'") == 1);
    await("the bot to be in Discord", Duration.ofMinutes(2), () -> discord.identifies() > 0);
    ask(new Chat(true, 0));
    awaitEnd(Duration.ofMinutes(2));
  }

  private boolean submitted(String name, byte[] bytes) {
    try {
      return agent.submit(name, bytes);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Somebody asks what they have not asked yet.
  void ask(Chat chat) {
    List<String> words = written.computeIfAbsent(chat, _ -> new ArrayList<>());
    String word =
        (chat.onDiscord() ? "zzd" : "zzt")
            + letters(chat.person() + 10)
            + "q"
            + letters(words.size());
    words.add(word);
    String text = "What does the heron at the mill hear about " + word + "?";
    if (chat.onDiscord()) {
      discord.say(direct(chat), Long.toString(FIRST_OF_DISCORD + chat.person()), text);
    } else {
      Person person = Person.of(FIRST_OF_TELEGRAM + chat.person(), "Ada");
      telegram.world().say(World.said(person, text));
    }
  }

  private static String letters(int number) {
    return Integer.toString(number)
        .chars()
        .mapToObj(digit -> String.valueOf((char) ('a' + digit - '0')))
        .reduce("", String::concat);
  }

  /// How many questions there are.
  int questions() {
    return written.values().stream().mapToInt(List::size).sum();
  }

  /// The last word of a question, which is its own.
  static Optional<String> word(String text) {
    return WORD.matcher(text).results().map(found -> found.group()).reduce((_, last) -> last);
  }

  /// What an answer says to it.
  static String answer(String word) {
    return "Heard " + word + ".";
  }

  /// Until every question is taken and ended, and everything that goes out, too.
  void awaitEnd(Duration bound) throws InterruptedException {
    await(
        () ->
            "%,d questions to end; messages %s, parcels %s; not taken: %s"
                .formatted(questions(), states("messages"), states("outbox"), untaken()),
        bound,
        () ->
            count("messages") == questions()
                && count("messages WHERE state IN ('WAITING', 'OPEN')") == 0
                && count("outbox WHERE state IN ('READY', 'SENDING')") == 0);
  }

  /// Waits for what will be so.
  void await(String what, Duration bound, BooleanSupplier condition) throws InterruptedException {
    await(() -> what, bound, condition);
  }

  private void await(Supplier<String> what, Duration bound, BooleanSupplier condition)
      throws InterruptedException {
    long end = System.nanoTime() + bound.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError(
            "waited %s in vain for %s; the end of the agent's log:\n%s"
                .formatted(bound, what.get(), log()));
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private String log() {
    try {
      String all = agent.output();
      return all.substring(Math.max(0, all.length() - 4_000));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private List<String> states(String table) {
    return query(
        "SELECT state, count(*) FROM " + table + " GROUP BY state ORDER BY state",
        row -> row.text(1) + "=" + row.number(2));
  }

  private List<String> untaken() {
    List<String> left = new ArrayList<>(written.values().stream().flatMap(List::stream).toList());
    query("SELECT content FROM messages", row -> word(row.text(1)).orElse(""))
        .forEach(left::remove);
    return left;
  }

  /// The words of the questions that have ended in a state.
  List<String> words(String state) {
    return query(
        "SELECT content FROM messages WHERE state='" + state + "'",
        row -> word(row.text(1)).orElse(""));
  }

  long count(String what) {
    return query("SELECT count(*) FROM " + what, row -> row.number(1)).getFirst();
  }

  <T> List<T> query(String sql, Function<Row, T> mapper) {
    DatabaseOptions options = DatabaseOptions.defaults().withNativeDir(home.resolve("native"));
    try (Database database = Database.openReadOnly(agent.database(), options)) {
      return database.read(tx -> tx.query(sql, mapper::apply));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /// A message of the inbox.
  private record Taken(long id, String address, String state, String reason, String word) {}

  /// A parcel of the outbox.
  ///
  /// @param message 0 for none
  private record Sent(String address, long message, String state, String text) {
    /// The word it is about; else all of its words, which Telegram shows without their marks.
    String sign() {
      return Correspondence.sign(text);
    }
  }

  private static String sign(String text) {
    return word(text).orElseGet(() -> text.replaceAll("[^\\p{L}\\p{N}]", ""));
  }

  /// Holds the agent to it: every question was taken once and in order; each ended, with one parcel
  /// that answers it or says why it is not answered; every parcel is there once and in order, but
  /// for those of Telegram that the agent itself says it cannot know of.
  Tally judge() {
    List<Taken> taken =
        query(
            "SELECT id, address, state, reason, content FROM messages ORDER BY id",
            row ->
                new Taken(
                    row.number(1),
                    row.text(2),
                    row.text(3),
                    String.valueOf(row.nullableText(4)),
                    word(row.text(5)).orElse(row.text(5))));
    List<Sent> sent =
        query(
            "SELECT address, message, state, content FROM outbox ORDER BY id",
            row ->
                new Sent(
                    row.text(1),
                    row.number(2),
                    row.text(3),
                    JsonValue.ours(row.text(4)).text("text", "")));
    int missing = 0;
    for (Chat chat : chats()) {
      List<Taken> here = taken.stream().filter(t -> t.address().equals(address(chat))).toList();
      assertThat(here)
          .as("questions taken in %s", chat)
          .extracting(Taken::word)
          .containsExactlyElementsOf(written.getOrDefault(chat, List.of()));
      missing +=
          arrivals(chat, sent.stream().filter(s -> s.address().equals(address(chat))).toList());
    }
    int withoutModel = 0;
    for (Taken message : taken) {
      List<Sent> parcels = sent.stream().filter(s -> s.message() == message.id()).toList();
      assertThat(parcels).as("parcels for %s", message).hasSize(1);
      withoutModel += answered(message, parcels.getFirst().text()) ? 0 : 1;
    }
    List<String> remembered =
        query("SELECT content FROM sessions", row -> row.text(1)).stream()
            .filter(said -> said.contains("What does the heron"))
            .toList();
    assertThat(remembered).as("questions in the history").doesNotHaveDuplicates();
    return new Tally(
        questions(),
        (int) taken.stream().filter(t -> t.state().equals("PARKED")).count(),
        withoutModel,
        (int) sent.stream().filter(s -> s.state().equals("UNKNOWN")).count(),
        missing);
  }

  /// @return whether a model answered, or nobody had to
  private static boolean answered(Taken message, String text) {
    if (message.state().equals("PARKED")) {
      assertThat(message.reason()).as("why %s is parked", message).startsWith("It failed ");
      assertThat(text)
          .startsWith("I could not answer “What does the heron at the mill hear about ")
          .contains(message.word() + "?”. It failed ");
      return true;
    }
    assertThat(message.state()).as("%s", message).isEqualTo("DONE");
    if (text.startsWith("No language model can answer now")) {
      return false;
    }
    assertThat(text).as("the answer to %s", message).startsWith(answer(message.word()));
    return true;
  }

  /// @return how many have not arrived
  private int arrivals(Chat chat, List<Sent> sent) {
    List<String> arrived = arrived(chat).stream().map(Correspondence::sign).toList();
    assertThat(sent)
        .as("parcels in %s", chat)
        .allMatch(parcel -> parcel.state().equals("SENT") || isUnknown(chat, parcel));
    assertThat(fits(chat, sent, arrived))
        .as("that in %s everything arrived, once and in order: %s of %s", chat, arrived, sent)
        .isTrue();
    return sent.size() - arrived.size();
  }

  private static boolean isUnknown(Chat chat, Sent parcel) {
    return parcel.state().equals("UNKNOWN") && !chat.onDiscord();
  }

  /// Whether what arrived is what was sent, but for some that are unknown. Answers without a model
  /// may be alike, so every way to leave some out is looked at.
  private static boolean fits(Chat chat, List<Sent> sent, List<String> arrived) {
    boolean[] matched = new boolean[arrived.size() + 1]; // that many, with the parcels so far
    matched[0] = true;
    for (Sent parcel : sent) {
      boolean[] next = new boolean[matched.length];
      for (int i = 0; i < matched.length; i++) {
        next[i] |= matched[i] && isUnknown(chat, parcel);
        if (matched[i] && i < arrived.size() && arrived.get(i).equals(parcel.sign())) {
          next[i + 1] = true;
        }
      }
      matched = next;
    }
    return matched[arrived.size()];
  }

  private List<String> arrived(Chat chat) {
    return chat.onDiscord()
        ? discord.answers(direct(chat)).stream().map(FakeMessage::content).toList()
        : telegram.world().posts(FIRST_OF_TELEGRAM + chat.person()).stream()
            .map(Post::text)
            .toList();
  }

  @Override
  public void close() throws IOException {
    agent.close();
    telegram.close();
    discord.close();
    model.close();
  }
}
