package dev.sandpiper.edge.schedule;

import dev.sandpiper.edge.store.Database;
import java.util.List;

/// Looks at what is planned, beside an agent too.
///
/// @param database may be opened for reading only
public record ScheduleView(Database database) {

  /// Everything that is planned, the next first.
  public List<Schedule> all() {
    return database.read(ScheduleRows::all);
  }

  /// What became of the planned times of one, the newest first.
  public List<Firing> history(String name, int limit) {
    return database.read(tx -> Firings.list(tx, name, limit));
  }
}
