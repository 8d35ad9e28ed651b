package dev.sandpiper.edge.identity;

import dev.sandpiper.edge.health.CheckResult;
import dev.sandpiper.edge.identity.IdentityException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Looks over a machine's identity without asking anybody.
public final class IdentityCheck {

  /// Time enough to have a new request signed.
  private static final int DAYS_OF_WARNING = 30;

  private static final Set<PosixFilePermission> OWNERS =
      Set.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  private IdentityCheck() {}

  /// One row for the certificate, one for its key.
  public static List<CheckResult> rows(IdentityFiles files, Instant now) {
    List<CheckResult> rows = new ArrayList<>();
    try {
      DeviceIdentity identity = DeviceIdentity.read(files);
      rows.add(certificate(identity, files, now));
      rows.add(key(files.privateKey()));
    } catch (IdentityException e) {
      String row = e.kind() == Kind.KEY_MISMATCH ? "private key" : "certificate";
      rows.add(
          CheckResult.fail(
              row, String.valueOf(e.getMessage()), "Do what the message says, then run it again."));
    }
    return rows;
  }

  private static CheckResult certificate(
      DeviceIdentity identity, IdentityFiles files, Instant now) {
    try {
      identity.requireValid(now);
    } catch (IdentityException e) {
      return CheckResult.fail(
          "certificate",
          String.valueOf(e.getMessage()),
          e.kind() == Kind.EXPIRED
              ? "sandpiper cloud enroll"
              : "Set the clock: timedatectl set-ntp true");
    }
    long days = identity.daysLeft(now);
    String detail =
        "%s, issued by %s, %s left (until %s)"
            .formatted(
                identity.subject(),
                identity.certificate().getIssuerX500Principal().getName(),
                days == 1 ? "1 day" : days + " days",
                identity.certificate().getNotAfter().toInstant());
    return days < DAYS_OF_WARNING
        ? CheckResult.warn(
            "certificate",
            detail,
            "Renew it: sandpiper cloud enroll, have the request signed, and put the certificate in place of "
                + files.certificate())
        : CheckResult.ok("certificate", detail);
  }

  private static CheckResult key(Path file) {
    try {
      boolean ownersOnly = OWNERS.containsAll(Files.getPosixFilePermissions(file));
      return ownersOnly
          ? CheckResult.ok("private key", file + ", readable by its owner only")
          : CheckResult.fail(
              "private key",
              file + " can be read by other users",
              "chmod 600 " + file + "; if somebody else had access, enrol with a new key");
    } catch (IOException | UnsupportedOperationException e) {
      return CheckResult.warn(
          "private key",
          file + ": its permissions cannot be seen (" + e.getMessage() + ")",
          "Make sure that only the agent's user can read it.");
    }
  }
}
