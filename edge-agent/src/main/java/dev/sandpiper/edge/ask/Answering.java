package dev.sandpiper.edge.ask;

import dev.sandpiper.edge.ask.Memory.Earlier;
import dev.sandpiper.edge.ask.Question.Wish;
import dev.sandpiper.edge.channel.Outgoing;
import dev.sandpiper.edge.config.AskConfig.Tools;
import dev.sandpiper.edge.library.Passage;
import dev.sandpiper.edge.library.Passages;
import dev.sandpiper.edge.library.Vectors;
import dev.sandpiper.edge.llm.ChatAnswer;
import dev.sandpiper.edge.llm.ChatMessage;
import dev.sandpiper.edge.llm.ModelException;
import dev.sandpiper.edge.people.Role;
import dev.sandpiper.edge.talk.TalkException;
import dev.sandpiper.edge.talk.Turn;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Makes an answer of passages: a model's, checked, or the passages' own words.
final class Answering {
  private static final String WORKFLOW = "ask";

  private final Parts parts;
  private final Briefing briefing;
  private final List<Lexicon> lexicons;
  private final Passages passages;
  private final Retrieval retrieval;

  Answering(Parts parts, Briefing briefing, List<Lexicon> lexicons) {
    this.parts = parts;
    this.briefing = briefing;
    this.lexicons = lexicons;
    this.passages = new Passages(parts.database());
    this.retrieval =
        new Retrieval(
            passages, new Vectors(parts.database(), parts.config().maxVectors()), parts.models());
  }

  /// Small talk: no document is looked at.
  Turn talk(Case asked) throws InterruptedException, TalkException {
    Phrases phrases = asked.phrases();
    if (!parts.models().any()) {
      return Turn.say(phrases.text("ask.talk"));
    }
    try {
      Toolbox none = new Toolbox(List.of());
      Sources sources = new Sources();
      Briefing.Written written = briefing.write(draft("talk", asked, sources, List.of()), none);
      Polish polish = polish(asked, written.fence(), sources);
      Workbench bench = bench(asked, sources);
      ChatAnswer answer =
          new Asking(parts.models(), none, 1)
              .run(
                  new Asking.Task(
                      written.purpose(),
                      written.request(),
                      bench,
                      written.fence(),
                      new Asking.Shown(asked.live(), text -> polish.check(text).text())));
      String said = Asking.isNotFound(answer.text()) ? "" : polish.check(answer.text()).text();
      return Turn.say(said.isBlank() ? phrases.text("ask.talk") : said);
    } catch (ModelException e) {
      if (Troubles.refuses(e, asked.spoken())) {
        throw Troubles.refused(e, asked.phrases());
      }
      // A greeting is not worth waiting for.
      return Turn.say(phrases.text("ask.talk"));
    }
  }

  /// @param words what to remember of the question
  /// @param wasDeleted whether the answer is known to have stood in a document that is deleted
  Turn answer(Case asked, List<Passage> found, Set<String> words, boolean wasDeleted)
      throws InterruptedException, TalkException {
    Outcome outcome = found(asked, found);
    String text = outcome.text();
    Phrases phrases = asked.phrases();
    if (text.isEmpty() && asked.spoken().isQuiet()) {
      return new Turn(List.of(), _ -> {});
    }
    if (text.isEmpty()) {
      text = phrases.text(wasDeleted ? "ask.gone" : "ask.nothing");
      if (asked.question().wants(Wish.ACT)) {
        text += "\n\n" + phrases.text("ask.remind-hint");
      }
    } else if (wasDeleted) {
      text += "\n\n" + phrases.text("ask.gone-too");
    }
    List<Outgoing> answers = new ArrayList<>(List.of(Outgoing.text(text)));
    outcome.planned().forEach(plan -> answers.add(Outgoing.text(plan.told())));
    Set<String> documents = new LinkedHashSet<>();
    outcome.cited().forEach(passage -> documents.add(passage.document().sha256()));
    Earlier turn = new Earlier(parts.clock().instant(), words, documents);
    return new Turn(
        answers,
        tx -> {
          outcome.planned().forEach(plan -> plan.effects().apply(tx));
          Memory.keep(tx, asked.spoken().address(), asked.spoken().person().id(), turn);
        },
        documents);
  }

  /// @param text empty when nothing is known
  private record Outcome(String text, List<Passage> cited, List<Workbench.Planned> planned) {
    static final Outcome NOTHING = new Outcome("", List.of(), List.of());
  }

  private Outcome found(Case asked, List<Passage> found)
      throws InterruptedException, TalkException {
    boolean toolsMayHelp =
        (asked.question().wants(Wish.ACT) && offersActs(asked))
            || (asked.question().wants(Wish.STATE) && parts.config().tools() != Tools.OFF);
    if (!parts.models().any()) {
      return extract(asked, found, "");
    }
    if (found.isEmpty() && !toolsMayHelp) {
      return Outcome.NOTHING;
    }
    try {
      return byModel(asked, found);
    } catch (ModelException e) {
      if (Troubles.passes(e)) {
        throw Troubles.later(e, asked.phrases());
      }
      if (Troubles.refuses(e, asked.spoken())) {
        throw Troubles.refused(e, asked.phrases());
      }
      return extract(asked, found, Troubles.words(e, asked.phrases()));
    }
  }

  private Outcome byModel(Case asked, List<Passage> found)
      throws ModelException, InterruptedException {
    Sources sources = new Sources();
    sources.add(found);
    try {
      return byModel(asked, found, sources);
    } catch (ModelException e) {
      if (e.kind() != ModelException.Kind.TOO_LONG || found.size() < 2) {
        throw e;
      }
      // It counts tokens otherwise than we do.
      return byModel(asked, found.subList(0, found.size() / 2), sources);
    }
  }

  private Outcome byModel(Case asked, List<Passage> held, Sources sources)
      throws ModelException, InterruptedException {
    Toolbox toolbox = new Toolbox(tools(asked));
    String prompt = asked.spoken().isQuiet() ? "heartbeat" : "ask";
    Briefing.Written written = briefing.write(draft(prompt, asked, sources, held), toolbox);
    Workbench bench = bench(asked, sources);
    Asking.Shown shown =
        new Asking.Shown(
            asked.live(), text -> polish(asked, written.fence(), sources).check(text).text());
    ChatAnswer answer =
        new Asking(parts.models(), toolbox, parts.config().question().calls())
            .run(
                new Asking.Task(
                    written.purpose(), written.request(), bench, written.fence(), shown));
    boolean someGone = sources.forget(passage -> isGone(passage, asked));
    Citations.Checked checked = polish(asked, written.fence(), sources).check(answer.text());
    String looping = bench.looping();
    if (looping != null) {
      parts.loops().looped(WORKFLOW, looping);
    }
    return outcome(
        asked,
        answer,
        checked,
        new Found(bench.planned(), someGone, !held.isEmpty(), looping != null));
  }

  /// @param looped whether the model was stopped
  private record Found(
      List<Workbench.Planned> planned, boolean someGone, boolean held, boolean looped) {}

  private Outcome outcome(Case asked, ChatAnswer answer, Citations.Checked checked, Found found) {
    Phrases phrases = asked.phrases();
    if (Asking.isNotFound(answer.text()) || checked.text().isBlank()) {
      return withoutWords(found, phrases);
    }
    String text = phrases.withSources(checked.text().strip(), checked.cited());
    if (answer.stop() == ChatAnswer.Stop.LENGTH) {
      text += "\n\n" + phrases.text("ask.cut");
    }
    if (found.looped()) {
      text += "\n\n" + phrases.text("ask.looping");
    }
    if (found.someGone()) {
      text += "\n\n" + phrases.text("ask.gone-too");
    }
    if (checked.cited().isEmpty() && found.held() && found.planned().isEmpty()) {
      text += "\n\n" + phrases.text("ask.unsupported");
    }
    return new Outcome(text, checked.cited(), found.planned());
  }

  private static Outcome withoutWords(Found found, Phrases phrases) {
    if (!found.planned().isEmpty()) {
      return new Outcome(phrases.text("ask.done"), List.of(), found.planned());
    }
    if (found.someGone()) {
      return new Outcome(phrases.text("ask.gone"), List.of(), List.of());
    }
    return found.looped()
        ? new Outcome(phrases.text("ask.looping"), List.of(), List.of())
        : Outcome.NOTHING;
  }

  private boolean isGone(Passage passage, Case asked) {
    return passages.find(passage.document().sha256(), asked.scope().withoutFacets()).isEmpty();
  }

  /// @param trouble why no model answers; empty when there is none to ask
  private Outcome extract(Case asked, List<Passage> found, String trouble) {
    Extract extract = new Extract(asked.question(), lexicons);
    List<Passage> fitting = extract.fitting(found);
    if (fitting.isEmpty() && trouble.isEmpty()) {
      return Outcome.NOTHING;
    }
    Phrases phrases = asked.phrases();
    if (fitting.isEmpty()) {
      return new Outcome(phrases.text("ask.model-away", trouble), List.of(), List.of());
    }
    String intro =
        trouble.isEmpty()
            ? phrases.text("ask.extract")
            : phrases.text("ask.model-away", trouble) + " " + phrases.text("ask.extract");
    String text = phrases.withSources(intro + "\n\n" + extract.of(fitting), fitting);
    return new Outcome(text, fitting, List.of());
  }

  private List<Tool> tools(Case asked) {
    Tools allowed = parts.config().tools();
    if (allowed == Tools.OFF) {
      return List.of();
    }
    List<Tool> tools = new ArrayList<>();
    tools.add(new ReadingTools.Search(retrieval, new QuestionReader(lexicons), briefing.today()));
    tools.add(new ReadingTools.Open(passages));
    tools.add(new ReadingTools.Jobs(parts.jobs(), passages));
    Acting acting = parts.acting();
    if (acting != null && offersActs(asked)) {
      tools.add(new ActingTools.Remind(acting));
      tools.add(new ActingTools.Schedule(acting));
    }
    return tools;
  }

  private boolean offersActs(Case asked) {
    return parts.config().tools() == Tools.ACT
        && parts.acting() != null
        && asked.spoken().person().role().atLeast(Role.MEMBER);
  }

  private Workbench bench(Case asked, Sources sources) {
    OwnWords own = new OwnWords(asked.question().text(), lexicons);
    return new Workbench(asked.spoken(), own, asked.scope().withoutFacets(), sources);
  }

  private Polish polish(Case asked, Fence fence, Sources sources) {
    Inert inert =
        new Inert(
            Inert.addresses(asked.question().text()),
            sources.texts(),
            asked.phrases().text("ask.link-left-out"));
    return new Polish(inert, fence, sources, lexicons);
  }

  /// What was said before is not shown when an answer of it stood in a document that is deleted: it
  /// would bring back what was to be forgotten.
  private Briefing.Draft draft(String prompt, Case asked, Sources sources, List<Passage> held) {
    List<ChatMessage> before =
        asked.gone().isEmpty() ? parts.history().of(asked.spoken().address()) : List.of();
    return new Briefing.Draft(
        prompt,
        asked.spoken().workflow(WORKFLOW),
        asked.spoken().person(),
        asked.question().text(),
        sources,
        held,
        before);
  }
}
