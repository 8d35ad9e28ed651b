package dev.sandpiper.edge.talk.command;

import dev.sandpiper.edge.channel.LiveReply;
import dev.sandpiper.edge.ledger.CloudCounter;
import dev.sandpiper.edge.ledger.CloudPrices;
import dev.sandpiper.edge.ledger.CloudUsage;
import dev.sandpiper.edge.people.People;
import dev.sandpiper.edge.people.Person;
import dev.sandpiper.edge.people.Role;
import dev.sandpiper.edge.talk.Command;
import dev.sandpiper.edge.talk.Markdown;
import dev.sandpiper.edge.talk.Spoken;
import dev.sandpiper.edge.talk.Turn;
import dev.sandpiper.edge.talk.Voice;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/// `/cost`: what models and the cloud cost, today or this month, in UTC, as bills are. An owner
/// sees everybody's.
record CostCommand(Desk desk, People people, Sources sources) implements Command {

  /// Where it looks.
  ///
  /// @param cloud days on which the cloud was used
  /// @param prices what that costs; empty when it is not known
  /// @param pauses what may be let go on
  record Sources(
      Spending spending,
      Supplier<List<CloudUsage.Day>> cloud,
      Supplier<Optional<CloudPrices>> prices,
      Pauses pauses) {}

  @Override
  public String name() {
    return "cost";
  }

  @Override
  public Role least() {
    return Role.MEMBER;
  }

  @Override
  public Turn run(Spoken spoken, String words, LiveReply live) {
    Voice voice = desk.voice(spoken);
    Optional<Turn> resumed = new CostResume(sources.pauses()).find(spoken, words, voice);
    if (resumed.isPresent()) {
      return resumed.get();
    }
    String word = words.toLowerCase(Locale.ROOT);
    boolean month = word.equals("month") || word.equals(voice.say("command.cost.word.month"));
    boolean today = word.equals("today") || word.equals(voice.say("command.cost.word.today"));
    if (!month && !today && !word.isEmpty()) {
      return Turn.say(voice.say("command.cost.what"));
    }
    StringBuilder text = new StringBuilder();
    if (!month) {
      period(text, spoken, voice, true);
    }
    if (!today) {
      period(text, spoken, voice, false);
    }
    return Turn.say(text.toString());
  }

  private void period(StringBuilder text, Spoken spoken, Voice voice, boolean today) {
    LocalDate day = desk.clock().instant().atZone(ZoneOffset.UTC).toLocalDate();
    LocalDate from = today ? day : day.withDayOfMonth(1);
    boolean owner = spoken.person().role() == Role.OWNER;
    List<Spending.Line> lines =
        sources.spending().lines(from, day).stream()
            .filter(line -> owner || Long.valueOf(spoken.person().id()).equals(line.person()))
            .toList();
    text.append(text.isEmpty() ? "" : "\n\n");
    text.append(
        voice.say(today ? "command.cost.today" : "command.cost.month", total(voice, lines)));
    text.append('\n');
    Map<String, List<Spending.Line>> byModel = new TreeMap<>();
    lines.forEach(line -> byModel.computeIfAbsent(line.model(), _ -> new ArrayList<>()).add(line));
    byModel.forEach((model, its) -> entry(text, voice, Markdown.name(model), its));
    if (owner && !today) {
      Map<String, List<Spending.Line>> byPerson = new TreeMap<>();
      lines.forEach(
          line -> byPerson.computeIfAbsent(name(voice, line), _ -> new ArrayList<>()).add(line));
      byPerson.forEach((person, its) -> entry(text, voice, person, its));
    }
    if (owner) {
      cloud(text, voice, from);
    }
    if (text.charAt(text.length() - 1) == '\n') {
      text.append("\n- ").append(voice.say("command.cost.nothing"));
    }
  }

  private static void entry(
      StringBuilder text, Voice voice, String what, List<Spending.Line> lines) {
    long calls = lines.stream().mapToLong(Spending.Line::calls).sum();
    long tokens = lines.stream().mapToLong(line -> line.inputTokens() + line.outputTokens()).sum();
    text.append("\n- ")
        .append(voice.say("command.cost.line", what, total(voice, lines), calls, tokens));
  }

  private static String total(Voice voice, List<Spending.Line> lines) {
    BigDecimal sum =
        lines.stream().map(Spending.Line::cost).reduce(BigDecimal.ZERO, BigDecimal::add);
    long unpriced = lines.stream().mapToLong(Spending.Line::unpriced).sum();
    String money = voice.money(sum, "USD");
    return unpriced == 0 ? money : voice.say("command.cost.unpriced", money, unpriced);
  }

  private String name(Voice voice, Spending.Line line) {
    Long id = line.person();
    return id == null
        ? voice.say("command.cost.nobody")
        : people
            .find(id)
            .map(Person::name)
            .map(Markdown::name)
            .orElseGet(() -> voice.say("command.cost.gone", Long.toString(id)));
  }

  private void cloud(StringBuilder text, Voice voice, LocalDate from) {
    Map<CloudCounter, Long> counts = new EnumMap<>(CloudCounter.class);
    for (CloudUsage.Day day : sources.cloud().get()) {
      if (!day.day().isBefore(from)) {
        day.counts().forEach((counter, count) -> counts.merge(counter, count, Long::sum));
      }
    }
    long tasks = counts.getOrDefault(CloudCounter.TASKS, 0L);
    if (counts.isEmpty()) {
      return;
    }
    String cost =
        sources
            .prices()
            .get()
            .map(prices -> voice.money(prices.cost(counts).amount(), prices.currency()))
            .orElseGet(() -> voice.say("command.cost.no-price"));
    text.append("\n- ").append(voice.say("command.cost.cloud", cost, tasks));
  }
}
