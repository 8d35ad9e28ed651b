package dev.sandpiper.edge.circuit;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Leaves a far side alone that cannot be used: after a few refusals it gets nothing for a while,
/// then one task to try it with. Not safe for use by several threads.
///
/// Time is a parameter. What is wrong with the way there counts; a single task that a defect or a
/// lost result refused does not, but many in a row do.
public final class Circuit {

  /// How much the backend may be given.
  public enum Allowance {
    /// As much as it can take.
    ALL,
    /// One task, to see whether it works again.
    PROBE,
    /// Nothing.
    NONE
  }

  /// Shortest rest.
  public static final Duration FIRST_REST = Duration.ofSeconds(5);

  /// Longest rest between two tries.
  public static final Duration LONGEST_REST = Duration.ofMinutes(5);

  /// Refusals in a row, of the kind that other tasks will meet as well, that open it.
  public static final int MOST_REFUSALS = 3;

  /// Refusals in a row, of the kind that may be the task's own, that open it.
  public static final int MOST_DEFECTS = 10;

  private int refusals;
  private int defects;
  private int trips;
  private boolean probing;
  private @Nullable Instant retryAt;
  private @Nullable String reason;

  /// As it was left.
  ///
  /// @param trips how often in a row it has been opened
  /// @param retryAt when it may be tried; `null`: it is closed
  public Circuit(int trips, @Nullable Instant retryAt, @Nullable String reason) {
    this.trips = trips;
    this.retryAt = retryAt;
    this.reason = reason;
  }

  /// How much may be given to it now.
  public Allowance allowance(Instant now) {
    if (retryAt == null) {
      return Allowance.ALL;
    }
    return probing || rests(retryAt, now) ? Allowance.NONE : Allowance.PROBE;
  }

  /// A rest longer than the longest comes from a clock that was set back: a Pi has none of its own.
  private static boolean rests(Instant until, Instant now) {
    return now.isBefore(until) && !now.isBefore(until.minus(LONGEST_REST));
  }

  /// A task goes there.
  ///
  /// @return whether it is the one that tries it
  public boolean begin() {
    if (retryAt == null) {
      return false;
    }
    probing = true;
    return true;
  }

  /// A task was given up before anything came of it.
  public void abandoned(boolean probe) {
    if (probe) {
      probing = false;
    }
  }

  /// A task was answered, so the backend works, whoever asked.
  ///
  /// @return whether that closed it
  public boolean answered() {
    boolean wasOpen = retryAt != null;
    refusals = 0;
    defects = 0;
    trips = 0;
    probing = false;
    retryAt = null;
    reason = null;
    return wasOpen;
  }

  /// A task was refused.
  ///
  /// @param othersToo whether it is a refusal that every other task would meet as well
  /// @return whether that opened it, anew or for longer
  public boolean refused(boolean probe, boolean othersToo, String message, Instant now) {
    if (probe) {
      probing = false;
      open(message, now);
      return true;
    }
    if (retryAt != null) {
      return false; // it was under way when others found out
    }
    if (othersToo) {
      refusals++;
    } else {
      defects++;
    }
    if (refusals < MOST_REFUSALS && defects < MOST_DEFECTS) {
      return false;
    }
    open(message, now);
    return true;
  }

  private void open(String message, Instant now) {
    retryAt = now.plus(rest(trips));
    trips++;
    reason = message;
    refusals = 0;
    defects = 0;
  }

  private static Duration rest(int trips) {
    Duration rest = FIRST_REST;
    for (int i = 0; i < trips && rest.compareTo(LONGEST_REST) < 0; i++) {
      rest = rest.multipliedBy(2);
    }
    return rest.compareTo(LONGEST_REST) < 0 ? rest : LONGEST_REST;
  }

  /// How often in a row it has been opened.
  public int trips() {
    return trips;
  }

  /// When it may be tried; `null`: it is closed.
  public @Nullable Instant retryAt() {
    return retryAt;
  }

  /// Why it is open; `null`: it is closed.
  public @Nullable String reason() {
    return reason;
  }
}
