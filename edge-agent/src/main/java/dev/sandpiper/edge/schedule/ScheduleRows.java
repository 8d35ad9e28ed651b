package dev.sandpiper.edge.schedule;

import dev.sandpiper.edge.channel.Address;
import dev.sandpiper.edge.rhythm.Hours;
import dev.sandpiper.edge.rhythm.Rhythm;
import dev.sandpiper.edge.rhythm.Slot;
import dev.sandpiper.edge.rhythm.Timing;
import dev.sandpiper.edge.store.Row;
import dev.sandpiper.edge.store.Tx;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How schedules lie in their table.
final class ScheduleRows {
  private static final String SELECT =
      "SELECT id, name, person, address, rhythm, zone, hours, kind, text, catch_up, made_by, next,"
          + " mark, paused, job, spec FROM schedules ";

  private ScheduleRows() {}

  /// A new one.
  ///
  /// @param name `null`: its number
  record New(
      @Nullable String name, Schedule.Owner owner, Schedule.Plan plan, @Nullable String spec) {}

  static long insert(Tx tx, New schedule, Slot next, Instant now) {
    Schedule.Plan plan = schedule.plan();
    long id =
        tx.insert(
            "INSERT INTO schedules (name, person, address, rhythm, zone, hours, kind, text,"
                + " catch_up, made_by, spec, paused, next, mark, job, created) VALUES"
                + " (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, 0, ?)",
            schedule.name() == null ? "" : schedule.name(),
            schedule.owner().person(),
            schedule.owner().address().text(),
            plan.timing().rhythm().text(),
            plan.timing().zone().getId(),
            plan.timing().hours() == null ? null : plan.timing().hours().toString(),
            plan.kind(),
            plan.text(),
            plan.catchUp().text(),
            plan.madeBy(),
            schedule.spec(),
            next.at(),
            next.mark(),
            now);
    if (schedule.name() == null) {
      tx.update("UPDATE schedules SET name=? WHERE id=?", Long.toString(id), id);
    }
    return id;
  }

  /// Writes what the configuration says now.
  static void change(Tx tx, long id, New schedule) {
    Schedule.Plan plan = schedule.plan();
    tx.update(
        "UPDATE schedules SET person=?, address=?, rhythm=?, zone=?, hours=?, kind=?, text=?,"
            + " catch_up=?, spec=? WHERE id=?",
        schedule.owner().person(),
        schedule.owner().address().text(),
        plan.timing().rhythm().text(),
        plan.timing().zone().getId(),
        plan.timing().hours() == null ? null : plan.timing().hours().toString(),
        plan.kind(),
        plan.text(),
        plan.catchUp().text(),
        schedule.spec(),
        id);
  }

  static void plan(Tx tx, long id, Slot next, long job) {
    tx.update(
        "UPDATE schedules SET next=?, mark=?, job=? WHERE id=?", next.at(), next.mark(), job, id);
  }

  static void paused(Tx tx, long id, boolean paused) {
    tx.update("UPDATE schedules SET paused=? WHERE id=?", paused, id);
  }

  static void delete(Tx tx, long id) {
    tx.update("DELETE FROM schedules WHERE id=?", id);
  }

  static Optional<Schedule> find(Tx tx, long id) {
    return tx.queryOne(SELECT + "WHERE id=?", ScheduleRows::row, id);
  }

  static Optional<Schedule> find(Tx tx, String name) {
    return tx.queryOne(SELECT + "WHERE name=?", ScheduleRows::row, name);
  }

  static Optional<Schedule> ofJob(Tx tx, long job) {
    return tx.queryOne(SELECT + "WHERE job=?", ScheduleRows::row, job);
  }

  static List<Schedule> of(Tx tx, long person, int limit) {
    return tx.query(
        SELECT + "WHERE person=? ORDER BY paused, next, id LIMIT ?",
        ScheduleRows::row,
        person,
        limit);
  }

  static List<Schedule> all(Tx tx) {
    return tx.query(SELECT + "ORDER BY paused, next, id", ScheduleRows::row);
  }

  private static Schedule row(Row row) {
    String hours = row.nullableText(7);
    return new Schedule(
        row.number(1),
        row.text(2),
        new Schedule.Owner(row.number(3), Address.of(row.text(4))),
        new Schedule.Plan(
            new Timing(
                Rhythm.of(row.text(5)),
                ZoneId.of(row.text(6)),
                hours == null ? null : Hours.of(hours)),
            Kind.valueOf(row.text(8)),
            row.text(9),
            CatchUp.read(row.text(10)),
            row.text(11)),
        new Schedule.Standing(
            new Slot(row.instant(12), row.text(13)), row.number(14) != 0, row.number(15)),
        row.nullableText(16));
  }
}
