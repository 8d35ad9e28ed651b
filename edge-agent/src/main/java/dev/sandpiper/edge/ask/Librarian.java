package dev.sandpiper.edge.ask;

import dev.sandpiper.edge.ask.Memory.Earlier;
import dev.sandpiper.edge.ask.Question.Wish;
import dev.sandpiper.edge.channel.Address;
import dev.sandpiper.edge.channel.LiveReply;
import dev.sandpiper.edge.channel.Outgoing;
import dev.sandpiper.edge.library.Clue;
import dev.sandpiper.edge.library.DocumentInfo;
import dev.sandpiper.edge.library.DocumentState;
import dev.sandpiper.edge.library.Passage;
import dev.sandpiper.edge.library.PassageQuery.Scope;
import dev.sandpiper.edge.library.Passages;
import dev.sandpiper.edge.library.Vectors;
import dev.sandpiper.edge.llm.ModelException;
import dev.sandpiper.edge.people.Person;
import dev.sandpiper.edge.people.Role;
import dev.sandpiper.edge.store.Tx;
import dev.sandpiper.edge.talk.Asker;
import dev.sandpiper.edge.talk.Markdown;
import dev.sandpiper.edge.talk.Spoken;
import dev.sandpiper.edge.talk.TalkException;
import dev.sandpiper.edge.talk.Turn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Answers questions from the documents, and tells what documents say.
public final class Librarian implements Asker {
  /// How long a question may lean on the one before.
  private static final Duration LEANS = Duration.ofHours(2);

  /// Passages with less of what was asked for are about something else.
  private static final double LEAST_COVERAGE = 0.15;

  /// An earlier question is the same question when it shares so many of its words.
  private static final double SAME = 0.6;

  private final Parts parts;
  private final List<Lexicon> lexicons = Lexicon.all();
  private final QuestionReader reader = new QuestionReader(lexicons);
  private final Passages passages;
  private final Retrieval retrieval;
  private final Memory memory;
  private final Briefing briefing;
  private final Summaries summaries;
  private final Answering answering;

  /// Opens it on a library.
  public Librarian(Parts parts) {
    this.parts = parts;
    this.passages = new Passages(parts.database());
    Vectors vectors = new Vectors(parts.database(), parts.config().maxVectors());
    this.retrieval = new Retrieval(passages, vectors, parts.models());
    this.memory = new Memory(parts.database());
    this.briefing = new Briefing(parts, new Fence.Maker(parts.random()));
    this.summaries = new Summaries(parts, passages, briefing, lexicons);
    this.answering = new Answering(parts, briefing, lexicons);
  }

  @Override
  public Turn answer(Spoken spoken, String question, LiveReply live)
      throws InterruptedException, TalkException {
    Phrases phrases = new Phrases(parts.messages(), spoken.person().language());
    if (spoken.isQuiet() && !parts.models().any()) {
      throw TalkException.refused(phrases.text("ask.heartbeat-needs-model"), null);
    }
    Question read = reader.read(question, spoken.person().language(), briefing.today());
    Case asked = open(spoken, read, phrases, live);
    if (read.wants(Wish.SMALL_TALK) && read.names().isEmpty() && !spoken.isQuiet()) {
      return answering.talk(asked);
    }
    Optional<Turn> about = aboutNames(asked);
    return about.isPresent() ? about.get() : fromPassages(asked);
  }

  @Override
  public Turn summarise(Spoken spoken, String sha256, LiveReply live)
      throws InterruptedException, TalkException {
    Phrases phrases = new Phrases(parts.messages(), spoken.person().language());
    Optional<DocumentInfo> document = passages.find(sha256, scope(spoken.person()));
    if (document.isEmpty()) {
      return Turn.say(phrases.text("ask.about.gone"));
    }
    Turn summary = summary(spoken, document.get(), phrases, live);
    String caption = spoken.text().strip();
    Question read = reader.read(caption, spoken.person().language(), briefing.today());
    if (caption.isEmpty()
        || read.wants(Wish.SMALL_TALK)
        || read.wants(Wish.SUMMARY)
        || document.get().state() != DocumentState.PARSED) {
      return summary;
    }
    Case asked = open(spoken, read, phrases, live);
    Turn answer = fromPassages(asked.about(Set.of(sha256)));
    List<Outgoing> both = new ArrayList<>(summary.answers());
    both.addAll(answer.answers());
    return new Turn(
        both,
        tx -> {
          summary.effects().apply(tx);
          answer.effects().apply(tx);
        },
        Set.of(sha256));
  }

  /// Writes a chat's new address.
  public static void moved(Tx tx, Address from, Address to) {
    Memory.moved(tx, from, to);
  }

  /// Forgets what was asked in a chat.
  public static void forgotten(Tx tx, Address address) {
    Memory.forget(tx, address);
  }

  private Turn summary(Spoken spoken, DocumentInfo document, Phrases phrases, LiveReply live)
      throws InterruptedException, TalkException {
    if (document.state() != DocumentState.PARSED) {
      return Turn.say(unread(document, phrases));
    }
    Summaries.Order order = new Summaries.Order(spoken, document, live, phrases);
    String text;
    try {
      text = summaries.of(order);
    } catch (ModelException e) {
      if (Troubles.passes(e)) {
        throw Troubles.later(e, phrases);
      }
      if (Troubles.refuses(e, spoken)) {
        throw Troubles.refused(e, phrases);
      }
      text = summaries.withoutModel(order, Troubles.words(e, phrases));
    }
    Set<String> words =
        Tokens.telling(
            document.name() + " " + (document.title() == null ? "" : document.title()), lexicons);
    Earlier turn = new Earlier(parts.clock().instant(), words, Set.of(document.sha256()));
    return new Turn(
        List.of(Outgoing.text(text)),
        tx -> Memory.keep(tx, spoken.address(), spoken.person().id(), turn),
        Set.of(document.sha256()));
  }

  private static String unread(DocumentInfo document, Phrases phrases) {
    String name = Phrases.name(document);
    return switch (document.state()) {
      case PENDING, PARSED -> phrases.text("ask.about.unread", name);
      case FAILED, PARKED ->
          phrases.text(
              "ask.about.unreadable",
              name,
              Markdown.plain(String.valueOf(document.message()), 300));
    };
  }

  /// A guest sees what they sent.
  private static Scope scope(Person person) {
    return person.role().atLeast(Role.MEMBER)
        ? Scope.ALL
        : new Scope(Scope.ALL.facets(), person.id());
  }

  private Case open(Spoken spoken, Question question, Phrases phrases, LiveReply live) {
    List<Earlier> earlier = memory.of(spoken.address(), spoken.person().id());
    Set<String> gone = memory.gone(earlier);
    Scope scope = new Scope(question.facets(), scope(spoken.person()).sentBy());
    return new Case(spoken, question, scope, earlier, gone, Set.of(), phrases, live);
  }

  /// When the question names files: none of that name, one that cannot be read, or its summary.
  private Optional<Turn> aboutNames(Case asked) throws InterruptedException, TalkException {
    for (String name : asked.question().names()) {
      Optional<DocumentInfo> found = named(name, asked);
      if (found.isEmpty()) {
        return Optional.of(
            Turn.say(asked.phrases().text("ask.no-document", Markdown.plain(name, 100))));
      }
      if (found.get().state() != DocumentState.PARSED) {
        return Optional.of(Turn.say(unread(found.get(), asked.phrases())));
      }
    }
    if (!asked.question().wants(Wish.SUMMARY)) {
      return Optional.empty();
    }
    Optional<DocumentInfo> one =
        asked.question().names().stream().findFirst().flatMap(name -> named(name, asked));
    if (one.isEmpty() && asked.question().wants(Wish.FOLLOW_UP)) {
      one =
          leaned(asked)
              .flatMap(turn -> turn.documents().stream().findFirst())
              .flatMap(sha256 -> passages.find(sha256, asked.scope().withoutFacets()));
    }
    return one.isEmpty()
        ? Optional.empty()
        : Optional.of(summary(asked.spoken(), one.get(), asked.phrases(), asked.live()));
  }

  private Optional<DocumentInfo> named(String name, Case asked) {
    return passages.named(name, asked.scope().withoutFacets(), 1).stream().findFirst();
  }

  /// The question before, when this one leans on it.
  private Optional<Earlier> leaned(Case asked) {
    return asked.question().wants(Wish.FOLLOW_UP)
        ? asked.earlier().stream()
            .findFirst()
            .filter(turn -> turn.isRecent(parts.clock().instant(), LEANS))
        : Optional.empty();
  }

  private Turn fromPassages(Case asked) throws InterruptedException, TalkException {
    Question question = asked.question();
    List<Clue> clues = new ArrayList<>(question.clues());
    Set<String> favoured = new LinkedHashSet<>(asked.about());
    question
        .names()
        .forEach(name -> named(name, asked).ifPresent(document -> favoured.add(document.sha256())));
    Optional<Earlier> leaned = leaned(asked);
    leaned.ifPresent(turn -> {
      clues.addAll(Clues.earlier(turn.words(), question.words()));
      favoured.addAll(turn.documents());
    });
    List<Passage> found = new ArrayList<>();
    for (Passage passage :
        retrieval.find(
            new Retrieval.Wanted(
                question, clues, asked.scope(), favoured, parts.config().passages()))) {
      // A passage that was found by its meaning alone has no words in common.
      if (passage.coverage() >= LEAST_COVERAGE || passage.coverage() == 0) {
        found.add(passage);
      }
    }
    beginnings(asked, found);
    Set<String> words = new LinkedHashSet<>(question.words());
    leaned.ifPresent(turn -> words.addAll(turn.words()));
    return answering.answer(asked, found, words, wasDeleted(asked, leaned));
  }

  /// Documents that the question names are shown from their beginning, too.
  private void beginnings(Case asked, List<Passage> found) {
    Set<String> there = new LinkedHashSet<>();
    found.forEach(passage -> there.add(passage.document().sha256()));
    Set<String> wanted = new LinkedHashSet<>(asked.about());
    asked
        .question()
        .names()
        .forEach(name -> named(name, asked).ifPresent(document -> wanted.add(document.sha256())));
    wanted.stream()
        .filter(sha256 -> !there.contains(sha256))
        .forEach(sha256 -> found.addAll(passages.read(sha256, null, 4_000).passages()));
  }

  /// Whether the same was asked before, or is leaned on, and the answer stood in a document that is
  /// not there any more.
  private static boolean wasDeleted(Case asked, Optional<Earlier> leaned) {
    return asked.earlier().stream()
        .filter(turn ->
            leaned.filter(it -> turn.likeness(it.words()) >= SAME).isPresent()
                || turn.likeness(asked.question().words()) >= SAME)
        .anyMatch(turn -> turn.documents().stream().anyMatch(asked.gone()::contains));
  }
}
