package dev.sandpiper.edge.ask;

import dev.sandpiper.edge.channel.LiveReply;
import dev.sandpiper.edge.library.DocumentInfo;
import dev.sandpiper.edge.library.Passage;
import dev.sandpiper.edge.library.Passages;
import dev.sandpiper.edge.llm.ChatAnswer;
import dev.sandpiper.edge.llm.ChatListener;
import dev.sandpiper.edge.llm.ModelException;
import dev.sandpiper.edge.people.Person;
import dev.sandpiper.edge.talk.Markdown;
import dev.sandpiper.edge.talk.Spoken;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Tells what a document says: with a model in one call, or part by part and then as a whole,
/// within the bounds of one summary; without one, by its form.
final class Summaries {
  static final String WORKFLOW = "summary";

  /// Characters looked at for facts, and for the language of a summary without a model.
  private static final int LOOKED_AT = 20_000;

  /// Characters of a token, on the high side: so much is read that the bounds can be used up.
  private static final int CHARACTERS = 4;

  /// The share of what is read that comes from the end of a document too long for all of it.
  private static final int END_SHARE = 5;

  private static final int LINES = 4;

  private final Parts parts;
  private final Passages passages;
  private final Briefing briefing;
  private final List<Lexicon> lexicons;

  Summaries(Parts parts, Passages passages, Briefing briefing, List<Lexicon> lexicons) {
    this.parts = parts;
    this.passages = passages;
    this.briefing = briefing;
    this.lexicons = lexicons;
  }

  /// What is asked for.
  record Order(Spoken spoken, DocumentInfo document, LiveReply live, Phrases phrases) {
    Person person() {
      return spoken.person();
    }

    /// What the calls are counted under.
    String workflow() {
      return spoken.workflow(WORKFLOW);
    }

    /// As whoever asks has sent it: others may have called it otherwise, and that is theirs.
    String name() {
      return spoken.files().stream()
          .filter(file -> document.sha256().equals(file.sha256()))
          .findFirst()
          .map(file -> Phrases.quoted(file.name(), 80))
          .orElseGet(() -> Phrases.name(document));
    }
  }

  /// The text for a person.
  String of(Order order) throws ModelException, InterruptedException {
    Phrases phrases = order.phrases();
    List<Passage> all = read(order.document());
    if (all.stream().allMatch(passage -> passage.plain().isBlank())) {
      return phrases.text(noText(order.document()), order.name());
    }
    if (!parts.models().any()) {
      return heading(order) + "\n\n" + byForm(order, all);
    }
    return heading(order) + "\n\n" + byModel(order, all);
  }

  /// Of a picture the parser warns when there is nothing to read it with.
  private static String noText(DocumentInfo document) {
    String type = document.mediaType();
    if (type == null || !type.startsWith("image/")) {
      return "ask.about.no-text";
    }
    return document.warnings() > 0 ? "ask.about.no-text.unread" : "ask.about.no-text.photo";
  }

  /// All of it, or its beginning and its end.
  private List<Passage> read(DocumentInfo document) {
    long most =
        parts.models().any() ? (long) parts.config().summary().tokens() * CHARACTERS : LOOKED_AT;
    Passages.Reading reading = passages.read(document.sha256(), null, most);
    if (!reading.hasMore()) {
      return reading.passages();
    }
    Map<Long, Passage> both = new LinkedHashMap<>();
    reading.passages().forEach(passage -> both.put(passage.id(), passage));
    passages
        .end(document.sha256(), most / END_SHARE)
        .forEach(passage -> both.putIfAbsent(passage.id(), passage));
    return List.copyOf(both.values());
  }

  /// The same without asking a model, because none can answer.
  ///
  /// @param why in the person's words
  String withoutModel(Order order, String why) {
    List<Passage> all = passages.read(order.document().sha256(), null, LOOKED_AT).passages();
    return heading(order)
        + "\n\n"
        + byForm(order, all)
        + "\n\n"
        + order.phrases().text("ask.about.model-away", why);
  }

  /// Name, title, kind and length.
  private static String heading(Order order) {
    DocumentInfo document = order.document();
    StringBuilder line = new StringBuilder("**" + order.name() + "**");
    if (document.title() != null
        && !document.title().isBlank()
        && !document.title().equals(document.name())) {
      line.append(" · ").append(Phrases.quoted(document.title(), 120));
    }
    line.append(" · ").append(kind(document));
    if (document.pages() > 1) {
      String pages = Integer.toString(document.pages());
      line.append(", ").append(order.phrases().text("ask.about.pages", pages));
    }
    return line.toString();
  }

  private static String kind(DocumentInfo document) {
    String name = document.name();
    int dot = name.lastIndexOf('.');
    String ending = dot < 0 ? "" : name.substring(dot + 1);
    if (ending.matches("[A-Za-z0-9]{2,5}")) {
      return ending.toUpperCase(Locale.ROOT);
    }
    return Markdown.plain(String.valueOf(document.mediaType()), 60);
  }

  private String byForm(Order order, List<Passage> all) {
    List<Passage> looked = beginning(all);
    Facts facts = new Facts(looked, lexicons);
    Phrases phrases = order.phrases();
    List<String> lines = new ArrayList<>();
    facts
        .sender()
        .ifPresent(firm -> lines.add("- " + phrases.text("ask.about.sender", shown(firm))));
    List<String> dates = facts.dates();
    if (!dates.isEmpty()) {
      lines.add("- " + phrases.text("ask.about.dates", shown(String.join("; ", dates))));
    }
    List<String> amounts = facts.amounts();
    if (!amounts.isEmpty()) {
      lines.add("- " + phrases.text("ask.about.amounts", shown(String.join("; ", amounts))));
    }
    facts
        .deadline()
        .ifPresent(line -> lines.add("- " + phrases.text("ask.about.deadline", shown(line))));
    facts
        .account()
        .ifPresent(account -> lines.add("- " + phrases.text("ask.about.account", shown(account))));
    Set<String> headings = new LinkedHashSet<>();
    all.stream()
        .flatMap(passage -> passage.headings().stream())
        .filter(heading -> !heading.equals(order.document().title()))
        .limit(200)
        .forEach(headings::add);
    if (headings.size() > 2) {
      String listed = String.join("; ", headings.stream().limit(8).toList());
      lines.add("- " + phrases.text("ask.about.headings", shown(listed)));
    }
    for (String line : facts.beginning(LINES)) {
      lines.add("- “" + shown(line) + "”");
    }
    return String.join("\n", lines);
  }

  private static String shown(String text) {
    return Phrases.quoted(text, 400);
  }

  private static List<Passage> beginning(List<Passage> all) {
    List<Passage> looked = new ArrayList<>();
    int length = 0;
    for (Passage passage : all) {
      if (length > LOOKED_AT) {
        break;
      }
      looked.add(passage);
      length += passage.text().length();
    }
    return looked;
  }

  private String byModel(Order order, List<Passage> all)
      throws ModelException, InterruptedException {
    Sources sources = new Sources();
    sources.add(all);
    Pieces pieces = Pieces.of(all, briefing.budget() * 2 / 3, parts.config().summary());
    Result result =
        pieces.groups().size() == 1
            ? whole(order, sources, pieces.groups().getFirst())
            : joined(order, sources, pieces);
    Polish polish =
        new Polish(
            new Inert(Set.of(), sources.texts(), order.phrases().text("ask.link-left-out")),
            result.fence(),
            sources,
            lexicons);
    if (Asking.isNotFound(result.text())) {
      return byForm(order, all);
    }
    Citations.Checked checked = polish.check(result.text());
    String text = order.phrases().withSources(checked.text(), checked.cited());
    int read = pieces.groups().stream().mapToInt(List::size).sum();
    int whole = Math.max(read, order.document().chunks());
    return read == whole
        ? text
        : text
            + "\n\n"
            + order
                .phrases()
                .text("ask.about.partial", Integer.toString(read), Integer.toString(whole));
  }

  private record Result(String text, Fence fence) {}

  private Result whole(Order order, Sources sources, List<Passage> held)
      throws ModelException, InterruptedException {
    Briefing.Written written =
        briefing.write(draft("summary", order, sources, held), new Toolbox(List.of()));
    ChatAnswer answer = parts.models().ask(written.purpose(), written.request(), ChatListener.NONE);
    return new Result(answer.text(), written.fence());
  }

  /// Notes of each part, then the summary of the notes. A part that fails is as if it had no notes,
  /// as long as another one has some.
  private Result joined(Order order, Sources sources, Pieces pieces)
      throws ModelException, InterruptedException {
    List<String> notes = new ArrayList<>();
    Optional<ModelException> failure = Optional.empty();
    for (List<Passage> group : pieces.groups()) {
      try {
        Briefing.Written written =
            briefing.write(draft("summary-part", order, sources, group), new Toolbox(List.of()));
        String text =
            parts.models().ask(written.purpose(), written.request(), ChatListener.NONE).text();
        if (!Asking.isNotFound(text)) {
          notes.add(text.replace(written.fence().word(), ""));
        }
        String done = Integer.toString(notes.size());
        String of = Integer.toString(pieces.groups().size());
        order.live().show(order.phrases().text("ask.about.reading", done, of));
      } catch (ModelException e) {
        failure = Optional.of(e);
      }
    }
    if (notes.isEmpty() && failure.isPresent()) {
      throw failure.get();
    }
    String held = shortened(String.join("\n", notes));
    Briefing.Written written =
        briefing.write(draft("summary-whole", order, sources, List.of()), "notes", held);
    ChatAnswer answer = parts.models().ask(written.purpose(), written.request(), ChatListener.NONE);
    return new Result(answer.text(), written.fence());
  }

  private String shortened(String notes) {
    int most = briefing.budget() * 2;
    return notes.length() > most ? notes.substring(0, most) : notes;
  }

  private static Briefing.Draft draft(
      String prompt, Order order, Sources sources, List<Passage> held) {
    return new Briefing.Draft(
        prompt, order.workflow(), order.person(), "Summarise it.", sources, held, List.of());
  }
}
