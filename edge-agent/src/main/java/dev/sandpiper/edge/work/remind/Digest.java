package dev.sandpiper.edge.work.remind;

import dev.sandpiper.edge.chat.Mailbox;
import dev.sandpiper.edge.chat.Message;
import dev.sandpiper.edge.library.DocumentFilter;
import dev.sandpiper.edge.library.DocumentInfo;
import dev.sandpiper.edge.library.DocumentState;
import dev.sandpiper.edge.library.Library;
import dev.sandpiper.edge.people.Person;
import dev.sandpiper.edge.people.Role;
import dev.sandpiper.edge.schedule.Firing;
import dev.sandpiper.edge.schedule.Kind;
import dev.sandpiper.edge.schedule.Schedule;
import dev.sandpiper.edge.schedule.Schedules;
import dev.sandpiper.edge.talk.Markdown;
import dev.sandpiper.edge.talk.Voice;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What came in, was answered, failed and comes next, without a model.
///
/// @param library where documents are
public record Digest(Library library, Mailbox mailbox, Schedules schedules) {
  private static final Duration USUAL = Duration.ofDays(1);
  private static final Duration AHEAD = Duration.ofDays(1);
  private static final int LOOKED_AT = 500;
  private static final int SHOWN = 5;
  private static final int LONGEST = 80;

  /// Whom it is for, and which one it is.
  record Order(Schedule schedule, Person person, Firing firing) {}

  /// Empty when there is nothing to tell, unless somebody asked for it.
  Optional<String> text(Order order, Voice voice) {
    Instant until = order.firing().decided();
    Instant since = since(order);
    List<DocumentInfo> came =
        library.list(DocumentFilter.newest(LOOKED_AT), sentBy(order.person())).stream()
            .filter(document -> document.received().isAfter(since))
            .toList();
    List<String> lines = new ArrayList<>();
    List<String> read = names(came, DocumentState.PARSED);
    section(lines, voice, "digest.came", read);
    section(lines, voice, "digest.pending", names(came, DocumentState.PENDING));
    List<String> failed = new ArrayList<>(names(came, DocumentState.FAILED));
    failed.addAll(names(came, DocumentState.PARKED));
    section(lines, voice, "digest.failed", failed);
    long answered = mailbox.answeredSince(order.person().id(), since);
    if (answered > 0) {
      lines.add("- " + voice.say("digest.answered", answered));
    }
    section(
        lines,
        voice,
        "digest.parked",
        mailbox.parked(order.schedule().owner().address(), LOOKED_AT).stream()
            .filter(message -> message.received().isAfter(since))
            .map(Message::label)
            .toList());
    boolean news = !lines.isEmpty();
    section(lines, voice, "digest.next", upcoming(order, voice, until));
    boolean asked = order.firing().outcome() == Firing.Outcome.BY_HAND;
    if (!news && !asked) {
      return Optional.empty();
    }
    String heading = voice.say("digest.since", voice.time(since));
    return Optional.of(
        "**"
            + heading
            + "**\n\n"
            + (lines.isEmpty() ? voice.say("digest.nothing") : String.join("\n", lines)));
  }

  /// The time before, so that nothing is told twice and nothing left out.
  private Instant since(Order order) {
    Firing now = order.firing();
    return schedules.history(order.schedule().name(), SHOWN * 4).stream()
        .filter(firing ->
            firing.outcome() == Firing.Outcome.FIRED
                || firing.outcome() == Firing.Outcome.CAUGHT_UP)
        .map(Firing::decided)
        .filter(decided -> decided.isBefore(now.decided()))
        .findFirst()
        .orElse(now.decided().minus(USUAL));
  }

  private static @org.jspecify.annotations.Nullable Long sentBy(Person person) {
    return person.role().atLeast(Role.MEMBER) ? null : person.id();
  }

  private List<String> upcoming(Order order, Voice voice, Instant now) {
    return schedules.list(order.person().id()).stream()
        .filter(schedule -> !schedule.standing().paused())
        .filter(schedule -> schedule.plan().kind() != Kind.HEARTBEAT)
        .filter(schedule -> schedule.id() != order.schedule().id())
        .filter(schedule -> schedule.next().isBefore(now.plus(AHEAD)))
        .map(schedule -> voice.time(schedule.next()) + " " + title(schedule))
        .toList();
  }

  private static String title(Schedule schedule) {
    return schedule.plan().text().isBlank() ? schedule.name() : schedule.plan().text();
  }

  private static List<String> names(List<DocumentInfo> documents, DocumentState state) {
    return documents.stream()
        .filter(document -> document.state() == state)
        .map(DocumentInfo::name)
        .toList();
  }

  private static void section(List<String> lines, Voice voice, String key, List<String> items) {
    if (items.isEmpty()) {
      return;
    }
    StringBuilder line = new StringBuilder("- " + voice.say(key, items.size()) + " ");
    List<String> shown = items.subList(0, Math.min(SHOWN, items.size()));
    line.append(String.join("; ", shown.stream().map(Digest::plain).toList()));
    line.append(items.size() > SHOWN ? "; …" : "");
    lines.add(line.toString());
  }

  private static String plain(String text) {
    return Markdown.plain(text, LONGEST);
  }
}
