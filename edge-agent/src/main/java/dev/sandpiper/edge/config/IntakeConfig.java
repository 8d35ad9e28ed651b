package dev.sandpiper.edge.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// How documents come in from folders.
///
/// @param folders watched folders, absolute
/// @param stable how long a file must not have changed before it is taken
/// @param maxDepth how deep folders are followed; 1 is the folder itself
/// @param maxPending most files of a folder in work at once
/// @param maxBytes largest document
public record IntakeConfig(
    List<Path> folders, Duration stable, int maxDepth, int maxPending, long maxBytes) {

  public IntakeConfig {
    folders = List.copyOf(folders);
  }

  static IntakeConfig from(Values values) {
    return new IntakeConfig(
        values.paths(ConfigKey.INTAKE_FOLDERS),
        values.duration(ConfigKey.INTAKE_STABLE),
        values.integer(ConfigKey.INTAKE_MAX_DEPTH),
        values.integer(ConfigKey.INTAKE_MAX_PENDING),
        values.size(ConfigKey.LIMITS_DOCUMENT));
  }
}
