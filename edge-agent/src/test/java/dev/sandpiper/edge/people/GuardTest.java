package dev.sandpiper.edge.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.edge.channel.Address;
import dev.sandpiper.edge.channel.Incoming;
import dev.sandpiper.edge.channel.Sender;
import dev.sandpiper.edge.store.Database;
import dev.sandpiper.edge.store.DatabaseOptions;
import dev.sandpiper.edge.store.Tx;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class GuardTest {
  private static final Account ANNA = new Account("loop", "1");
  private static final Account EVE = new Account("loop", "666");

  @TempDir Path home;
  private Database database;
  private People people;
  private Pairing pairing;
  private Guard guard;
  private Instant now = Instant.parse("2026-11-24T12:00:00Z");
  private int sent;

  @BeforeEach
  void open() {
    database = Database.open(home.resolve("edge.db"), DatabaseOptions.defaults());
    people = new People(database, () -> now);
    pairing = new Pairing(people, () -> now, new Random(7));
    guard = guard(20);
  }

  private Guard guard(int perMinute) {
    return new Guard(
        database, people, pairing, new Guard.Options(perMinute, Locale.ENGLISH), () -> now);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void nobodyIsLetInByDefault() {
    assertThat(say(ANNA, "hello")).isEqualTo(new Verdict.TurnedAway(new Notice.Stranger(ANNA)));
    assertThat(people.list()).isEmpty();
  }

  @Test
  void whoIsListedIsLetInByNumberAndNamedAfterThemselves() {
    list(Map.of(ANNA, Role.OWNER));
    assertThat(people.list())
        .singleElement()
        .satisfies(entry -> {
          assertThat(entry.person().name()).isEqualTo("loop:1");
          assertThat(entry.listed()).containsExactly(ANNA);
        });
    Person anna = new Person(1, "Name of 1", Role.OWNER, Locale.GERMAN);
    assertThat(say(ANNA, "hello", "de-AT")).isEqualTo(new Verdict.Admitted(anna));
    assertThat(people.find(ANNA)).contains(anna);
    // Whoever takes the name is not the number.
    Sender impostor = new Sender("loop", "2", "Name of 1", "de");
    assertThat(admit(incoming(impostor, "hello"))).isInstanceOf(Verdict.TurnedAway.class);
  }

  @Test
  void whoIsTakenOffTheListIsShutOutUnlessPaired() {
    Account paired = new Account("loop", "3");
    say(paired, "/pair " + code(Role.MEMBER));
    list(Map.of(ANNA, Role.OWNER, EVE, Role.GUEST));
    list(Map.of(ANNA, Role.MEMBER));
    assertThat(people.find(ANNA)).get().extracting(Person::role).isEqualTo(Role.MEMBER);
    assertThat(people.find(EVE)).isEmpty();
    assertThat(people.find(paired)).isPresent();
  }

  @Test
  void aCodeLetsOneAccountInOnce() {
    String code = code(Role.MEMBER);
    assertThat(code).matches("[34679ACDEFGHJKMNPQRTVWXY]{4}-[34679ACDEFGHJKMNPQRTVWXY]{4}");
    String typed = code.toLowerCase(Locale.ROOT).replace('-', ' ');
    Verdict verdict = say(ANNA, " /pair@sandpiper_bot  " + typed);
    Person anna = people.find(ANNA).orElseThrow();
    assertThat(verdict).isEqualTo(new Verdict.Paired(anna, new Notice.Welcome(anna, false)));
    assertThat(anna.role()).isEqualTo(Role.MEMBER);
    assertThat(say(EVE, "/pair " + code)).isEqualTo(new Verdict.TurnedAway(new Notice.WrongCode()));
    assertThat(people.find(EVE)).isEmpty();
  }

  @Test
  void theSameMessageTwiceIsOnePairing() {
    String code = code(Role.MEMBER);
    say(ANNA, "/pair " + code);
    Person anna = people.find(ANNA).orElseThrow();
    // Let in already, so it is a message like others; the command answers what it did the first
    // time.
    assertThat(say(ANNA, "/pair " + code)).isEqualTo(new Verdict.Admitted(anna));
    assertThat(pair(ANNA, code)).isEqualTo(new Notice.Welcome(anna, false));
    assertThat(people.list()).hasSize(1);
  }

  @Test
  void aSecondCodeLinksAFurtherChannel() {
    say(ANNA, "/pair " + code(Role.MEMBER));
    Person anna = people.find(ANNA).orElseThrow();
    String second = database.<String>write(tx -> pairing.make(tx, new Pairing.Grant.Link(anna)));
    Account elsewhere = new Account("discord", "99");
    assertThat(say(elsewhere, "/pair " + second))
        .isEqualTo(new Verdict.Paired(anna, new Notice.Welcome(anna, true)));
    assertThat(people.find(elsewhere)).contains(anna);
  }

  @Test
  void whoIsKnownDoesNotUseUpACode() {
    list(Map.of(ANNA, Role.OWNER));
    String code = code(Role.MEMBER);
    assertThat(pair(ANNA, code)).isInstanceOf(Notice.KnownAlready.class);
    assertThat(say(EVE, "/pair " + code)).isInstanceOf(Verdict.Paired.class);
  }

  @Test
  void aCodeIsGoodForTenMinutes() {
    String code = code(Role.MEMBER);
    now = now.plus(Pairing.VALID);
    assertThat(say(ANNA, "/pair " + code))
        .isEqualTo(new Verdict.TurnedAway(new Notice.WrongCode()));
  }

  @Test
  void aTransactionThatFailsUsesNoCode() {
    String code = code(Role.MEMBER);
    try {
      database.write(tx -> {
        assertThat(guard.admit(tx, incoming(ANNA, "/pair " + code)))
            .isInstanceOf(Verdict.Paired.class);
        throw new IllegalStateException("cut");
      });
    } catch (IllegalStateException _) {
      // as meant
    }
    assertThat(people.find(ANNA)).isEmpty();
    assertThat(say(ANNA, "/pair " + code)).isInstanceOf(Verdict.Paired.class);
  }

  @Test
  void codesCannotBeGuessed() {
    String code = code(Role.OWNER);
    Random random = new Random(1);
    List<Verdict> verdicts = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      verdicts.add(say(EVE, "/pair " + Integer.toString(random.nextInt(1 << 30), 36)));
    }
    assertThat(verdicts.subList(0, 4)).containsOnly(new Verdict.TurnedAway(new Notice.WrongCode()));
    assertThat(verdicts.get(4))
        .isEqualTo(new Verdict.TurnedAway(new Notice.TooManyTries(Strangers.WINDOW)));
    assertThat(verdicts.subList(5, 50)).containsOnly(new Verdict.TurnedAway(null));
    assertThat(guard.ignores(incoming(EVE, "/pair X"))).isTrue();
    // Not even the right one helps now; later it does.
    assertThat(say(EVE, "/pair " + code)).isEqualTo(new Verdict.TurnedAway(null));
    now = now.plus(Strangers.WINDOW);
    assertThat(say(EVE, "/pair " + code(Role.GUEST))).isInstanceOf(Verdict.Paired.class);
  }

  @Test
  void aSwarmCannotGuessEither() {
    code(Role.OWNER);
    int looked = 0;
    for (int i = 0; i < 2_000; i++) {
      Verdict verdict = say(new Account("loop", "bot" + i), "/pair AAAA-AAA" + i);
      looked += verdict.equals(new Verdict.TurnedAway(null)) ? 0 : 1;
    }
    assertThat(looked).isEqualTo(100);
    now = now.plus(Strangers.WINDOW);
    assertThat(say(EVE, "/pair " + code(Role.GUEST))).isInstanceOf(Verdict.Paired.class);
  }

  @Test
  void aStrangerIsToldOnceADay() {
    assertThat(guard.ignores(incoming(EVE, "hello"))).isFalse();
    assertThat(say(EVE, "hello")).isEqualTo(new Verdict.TurnedAway(new Notice.Stranger(EVE)));
    assertThat(guard.ignores(incoming(EVE, "hello"))).isTrue();
    assertThat(say(EVE, "hello?")).isEqualTo(new Verdict.TurnedAway(null));
    now = now.plus(Duration.ofDays(1));
    assertThat(say(EVE, "hello")).isEqualTo(new Verdict.TurnedAway(new Notice.Stranger(EVE)));
  }

  @Test
  void strangersCostABoundedTableAndBoundedAnswers() {
    int told = 0;
    for (int hour = 0; hour < 30; hour++) {
      for (int i = 0; i < 100; i++) {
        told +=
            say(new Account("loop", hour + "." + i), "hi").equals(new Verdict.TurnedAway(null))
                ? 0
                : 1;
      }
      now = now.plus(Duration.ofHours(1));
    }
    assertThat(told).isEqualTo(30 * 60);
    assertThat(
            database.<Long>read(tx ->
                tx.queryOne("SELECT count(*) FROM strangers", row -> row.number(1)).orElseThrow()))
        .isEqualTo(1_000);
  }

  @Test
  void whoSendsTooMuchIsToldOnce() {
    guard = guard(5);
    list(Map.of(ANNA, Role.OWNER, EVE, Role.GUEST));
    List<Verdict> verdicts = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      verdicts.add(say(ANNA, "hello"));
    }
    assertThat(verdicts.subList(0, 5)).allMatch(Verdict.Admitted.class::isInstance);
    assertThat(verdicts.get(5)).isEqualTo(new Verdict.TurnedAway(new Notice.TooFast(5)));
    assertThat(verdicts.subList(6, 9)).containsOnly(new Verdict.TurnedAway(null));
    assertThat(say(EVE, "hello")).isInstanceOf(Verdict.Admitted.class);
    now = now.plusSeconds(12);
    assertThat(say(ANNA, "hello")).isInstanceOf(Verdict.Admitted.class);
    assertThat(say(ANNA, "hello")).isEqualTo(new Verdict.TurnedAway(null));
    now = now.plusSeconds(60);
    for (int i = 0; i < 5; i++) {
      assertThat(say(ANNA, "hello")).isInstanceOf(Verdict.Admitted.class);
    }
    assertThat(say(ANNA, "hello")).isEqualTo(new Verdict.TurnedAway(new Notice.TooFast(5)));
  }

  @Test
  void aRemovedPersonsNumberIsNeverGivenAgain() {
    say(ANNA, "/pair " + code(Role.GUEST));
    long anna = people.find(ANNA).orElseThrow().id();
    database.write(tx -> people.remove(tx, anna));
    assertThat(say(ANNA, "hello")).isInstanceOf(Verdict.TurnedAway.class);
    say(EVE, "/pair " + code(Role.GUEST));
    assertThat(people.find(EVE).orElseThrow().id()).isGreaterThan(anna);
  }

  @Test
  void onlySixteenCodesAreOpen() {
    Set<String> codes = new HashSet<>();
    String first = code(Role.MEMBER);
    for (int i = 0; i < 16; i++) {
      codes.add(code(Role.MEMBER));
    }
    assertThat(codes).hasSize(16);
    assertThat(pair(ANNA, first)).isEqualTo(new Notice.WrongCode());
    assertThat(pair(ANNA, codes.iterator().next())).isInstanceOf(Notice.Welcome.class);
  }

  private void list(Map<Account, Role> allowlist) {
    database.write(tx -> {
      people.list(tx, allowlist, Locale.ENGLISH);
      return 0;
    });
  }

  private String code(Role role) {
    return database.<String>write(tx -> pairing.make(tx, new Pairing.Grant.Newcomer(role, null)));
  }

  private Notice pair(Account account, String code) {
    return database.<Notice>write(tx -> guard.pair(tx, sender(account, null), code));
  }

  private Verdict say(Account account, String text) {
    return say(account, text, null);
  }

  private Verdict say(Account account, String text, @Nullable String language) {
    return admit(incoming(sender(account, language), text));
  }

  private Verdict admit(Incoming incoming) {
    return database.<Verdict>write((Tx tx) -> guard.admit(tx, incoming));
  }

  private static Sender sender(Account account, @Nullable String language) {
    return new Sender(account.channel(), account.id(), "Name of " + account.id(), language);
  }

  private Incoming incoming(Account account, String text) {
    return incoming(sender(account, null), text);
  }

  private Incoming incoming(Sender sender, String text) {
    sent++;
    return new Incoming(
        "u" + sent,
        new Address(sender.channel(), "chat" + sender.id()),
        sender,
        false,
        new Incoming.Content.Message(text, List.of(), "m" + sent, null));
  }
}
