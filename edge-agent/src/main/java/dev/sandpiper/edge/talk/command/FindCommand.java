package dev.sandpiper.edge.talk.command;

import dev.sandpiper.contract.PageRange;
import dev.sandpiper.edge.channel.Button;
import dev.sandpiper.edge.channel.LiveReply;
import dev.sandpiper.edge.channel.Outgoing;
import dev.sandpiper.edge.library.Place;
import dev.sandpiper.edge.library.SearchHit;
import dev.sandpiper.edge.library.SearchPage;
import dev.sandpiper.edge.library.SearchQuery;
import dev.sandpiper.edge.people.Role;
import dev.sandpiper.edge.talk.Command;
import dev.sandpiper.edge.talk.Markdown;
import dev.sandpiper.edge.talk.Spoken;
import dev.sandpiper.edge.talk.Turn;
import dev.sandpiper.edge.talk.Voice;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// `/find`: the best places, with their page and a piece of their text.
record FindCommand(Desk desk) implements Command {
  private static final int HITS = 5;

  @Override
  public String name() {
    return "find";
  }

  @Override
  public Role least() {
    return Role.GUEST;
  }

  @Override
  public Turn run(Spoken spoken, String words, LiveReply live) {
    Voice voice = desk.voice(spoken);
    if (words.isEmpty()) {
      return Turn.say(voice.say("command.find.what"));
    }
    String asked =
        words.length() > SearchQuery.MAX_LENGTH
            ? words.substring(0, SearchQuery.MAX_LENGTH)
            : words;
    SearchPage page =
        desk.library().search(SearchQuery.parse(asked).page(0, HITS), Desk.sentBy(spoken.person()));
    if (page.hits().isEmpty()) {
      return Turn.say(voice.say("command.find.nothing", Markdown.plain(asked, 100)));
    }
    StringBuilder text = new StringBuilder();
    text.append(
        page.hasMore()
            ? voice.say("command.find.many", page.hits().size(), Markdown.plain(asked, 100))
            : voice.say("command.find.found", page.hits().size(), Markdown.plain(asked, 100)));
    page.hits().forEach(hit -> text.append("\n\n").append(hit(voice, hit)));
    List<Button> buttons =
        page.hits().stream()
            .map(hit -> new Button("#" + hit.document().id(), "/doc #" + hit.document().id()))
            .toList();
    Set<String> quoted =
        page.hits().stream().map(hit -> hit.document().sha256()).collect(Collectors.toSet());
    return new Turn(List.of(new Outgoing.Text(text.toString(), buttons, null)), _ -> {}, quoted);
  }

  private static String hit(Voice voice, SearchHit hit) {
    StringBuilder text = new StringBuilder();
    text.append("**#").append(hit.document().id()).append(' ');
    text.append(Markdown.name(hit.document().name())).append("**");
    PageRange pages = hit.pages();
    if (pages != null) {
      text.append(", ")
          .append(
              pages.first() == pages.last()
                  ? voice.say("command.find.page", pages.first())
                  : voice.say("command.find.pages", pages.first(), pages.last()));
    } else {
      Place.shown(hit.place()).ifPresent(place -> text.append(", ").append(Markdown.name(place)));
    }
    String snippet = hit.snippet().marked("**", "**", part -> Markdown.inside(part));
    return snippet.isBlank() ? text.toString() : text.append('\n').append(snippet).toString();
  }
}
