package dev.sandpiper.edge.work.answer;

import dev.sandpiper.edge.channel.Button;
import dev.sandpiper.edge.channel.LiveReply;
import dev.sandpiper.edge.channel.Outgoing;
import dev.sandpiper.edge.chat.Buttons;
import dev.sandpiper.edge.chat.Followers;
import dev.sandpiper.edge.chat.Said;
import dev.sandpiper.edge.library.DocumentInfo;
import dev.sandpiper.edge.library.DocumentState;
import dev.sandpiper.edge.store.Tx;
import dev.sandpiper.edge.talk.Markdown;
import dev.sandpiper.edge.talk.Spoken;
import dev.sandpiper.edge.talk.TalkException;
import dev.sandpiper.edge.talk.Turn;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// What is said of documents that came with messages: that they are being read, and what came of
/// it.
final class Documents {
  private static final int LONGEST_REASON = 500;

  /// Code of a document whose job was cancelled.
  private static final String CANCELLED = "cancelled";

  private final AnswerWork.Parts parts;

  Documents(AnswerWork.Parts parts) {
    this.parts = parts;
  }

  /// Says which files were taken, and lets their sender hear of each.
  ///
  /// @param telling whether to say so, too
  Reply received(Spoken spoken, boolean telling) {
    List<Outgoing> answers = new ArrayList<>();
    List<Reply.Progress> progress = new ArrayList<>();
    Set<String> about = new LinkedHashSet<>();
    for (Spoken.ReceivedFile file : spoken.files()) {
      String sha256 = file.sha256();
      if (sha256 == null) {
        String why = file.refusal() == null ? "" : file.refusal();
        answers.add(say(spoken, "document.refused", file.name(), why));
        continue;
      }
      about.add(sha256);
      int place = telling ? answers.size() : -1;
      if (telling) {
        answers.add(say(spoken, "document.reading", file.name(), ""));
      }
      progress.add(
          (tx, keys) -> follow(tx, spoken, new Follow(file.name(), sha256), key(keys, place)));
    }
    return new Reply(answers, List.of(), progress, List.of(), about);
  }

  private record Follow(String name, String sha256) {}

  private static String key(List<String> keys, int place) {
    return place >= 0 && place < keys.size() ? keys.get(place) : "";
  }

  private void follow(Tx tx, Spoken spoken, Follow file, String key) {
    tx.update(
        "INSERT OR IGNORE INTO document_people (document, person) VALUES (?, ?)",
        file.sha256(),
        spoken.person().id());
    Followers followers = parts.chat().followers();
    long id =
        followers.follow(
            tx,
            file.sha256(),
            new Followers.Follower(
                spoken.id(), spoken.address(), spoken.person().id(), file.name(), spoken.text()));
    if (!key.isEmpty()) {
      followers.progress(tx, id, key);
    }
    // It may have been parsed before, or since it was fetched; then nobody else tells.
    Optional<DocumentInfo> document = parts.shelves().library().find(tx, file.sha256());
    boolean pending = document.map(d -> d.state() == DocumentState.PENDING).orElse(false);
    if (!pending) {
      boolean parked = document.map(d -> d.state() == DocumentState.PARKED).orElse(false);
      followers.tell(tx, file.sha256(), parked);
    }
  }

  /// Tells what came of a document.
  Reply tell(Spoken spoken, Said.News news, LiveReply live)
      throws InterruptedException, TalkException {
    Optional<DocumentInfo> document =
        parts.shelves().database().read(tx -> parts.shelves().library().find(tx, news.document()));
    if (document.isEmpty()) {
      return progressed(news, say(spoken, "document.gone", news.name(), ""));
    }
    String why = document.get().message() == null ? "" : document.get().message();
    return switch (document.get().state()) {
      case PENDING -> Reply.of(new Turn(List.of(), _ -> {})); // resumed meanwhile: it is told later
      case PARSED -> parsed(spoken, news, document.get(), live);
      case FAILED -> {
        boolean cancelled = CANCELLED.equals(document.get().code());
        String key = cancelled ? "document.cancelled" : "document.failed";
        yield progressed(news, say(spoken, key, news.name(), why));
      }
      case PARKED -> parked(spoken, news, why);
    };
  }

  private Reply parsed(Spoken spoken, Said.News news, DocumentInfo document, LiveReply live)
      throws InterruptedException, TalkException {
    Locale locale = spoken.person().language();
    String read =
        parts
            .messages()
            .text(locale, "document.read", Markdown.name(news.name()), document.pages());
    Optional<Turn> summary = parts.talker().summarise(spoken, news.document(), live);
    Reply reply =
        news.progress() == null && summary.isPresent()
            ? Reply.of(new Turn(List.of(), _ -> {}))
            : progressed(news, new Outgoing.Text(read, List.of(), null));
    String asked = news.caption().isBlank() ? "[" + news.name() + "]" : news.caption();
    return summary.isEmpty() ? reply : reply.and(summary.get()).remembering(asked);
  }

  private Reply parked(Spoken spoken, Said.News news, String why) {
    Locale locale = spoken.person().language();
    Outgoing.Text text = say(spoken, "document.parked", news.name(), why);
    OptionalLong follower =
        parts
            .shelves()
            .database()
            .read(tx -> Followers.find(tx, news.document(), spoken.address()));
    if (follower.isEmpty()) {
      return progressed(news, text);
    }
    List<Button> buttons = Buttons.document(parts.messages(), locale, follower.getAsLong());
    return Reply.of(new Turn(List.of(new Outgoing.Text(text.markdown(), buttons, null)), _ -> {}));
  }

  /// Says it in place of "is being read", when that was said.
  private static Reply progressed(Said.News news, Outgoing.Text text) {
    Outgoing answer =
        news.progress() == null
            ? text
            : new Outgoing.Edit(news.progress(), text.markdown(), text.buttons());
    return Reply.of(new Turn(List.of(answer), _ -> {}));
  }

  private Outgoing.Text say(Spoken spoken, String key, String name, String why) {
    String text =
        parts
            .messages()
            .text(
                spoken.person().language(),
                key,
                Markdown.name(name),
                Markdown.plain(why, LONGEST_REASON));
    return new Outgoing.Text(text, List.of(), null);
  }
}
