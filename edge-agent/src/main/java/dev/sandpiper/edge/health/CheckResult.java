package dev.sandpiper.edge.health;

/// What a check found.
///
/// @param name what was checked, for instance `worker sandbox`
/// @param status how it stands
/// @param detail the finding in words
/// @param fix what to do next; empty when nothing needs doing
public record CheckResult(String name, Status status, String detail, String fix) {

  /// How a checked thing stands.
  public enum Status {
    OK,
    WARN,
    FAIL
  }

  /// All is well.
  public static CheckResult ok(String name, String detail) {
    return new CheckResult(name, Status.OK, detail, "");
  }

  /// It works, but somebody should know.
  public static CheckResult warn(String name, String detail, String fix) {
    return new CheckResult(name, Status.WARN, detail, fix);
  }

  /// It does not work.
  public static CheckResult fail(String name, String detail, String fix) {
    return new CheckResult(name, Status.FAIL, detail, fix);
  }
}
