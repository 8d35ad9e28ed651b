package dev.sandpiper.edge.schedule;

import dev.sandpiper.edge.channel.Address;
import dev.sandpiper.edge.queue.Job;
import dev.sandpiper.edge.queue.JobQueue;
import dev.sandpiper.edge.queue.NewJob;
import dev.sandpiper.edge.queue.Priority;
import dev.sandpiper.edge.rhythm.Rhythm;
import dev.sandpiper.edge.rhythm.Slot;
import dev.sandpiper.edge.rhythm.Timing;
import dev.sandpiper.edge.schedule.Firing.Outcome;
import dev.sandpiper.edge.store.Database;
import dev.sandpiper.edge.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What is planned, durably. Methods that take a [Tx] belong to the caller's transaction.
public final class Schedules {

  /// The kind of the jobs it makes; the subject is the schedule's number, the payload the planned
  /// time, or who asked for it out of turn.
  public static final String REMIND = "remind";

  /// Most schedules of one person.
  public static final int MOST = 100;

  /// Longest text, in characters.
  public static final int LONGEST = 1_000;

  /// Nothing that is planned in a chat comes more often.
  public static final Duration SHORTEST = Duration.ofMinutes(5);

  /// Nothing is planned further ahead.
  public static final Duration FARTHEST = Duration.ofDays(3_660);

  private static final String SUBJECT = "schedule:";
  private static final String BY_HAND = "by hand";

  /// So many coming times are looked at to see how often it comes.
  private static final int SAMPLE = 60;

  private final Database database;
  private final JobQueue queue;
  private final InstantSource clock;

  public Schedules(Database database, JobQueue queue, InstantSource clock) {
    this.database = database;
    this.queue = queue;
    this.clock = clock;
  }

  /// Why something cannot be planned.
  public enum Refusal {
    /// There is nothing to say.
    EMPTY,
    /// The text is too long.
    TOO_LONG,
    /// The time is over.
    PAST,
    /// The time is too far away.
    TOO_FAR,
    /// It would come too often.
    TOO_OFTEN,
    /// This person has planned enough.
    TOO_MANY
  }

  /// Whether something can be planned in a chat; empty when it can. To be asked before [#add],
  /// whoever wishes it: a person, or a model for one.
  public Optional<Refusal> check(long person, Schedule.Plan plan) {
    Instant now = clock.instant();
    if (plan.text().isBlank() && plan.kind() != Kind.DIGEST) {
      return Optional.of(Refusal.EMPTY);
    }
    if (plan.text().length() > LONGEST) {
      return Optional.of(Refusal.TOO_LONG);
    }
    Optional<Slot> next = plan.timing().first(now);
    if (next.isEmpty()) {
      return Optional.of(Refusal.PAST);
    }
    if (next.get().at().isAfter(now.plus(FARTHEST))) {
      return Optional.of(Refusal.TOO_FAR);
    }
    if (isTooOften(plan.timing(), now)) {
      return Optional.of(Refusal.TOO_OFTEN);
    }
    return count(person) >= MOST ? Optional.of(Refusal.TOO_MANY) : Optional.empty();
  }

  private static boolean isTooOften(Timing timing, Instant now) {
    if (timing.rhythm() instanceof Rhythm.Every(Duration period, var _)) {
      return period.compareTo(SHORTEST) < 0;
    }
    List<Slot> coming =
        timing.rhythm() instanceof Rhythm.ByCron ? timing.coming(now, SAMPLE) : List.of();
    for (int i = 1; i < coming.size(); i++) {
      Duration gap = Duration.between(coming.get(i - 1).at(), coming.get(i).at());
      if (gap.compareTo(SHORTEST) < 0) {
        return true;
      }
    }
    return false;
  }

  /// Plans something that was checked.
  ///
  /// @return its number
  public long add(Tx tx, long person, Address address, Schedule.Plan plan) {
    return add(tx, new ScheduleRows.New(null, new Schedule.Owner(person, address), plan, null));
  }

  long add(Tx tx, ScheduleRows.New schedule) {
    Instant now = clock.instant();
    // What was just ahead when it was checked may be over now: then it is due at once.
    Slot next = schedule.plan().timing().first(now).orElse(new Slot(now, now.toString()));
    long id = ScheduleRows.insert(tx, schedule, next, now);
    enqueue(tx, id, next);
    return id;
  }

  /// What somebody has planned, the next first.
  public List<Schedule> list(long person) {
    return database.read(tx -> ScheduleRows.of(tx, person, 2 * MOST));
  }

  /// Everything that is planned, the next first.
  public List<Schedule> all() {
    return database.read(ScheduleRows::all);
  }

  /// How many are planned, by anybody.
  public long count() {
    return database.read(
        tx -> tx.queryOne("SELECT count(*) FROM schedules", row -> row.number(1)).orElse(0L));
  }

  /// One of them.
  public Optional<Schedule> find(long id) {
    return database.read(tx -> ScheduleRows.find(tx, id));
  }

  /// The one with this name or number.
  public Optional<Schedule> find(String name) {
    return database.read(tx -> ScheduleRows.find(tx, name));
  }

  /// What became of its planned times, the newest first.
  public List<Firing> history(String name, int limit) {
    return database.read(tx -> Firings.list(tx, name, limit));
  }

  /// Calls one off.
  ///
  /// @return whether it was still planned
  public boolean cancel(Tx tx, long id) {
    Optional<Schedule> found = ScheduleRows.find(tx, id);
    found.ifPresent(schedule -> {
      queue.cancel(tx, schedule.standing().job());
      ScheduleRows.delete(tx, id);
    });
    return found.isPresent();
  }

  /// Calls off everything of a person, because they are removed.
  public void removeAll(Tx tx, long person) {
    tx.query("SELECT id FROM schedules WHERE person=?", row -> row.number(1), person)
        .forEach(id -> cancel(tx, id));
  }

  /// Writes a chat's new address.
  public void moved(Tx tx, Address from, Address to) {
    tx.update("UPDATE schedules SET address=? WHERE address=?", to.text(), from.text());
  }

  /// Lets one rest: nothing comes, and nothing of that time is made up for later.
  ///
  /// @return whether it was planned and not paused
  public boolean pause(Tx tx, long id) {
    Optional<Schedule> found =
        ScheduleRows.find(tx, id).filter(schedule -> !schedule.standing().paused());
    found.ifPresent(schedule -> {
      queue.cancel(tx, schedule.standing().job());
      ScheduleRows.plan(tx, id, schedule.standing().next(), 0);
      ScheduleRows.paused(tx, id, true);
    });
    return found.isPresent();
  }

  /// Goes on with one that was paused; one whose only time is over ends.
  ///
  /// @return whether it was paused
  public boolean resume(Tx tx, long id) {
    Optional<Schedule> found =
        ScheduleRows.find(tx, id).filter(schedule -> schedule.standing().paused());
    found.ifPresent(schedule -> {
      ScheduleRows.paused(tx, id, false);
      plan(tx, schedule, schedule.plan().timing().first(clock.instant()));
    });
    return found.isPresent();
  }

  /// Plans one whose times have changed from now on.
  void planAnew(Tx tx, long id) {
    Schedule schedule = ScheduleRows.find(tx, id).orElseThrow();
    queue.cancel(tx, schedule.standing().job());
    Optional<Slot> next = undecided(tx, schedule, schedule.plan().timing().first(clock.instant()));
    if (schedule.standing().paused() && next.isPresent()) {
      ScheduleRows.plan(tx, id, next.get(), 0);
    } else {
      plan(tx, schedule, next);
    }
  }

  /// Does it now, out of turn; its planned times stay as they are.
  ///
  /// @return whether there is such a schedule
  public boolean runNow(Tx tx, long id) {
    boolean known = ScheduleRows.find(tx, id).isPresent();
    if (known) {
      queue.enqueue(tx, NewJob.of(REMIND, Priority.ANSWER, SUBJECT + id, BY_HAND));
    }
    return known;
  }

  /// What a job is for; empty when that was called off, or the job is not the one that is due.
  public Optional<Schedule> due(Tx tx, Job job) {
    return job.payload().equals(BY_HAND)
        ? ScheduleRows.find(tx, Long.parseLong(job.subject().substring(SUBJECT.length())))
        : ScheduleRows.ofJob(tx, job.id());
  }

  /// What comes of a job that is due, at a moment; nothing is changed.
  public List<Firing> foresee(Tx tx, Job job, Instant now) {
    return due(tx, job).map(schedule -> firings(tx, schedule, job, now)).orElse(List.of());
  }

  /// Decides what is due: records what comes and what does not, and plans what is next.
  ///
  /// @param now the moment of [#foresee]
  /// @param open whether a run, by its key, has not ended
  /// @return what is to be done now, in the same transaction
  public List<Firing> meet(Tx tx, Job job, Instant now, Predicate<String> open) {
    Optional<Schedule> due = due(tx, job);
    if (due.isEmpty()) {
      return List.of();
    }
    Schedule schedule = due.get();
    List<Firing> firings = firings(tx, schedule, job, now);
    Optional<Firing> running =
        schedule.plan().kind().isRun()
            ? Firings.lastBegun(tx, schedule.name()).filter(last -> open.test(last.key()))
            : Optional.empty();
    List<Firing> begun = new ArrayList<>();
    for (Firing firing : firings) {
      Firing recorded = running.isEmpty() ? firing : overlapping(firing, running.get());
      Firings.add(tx, recorded);
      if (running.isEmpty()) {
        begun.add(firing);
      }
    }
    if (!job.payload().equals(BY_HAND)) {
      goOn(tx, schedule, now);
    }
    return List.copyOf(begun);
  }

  private static Firing overlapping(Firing firing, Firing running) {
    return new Firing(
        firing.schedule(),
        firing.slot(),
        firing.until(),
        firing.times(),
        Outcome.SKIPPED,
        "the run of " + running.slot().at() + " has not ended",
        firing.decided());
  }

  private static List<Firing> firings(Tx tx, Schedule schedule, Job job, Instant now) {
    if (job.payload().equals(BY_HAND)) {
      // Never the moment of a planned time, which are whole minutes or as far from one.
      Slot slot = new Slot(now.plusMillis(1), BY_HAND + " " + job.id());
      return Firings.isKnown(tx, schedule.name(), slot)
          ? List.of()
          : List.of(firing(schedule, slot, now, Outcome.BY_HAND));
    }
    return decide(schedule, now).fire().stream()
        .filter(slot -> !Firings.isKnown(tx, schedule.name(), slot))
        .map(slot -> {
          boolean late = Duration.between(slot.at(), now).compareTo(Decision.PUNCTUAL) > 0;
          return firing(schedule, slot, now, late ? Outcome.CAUGHT_UP : Outcome.FIRED);
        })
        .toList();
  }

  private static Firing firing(Schedule schedule, Slot slot, Instant now, Outcome outcome) {
    return new Firing(schedule.name(), slot, slot.at(), 1, outcome, null, now);
  }

  private static Decision decide(Schedule schedule, Instant now) {
    Schedule.Plan plan = schedule.plan();
    return Decision.of(plan.timing(), plan.catchUp(), schedule.standing().next(), now);
  }

  private void goOn(Tx tx, Schedule schedule, Instant now) {
    Decision decision = decide(schedule, now);
    decision
        .missed()
        .filter(missed -> Firings.find(tx, schedule.name(), missed.first()).isEmpty())
        .ifPresent(missed ->
            Firings.add(
                tx,
                new Firing(
                    schedule.name(),
                    missed.first(),
                    missed.until(),
                    missed.times(),
                    Outcome.MISSED,
                    missed.reason(),
                    now)));
    plan(tx, schedule, undecided(tx, schedule, decision.next()));
  }

  /// The first of the coming times that was not decided before, when the clock was ahead.
  private static Optional<Slot> undecided(Tx tx, Schedule schedule, Optional<Slot> from) {
    Optional<Slot> slot = from;
    while (slot.isPresent() && Firings.isKnown(tx, schedule.name(), slot.get())) {
      slot = schedule.plan().timing().next(slot.get());
    }
    return slot;
  }

  private void plan(Tx tx, Schedule schedule, Optional<Slot> next) {
    next.ifPresentOrElse(
        slot -> enqueue(tx, schedule.id(), slot), () -> ScheduleRows.delete(tx, schedule.id()));
  }

  private void enqueue(Tx tx, long id, Slot next) {
    long job =
        queue.enqueue(tx, NewJob.of(REMIND, Priority.ANSWER, SUBJECT + id, next.mark()), next.at());
    ScheduleRows.plan(tx, id, next, job);
  }

  /// Plans again what a change of the clock or of a zone's rules has moved. To be called at the
  /// start, and from time to time.
  ///
  /// @return how many were moved
  public int settle() {
    Instant now = clock.instant();
    List<Schedule> moved = database.read(tx -> moved(tx, now));
    return moved.isEmpty()
        ? 0
        : database.write(tx -> {
          List<Schedule> still = moved(tx, now);
          for (Schedule schedule : still) {
            Slot right = right(tx, schedule, now);
            Firings.forgetMissed(tx, schedule.name(), right);
            queue.cancel(tx, schedule.standing().job());
            enqueue(tx, schedule.id(), right);
          }
          return still.size();
        });
  }

  private static List<Schedule> moved(Tx tx, Instant now) {
    return ScheduleRows.all(tx).stream()
        .filter(schedule -> !schedule.standing().paused())
        .filter(schedule -> !right(tx, schedule, now).equals(schedule.standing().next()))
        .toList();
  }

  /// When it is due by the rules and the clock of now.
  private static Slot right(Tx tx, Schedule schedule, Instant now) {
    Timing timing = schedule.plan().timing();
    Slot planned = timing.again(schedule.standing().next());
    Optional<Slot> sooner =
        planned.at().isAfter(now)
            ? undecided(tx, schedule, timing.first(now))
                .filter(slot -> slot.at().isBefore(planned.at()))
            : Optional.empty();
    return sooner.orElse(planned);
  }

  /// A run has come to an answer.
  ///
  /// @param planned of its firing, in milliseconds since 1970
  /// @param answer `null`: there is nothing to tell
  /// @return whether it is to be told: a heartbeat does not repeat itself
  public boolean answered(Tx tx, String name, long planned, @Nullable String answer) {
    Optional<Schedule> schedule = ScheduleRows.find(tx, name);
    boolean heartbeat = schedule.filter(s -> s.plan().kind() == Kind.HEARTBEAT).isPresent();
    if (answer == null) {
      Firings.note(tx, name, planned, "quiet: nothing to tell");
      return false;
    }
    if (!heartbeat) {
      return true;
    }
    String hash = AnswerHash.of(answer);
    int changed =
        tx.update(
            "UPDATE schedules SET last_answer=? WHERE name=? AND last_answer IS NOT ?",
            hash,
            name,
            hash);
    if (changed == 0) {
      Firings.note(tx, name, planned, "quiet: nothing new");
    }
    return changed > 0;
  }

  /// A run was forbidden.
  ///
  /// @return whether that is to be told: it was not so, or for another reason, the time before
  public boolean refused(Tx tx, String name, long planned, String reason) {
    boolean again =
        Firings.list(tx, name, 20).stream()
            .filter(firing -> firing.slot().at().toEpochMilli() < planned)
            .filter(firing -> firing.outcome() != Outcome.MISSED)
            .filter(firing -> firing.outcome() != Outcome.SKIPPED)
            .findFirst()
            .filter(last -> last.outcome() == Outcome.REFUSED && reason.equals(last.reason()))
            .isPresent();
    Firings.refuse(tx, name, planned, reason);
    return !again;
  }

  /// A run was given up.
  public void failed(Tx tx, String name, long planned, String reason) {
    Firings.note(tx, name, planned, "failed: " + reason);
  }

  private long count(long person) {
    return database.read(tx ->
        tx.queryOne("SELECT count(*) FROM schedules WHERE person=?", row -> row.number(1), person)
            .orElse(0L));
  }
}
