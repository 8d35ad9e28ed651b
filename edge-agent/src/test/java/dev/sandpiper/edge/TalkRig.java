package dev.sandpiper.edge;

import dev.sandpiper.contract.Chunk;
import dev.sandpiper.contract.Metadata;
import dev.sandpiper.contract.PageRange;
import dev.sandpiper.contract.ParseReply;
import dev.sandpiper.contract.ReplyJson;
import dev.sandpiper.contract.Usage;
import dev.sandpiper.edge.burst.BurstStatus;
import dev.sandpiper.edge.channel.Button;
import dev.sandpiper.edge.channel.Channel;
import dev.sandpiper.edge.channel.LiveReply;
import dev.sandpiper.edge.config.Configs;
import dev.sandpiper.edge.health.CheckResult;
import dev.sandpiper.edge.intake.Intake;
import dev.sandpiper.edge.journal.Journal;
import dev.sandpiper.edge.library.IndexedResult;
import dev.sandpiper.edge.library.ParsedResult;
import dev.sandpiper.edge.llm.ChatAnswer;
import dev.sandpiper.edge.llm.ChatListener;
import dev.sandpiper.edge.llm.ChatRequest;
import dev.sandpiper.edge.llm.EmbeddingModel;
import dev.sandpiper.edge.llm.Models;
import dev.sandpiper.edge.llm.Purpose;
import dev.sandpiper.edge.people.Pairing;
import dev.sandpiper.edge.people.Role;
import dev.sandpiper.edge.queue.Lease;
import dev.sandpiper.edge.queue.NewJob;
import dev.sandpiper.edge.queue.Priority;
import dev.sandpiper.edge.store.Blob;
import dev.sandpiper.edge.talk.Asker;
import dev.sandpiper.edge.talk.Command;
import dev.sandpiper.edge.talk.Spoken;
import dev.sandpiper.edge.talk.TalkException;
import dev.sandpiper.edge.talk.Turn;
import dev.sandpiper.edge.talk.command.Spending;
import dev.sandpiper.edge.talk.command.StatusCommand;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// The whole conversation as it is wired, in a folder, with all its commands, at a time the test
/// sets. Documents are parsed by hand. Number 1 is an owner, 2 a member, 3 a guest.
final class TalkRig implements AutoCloseable {

  /// A clock that a test moves.
  static final class Clock implements InstantSource {
    private Instant now;

    Clock(String now) {
      this.now = Instant.parse(now);
    }

    @Override
    public synchronized Instant instant() {
      return now;
    }

    synchronized void set(Instant instant) {
      now = instant;
    }
  }

  static final String OWNER = "1";
  static final String MEMBER = "2";
  static final String GUEST = "3";

  final Phone phone;
  final Clock clock;
  final Wiring.Shelves shelves;
  final ConversationDesk desk;
  private final Conversation conversation;
  private final ConversationSource source;

  TalkRig(Path home, Phone phone, Clock clock) {
    this(home, phone, clock, "");
  }

  /// @param more configuration
  TalkRig(Path home, Phone phone, Clock clock, String more) {
    this(home, phone, clock, more, (_, _) -> new Source(phone));
  }

  /// Makes what answers.
  interface Voices {
    ConversationSource with(Phone phone, Wiring wiring);
  }

  /// @param more configuration
  TalkRig(Path home, Phone phone, Clock clock, String more, Voices voices) {
    this.phone = phone;
    this.clock = clock;
    Wiring wiring =
        new Wiring(
            Configs.parse(
                """
                agent.home = "%s"
                agent.time_zone = "Europe/Berlin"
                store.disk_reserve = "0B"
                [people]
                owners = ["phone:1"]
                members = ["phone:2"]
                guests = ["phone:3"]
                messages_per_minute = 1000
                """
                        .formatted(home)
                    + more),
            clock,
            new Random(1));
    shelves = wiring.openShelves();
    Intake intake = wiring.intake(shelves);
    Journal journal = new Journal(new PrintStream(OutputStream.nullOutputStream()), clock);
    source = voices.with(phone, wiring);
    conversation = wiring.conversation(source, shelves, intake, journal).orElseThrow();
    desk = conversation.desk();
    conversation.start();
  }

  private record Source(Phone phone) implements ConversationSource {
    @Override
    public List<Channel> channels(ConversationDesk.Base base) {
      return List.of(phone);
    }

    @Override
    public List<Command> commands(ConversationDesk desk) {
      return CommandWiring.commands(
          desk,
          new CommandWiring.Outside(
              new Echo(),
              new TwoModels(),
              new Spent(),
              new StatusCommand.Surroundings(
                  2, () -> BurstStatus.OFF, () -> List.of(CheckResult.ok("store", "fine")))));
    }

    @Override
    public Optional<Asker> asker(ConversationDesk desk) {
      return Optional.of(new Echo());
    }
  }

  private static final class Echo implements Asker {
    @Override
    public Turn answer(Spoken spoken, String question, LiveReply live) throws TalkException {
      if (question.equals("forbidden")) {
        throw TalkException.refused("The budget is used up.", null);
      }
      if (spoken.isQuiet() && question.equals("nothing new")) {
        return new Turn(List.of(), _ -> {});
      }
      return Turn.say("You asked: " + question);
    }

    @Override
    public Turn summarise(Spoken spoken, String sha256, LiveReply live) {
      return Turn.say("In short: " + sha256.substring(0, 6));
    }
  }

  private static final class TwoModels implements Models {
    @Override
    public boolean any() {
      return true;
    }

    @Override
    public ChatAnswer ask(Purpose purpose, ChatRequest request, ChatListener listener) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<EmbeddingModel> findEmbedding() {
      return Optional.empty();
    }

    @Override
    public List<ModelInfo> list() {
      return List.of(
          new ModelInfo("main", "anyone", "big-1", 100_000, "ready"),
          new ModelInfo("small", "anyone", "tiny-1", 10_000, "resting until 12:30"));
    }
  }

  private static final class Spent implements Spending {
    @Override
    public List<Line> lines(LocalDate from, LocalDate to) {
      boolean today = from.equals(to);
      Line mine = new Line("main", 1L, 3, 1_200, 300, new BigDecimal("0.0123"), 0);
      Line others = new Line("small", 2L, 1, 800, 50, BigDecimal.ZERO, 1);
      return today ? List.of(mine) : List.of(mine, others);
    }

    @Override
    public OptionalDouble cacheHitRate() {
      return OptionalDouble.of(0.42);
    }
  }

  /// Somebody writes, and waits for one answer.
  Phone.Got ask(String who, String text) throws InterruptedException {
    return ask(who, "en", text);
  }

  Phone.Got ask(String who, @Nullable String language, String text) throws InterruptedException {
    int before = phone.got(who).size();
    phone.write(who, language, text);
    return phone.await(who, before + 1);
  }

  /// Somebody presses a button, and waits for one answer.
  Phone.Got press(String who, Button button) throws InterruptedException {
    int before = phone.got(who).size();
    phone.press(who, button);
    return phone.await(who, before + 1);
  }

  /// All commands.
  List<Command> commands() {
    return source.commands(desk);
  }

  String code(Role role) {
    return shelves
        .database()
        .<String>write(
            tx -> desk.base().door().pairing().make(tx, new Pairing.Grant.Newcomer(role, null)));
  }

  /// Somebody sends a document, which is read.
  ///
  /// @return its number
  long document(String who, String name, String text) throws IOException, InterruptedException {
    int before = phone.got(who).size();
    phone.send(who, name, text);
    phone.await(who, before + 1); // reading …
    parse(text);
    phone.await(who, before + 3); // read, and what it says
    return shelves.library().find(name).orElseThrow().id();
  }

  /// Reads the next document that waits.
  void parse(String text) throws IOException {
    Lease lease = shelves.queue().claim().orElseThrow();
    ParseReply.Parsed reply =
        new ParseReply.Parsed(
            "r",
            new Metadata(
                "text/plain",
                "Title of it",
                List.of("A. Author"),
                null,
                null,
                "en",
                null,
                Map.of()),
            3,
            List.of(),
            new Usage(1, 1, 1, 1, false),
            null);
    Path file = shelves.blobs().tempFile();
    try (OutputStream out = Files.newOutputStream(file)) {
      ReplyJson.write(
          reply,
          sink -> {
            sink.markdown(text);
            sink.chunk(new Chunk("c0", 0, List.of(), new PageRange(2, 2), null, text));
          },
          out);
    }
    Blob blob = shelves.blobs().adopt(file, "result of " + lease.job().id());
    String sha256 = lease.job().subject();
    IndexedResult indexed =
        shelves
            .library()
            .index(sha256, new ParsedResult(reply, blob.sha256(), blob.size()), _ -> true)
            .orElseThrow();
    shelves
        .database()
        .write(tx -> {
          shelves.library().storeParsed(tx, sha256, indexed);
          return shelves.queue().finish(tx, lease, "{\"state\":\"parsed\"}");
        });
  }

  /// Parks the next document that waits.
  long park(String reason) {
    Lease lease = shelves.queue().claim().orElseThrow();
    shelves
        .database()
        .write(tx -> {
          shelves.library().storeParked(tx, lease.job().subject(), reason);
          return shelves.queue().park(tx, lease, reason);
        });
    return lease.job().id();
  }

  /// Sets the clock, and makes whoever waits for a time look at it.
  void at(String instant) {
    clock.set(Instant.parse(instant));
    shelves
        .database()
        .write(tx -> {
          long job = shelves.queue().enqueue(tx, NewJob.of("none", Priority.ANSWER, "none", "{}"));
          return shelves.queue().cancel(tx, job);
        });
  }

  @Override
  public void close() {
    conversation.close();
    shelves.close();
  }
}
