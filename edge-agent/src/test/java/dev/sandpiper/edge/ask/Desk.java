package dev.sandpiper.edge.ask;

import dev.sandpiper.edge.channel.Address;
import dev.sandpiper.edge.channel.LiveReply;
import dev.sandpiper.edge.channel.Outgoing;
import dev.sandpiper.edge.config.AskConfig;
import dev.sandpiper.edge.llm.ChatMessage;
import dev.sandpiper.edge.llm.prompts.Prompts;
import dev.sandpiper.edge.people.Person;
import dev.sandpiper.edge.people.Role;
import dev.sandpiper.edge.talk.Messages;
import dev.sandpiper.edge.talk.Spoken;
import dev.sandpiper.edge.talk.TalkException;
import dev.sandpiper.edge.talk.Turn;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A librarian at a shelf, and people who ask.
abstract class Desk extends Shelf {
  static final AskConfig CONFIG =
      new AskConfig(
          AskConfig.Tools.ACT,
          8,
          new AskConfig.Bounds(4, 8_000),
          new AskConfig.Bounds(8, 60_000),
          800,
          1_000);
  static final Person ADA = new Person(1, "Ada", Role.OWNER, Locale.ENGLISH);
  static final Person BERND = new Person(2, "Bernd", Role.MEMBER, Locale.GERMAN);
  static final Person GUEST = new Person(3, "Gus", Role.GUEST, Locale.ENGLISH);
  static final Address CHAT = new Address("loop", "1");

  final List<String> shown = new ArrayList<>();
  final List<ChatMessage> said = new ArrayList<>();
  final RecordedActing acting = new RecordedActing();

  /// Notes what is to be done.
  static final class RecordedActing implements Acting {
    final List<String> planned = new ArrayList<>();
    final List<String> done = new ArrayList<>();

    @Override
    public Plan remind(Spoken spoken, String text, String when) {
      return ready("remind " + spoken.person().name() + ": " + text + " @ " + when);
    }

    @Override
    public Plan schedule(Spoken spoken, String text, String every) {
      return ready("schedule " + spoken.person().name() + ": " + text + " @ " + every);
    }

    private Plan ready(String what) {
      planned.add(what);
      return new Plan.Ready("I will: " + what, _ -> done.add(what));
    }
  }

  Librarian librarian(ScriptedModels models) {
    return librarian(models, CONFIG);
  }

  Librarian librarian(ScriptedModels models, AskConfig config) {
    return librarian(models, config, Loops.NONE);
  }

  Librarian librarian(ScriptedModels models, AskConfig config, Loops loops) {
    return new Librarian(
        new Parts(
            database,
            queue.view(),
            models,
            ModelChoice.NONE,
            new Prompts(Path.of(home.toString(), "prompts")),
            new Messages(),
            _ -> List.copyOf(said),
            acting,
            config,
            () -> NOW,
            ZoneOffset.UTC,
            new Random(5),
            loops));
  }

  final LiveReply live =
      new LiveReply() {
        @Override
        public void show(String markdownSoFar) {
          shown.add(markdownSoFar);
        }

        @Override
        public void close() {
          // nothing was begun
        }
      };

  /// Asks, and does what the turn does.
  String ask(Librarian librarian, Person person, String question)
      throws InterruptedException, TalkException {
    return done(librarian.answer(spoken(person, question), question, live));
  }

  String summarise(Librarian librarian, Person person, String sha256)
      throws InterruptedException, TalkException {
    return done(librarian.summarise(spoken(person, ""), sha256, live));
  }

  static Spoken spoken(Person person, String text) {
    return new Spoken(7, person, CHAT, text, List.of(), null);
  }

  String done(Turn turn) {
    database.<@Nullable Void>write(tx -> {
      turn.effects().apply(tx);
      return null;
    });
    return turn.answers().stream()
        .map(answer -> ((Outgoing.Text) answer).markdown())
        .collect(Collectors.joining("\n---\n"));
  }

  void sentBy(Person person, String sha256) {
    write(tx ->
        tx.insert(
            "INSERT INTO document_people (document, person) VALUES (?, ?)", sha256, person.id()));
  }
}
