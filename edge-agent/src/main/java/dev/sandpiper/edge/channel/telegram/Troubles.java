package dev.sandpiper.edge.channel.telegram;

import dev.sandpiper.edge.journal.Journal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// What went wrong while receiving: said in words, written down once, waited out.
final class Troubles {
  private static final Duration PASSING = Duration.ofMinutes(1);
  private static final Duration LASTING = Duration.ofMinutes(10);
  private static final int CONFLICT = 409;
  private static final int FLOOD = 429;
  private static final int NO_TOKEN = 401;
  private static final int NO_BOT = 404;

  private final Standing standing;
  private final Backoff backoff;
  private final TelegramFacts facts;
  private final InstantSource clock;
  private final Journal journal;
  private String wellDetail = "";
  private @Nullable String trouble; // the one that was written down

  Troubles(
      Standing standing,
      Backoff backoff,
      TelegramFacts facts,
      InstantSource clock,
      Journal journal) {
    this.standing = standing;
    this.backoff = backoff;
    this.facts = facts;
    this.clock = clock;
    this.journal = journal;
  }

  /// What is said while all is well.
  void wellIs(String detail) {
    wellDetail = detail;
  }

  /// All is well.
  void over() {
    standing.well(wellDetail);
    if (trouble != null) {
      journal.info("telegram.well", "detail", wellDetail);
      trouble = null;
    }
  }

  /// Telegram says no.
  void meet(ApiAnswer.Failed failed) throws InterruptedException {
    Duration wait = failed.retryAfter();
    if (failed.code() == FLOOD || wait != null) {
      Duration pause = wait == null ? PASSING : wait;
      note(
          "Telegram asks to be left alone for " + pause.toSeconds() + " s",
          "Nothing; it goes on by itself.");
      facts.pollAfter(clock.instant().plus(pause));
      backoff.pause(pause);
      return;
    }
    if (failed.code() == NO_TOKEN || failed.code() == NO_BOT) {
      bad(
          "Telegram does not know the bot's token (" + failed.reason() + ")",
          "Check telegram.token: BotFather shows it with /token. The agent tries again every"
              + " 10 minutes, and when it is restarted.");
      backoff.pause(LASTING);
      return;
    }
    if (failed.code() == CONFLICT) {
      conflict(failed);
      return;
    }
    note("Telegram answered: " + failed.reason(), "Nothing; it is tried again.");
    backoff.fail(PASSING);
  }

  private void conflict(ApiAnswer.Failed failed) throws InterruptedException {
    if (failed.says("webhook")) {
      bad(
          "a webhook is set for this bot, by somebody else than this agent",
          "Delete it (deleteWebhook), or set telegram.mode = \"webhook\" to take it over.");
    } else {
      bad(
          "another program asks for this bot's updates: another agent or script with the same token",
          "Stop it, or give this agent a bot of its own.");
    }
    backoff.fail(PASSING);
  }

  /// There was no answer.
  void meet(ApiAnswer.Silent silent) throws InterruptedException {
    note(
        "Telegram cannot be reached: " + silent.reason(),
        "Check the network; it is tried again by itself.");
    backoff.fail(PASSING);
  }

  /// Our own disk says no.
  void cannotKeep(RuntimeException cause) throws InterruptedException {
    bad(
        "messages cannot be kept: " + cause.getMessage(),
        "Mend the database or the disk; Telegram keeps the messages for 24 hours.");
    backoff.fail(PASSING);
  }

  /// A fault of ours; it is tried again, and then left out.
  void stumbled(RuntimeException cause) throws InterruptedException {
    note("an update cannot be taken: " + cause, "Look into the journal.");
    backoff.fail(PASSING);
  }

  private void note(String detail, String fix) {
    standing.warn(detail, fix);
    write(detail);
  }

  private void bad(String detail, String fix) {
    standing.fail(detail, fix);
    write(detail);
  }

  /// Once, not at every attempt.
  private void write(String detail) {
    if (!detail.equals(trouble)) {
      journal.warn("telegram.trouble", "detail", detail);
      trouble = detail;
    }
  }

  /// Waits until Telegram wants to be asked again, also after a restart.
  void waitForPermission() throws InterruptedException {
    Instant until = facts.pollAfter();
    Duration wait = Duration.between(clock.instant(), until);
    if (wait.isPositive()) {
      note(
          "Telegram asks to be left alone for " + wait.toSeconds() + " s",
          "Nothing; it goes on by itself.");
      backoff.pause(wait);
    }
  }
}
