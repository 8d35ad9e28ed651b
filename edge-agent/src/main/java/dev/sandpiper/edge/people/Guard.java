package dev.sandpiper.edge.people;

import dev.sandpiper.edge.channel.Incoming;
import dev.sandpiper.edge.channel.Incoming.Content;
import dev.sandpiper.edge.channel.Sender;
import dev.sandpiper.edge.store.Database;
import dev.sandpiper.edge.store.Tx;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Stands at the door: lets in who is listed or paired, at their pace, and lets strangers pair.
/// Everything it decides and writes belongs to the transaction that takes the message, so that a
/// code is used exactly when the message that brought it is taken.
public final class Guard {
  /// `/pair@bot CODE`, however it is spaced; a Telegram link that carries a code sends `/start
  /// CODE`.
  private static final Pattern PAIR =
      Pattern.compile(
          "\\s*/(?:pair|start)(?:@\\w{1,64})?\\s+(\\S.{0,63})", Pattern.CASE_INSENSITIVE);

  private final Database database;
  private final People people;
  private final Pairing pairing;
  private final Strangers strangers = new Strangers();
  private final Options options;
  private final Pace pace;
  private final InstantSource clock;

  /// @param perMinute most messages of a person in a minute
  /// @param language for those whose channel does not tell theirs
  public record Options(int perMinute, Locale language) {}

  public Guard(
      Database database, People people, Pairing pairing, Options options, InstantSource clock) {
    this.database = database;
    this.people = people;
    this.pairing = pairing;
    this.options = options;
    this.pace = new Pace(options.perMinute());
    this.clock = clock;
  }

  /// Whether a message can be left lying without a transaction: it is of a stranger who knows
  /// already that they are one. Does not write.
  public boolean ignores(Incoming incoming) {
    Account account = Account.of(incoming.sender());
    return database.read(tx ->
        people.find(tx, account).isEmpty()
            && (code(incoming).isPresent()
                ? !strangers.mayTry(tx, account, clock.instant())
                : !strangers.mayTell(tx, account, clock.instant())));
  }

  /// Decides about a message that has not been taken before, in the transaction that takes it.
  public Verdict admit(Tx tx, Incoming incoming) {
    Account account = Account.of(incoming.sender());
    Optional<Person> known = people.find(tx, account);
    if (known.isPresent()) {
      Sender sender = incoming.sender();
      return paced(people.introduce(tx, known.get(), account, sender.name(), language(sender)));
    }
    Instant now = clock.instant();
    Optional<String> code = code(incoming);
    if (code.isPresent()) {
      return paired(tx, incoming.sender(), code.get(), now);
    }
    if (!strangers.mayTell(tx, account, now)) {
      return new Verdict.TurnedAway(null);
    }
    strangers.tell(tx, account, now);
    return new Verdict.TurnedAway(new Notice.Stranger(account));
  }

  /// Uses a code for somebody, with the bounds on wrong ones; for `/pair` and for doors with a
  /// form.
  ///
  /// @return what they are told; a [Notice.Welcome] when it was right
  public Notice pair(Tx tx, Sender sender, String code) {
    return switch (paired(tx, sender, code, clock.instant())) {
      case Verdict.Admitted(Person person) -> new Notice.KnownAlready(person);
      case Verdict.Paired(var _, Notice notice) -> notice;
      case Verdict.TurnedAway(Notice notice) ->
          notice == null ? new Notice.TooManyTries(Strangers.WINDOW) : notice;
    };
  }

  /// The language a stranger is answered in.
  public Locale languageOf(Sender sender) {
    Locale told = language(sender);
    return told == null ? options.language() : told;
  }

  private Verdict paced(Person person) {
    return switch (pace.step(person.id(), clock.instant())) {
      case FINE -> new Verdict.Admitted(person);
      case TELL -> new Verdict.TurnedAway(new Notice.TooFast(options.perMinute()));
      case SILENT -> new Verdict.TurnedAway(null);
    };
  }

  private Verdict paired(Tx tx, Sender sender, String code, Instant now) {
    Account account = Account.of(sender);
    if (!strangers.mayTry(tx, account, now)) {
      return new Verdict.TurnedAway(null);
    }
    Pairing.Newcomer newcomer = new Pairing.Newcomer(sender.name(), languageOf(sender));
    Optional<Notice> notice = pairing.redeem(tx, account, code, newcomer);
    if (notice.isEmpty()) {
      return new Verdict.TurnedAway(
          strangers.tried(tx, account, now)
              ? new Notice.WrongCode()
              : new Notice.TooManyTries(Strangers.WINDOW));
    }
    return new Verdict.Paired(people.find(tx, account).orElseThrow(), notice.get());
  }

  /// Whether a text brings a pairing code.
  public static boolean carriesCode(String text) {
    return PAIR.matcher(text).matches();
  }

  private static Optional<String> code(Incoming incoming) {
    if (incoming.content() instanceof Content.Message message) {
      Matcher matcher = PAIR.matcher(message.text());
      return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
    return Optional.empty();
  }

  /// A language tag is the far side's word: only its first part is believed.
  private static @Nullable Locale language(Sender sender) {
    String tag = sender.language();
    if (tag == null) {
      return null;
    }
    String language = Locale.forLanguageTag(tag).getLanguage();
    return language.isEmpty() ? null : Locale.forLanguageTag(language);
  }
}
