package dev.sandpiper.edge.courier;

import dev.sandpiper.contract.ObjectKeys;
import dev.sandpiper.edge.config.AwsBurstConfig.Plant;
import dev.sandpiper.edge.courier.protocol.Fault;
import dev.sandpiper.edge.health.CheckResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Looks whether the cloud is as the edge needs it, in the order a person repairs things.
final class Inspector {

  /// AWS takes signatures of five minutes around its time.
  private static final Duration TOO_FAR = Duration.ofMinutes(5);

  private static final Duration NOTABLE = Duration.ofMinutes(1);

  private final Plant plant;
  private final ObjectKeys keys;
  private final Supplier<String> identity;
  private final Meter meter;
  private final Depot depot;
  private final Post post;
  private final @Nullable Direct direct;

  /// What is looked at.
  ///
  /// @param identity asks who this machine is for AWS
  /// @param direct `null`: no function is configured
  record Subjects(
      Supplier<String> identity, Depot depot, Post post, @Nullable Direct direct, Meter meter) {}

  Inspector(Plant plant, ObjectKeys keys, Subjects subjects) {
    this.plant = plant;
    this.keys = keys;
    this.identity = subjects.identity();
    this.meter = subjects.meter();
    this.depot = subjects.depot();
    this.post = subjects.post();
    this.direct = subjects.direct();
  }

  /// What one question brought.
  ///
  /// @param fault empty: none that matters
  private record Found(CheckResult row, Optional<Fault> fault) {}

  List<CheckResult> look() {
    Found who = identity();
    Found documents =
        ask(
            "cloud documents",
            () -> {
              depot.probe(Depot.Side.IN, keys.documents());
              return plant.inBucket() + "/" + keys.documents() + " can be listed";
            });
    List<CheckResult> rest =
        who.fault().filter(Inspector::stopsAll).isPresent() && who.fault().equals(documents.fault())
            ? List.of(
                CheckResult.warn(
                    "cloud, the rest",
                    "not asked: it would fail for the same reason",
                    "Put right what failed above, then run it again."))
            : rest();
    List<CheckResult> found = new ArrayList<>();
    found.add(who.row());
    clock().ifPresent(found::add);
    found.add(documents.row());
    found.addAll(rest);
    return found;
  }

  /// Whether it is the same for whatever is asked of AWS.
  private static boolean stopsAll(Fault fault) {
    return switch (fault) {
      case NETWORK, CREDENTIALS, CLOCK -> true;
      case THROTTLED, DENIED, MISSING, INTERNAL -> false;
    };
  }

  private List<CheckResult> rest() {
    return List.of(
        ask(
                "cloud results",
                () -> {
                  depot.probe(Depot.Side.OUT, keys.results());
                  return plant.outBucket() + "/" + keys.results() + " can be listed";
                })
            .row(),
        ask("cloud jobs", () -> plant.jobsQueue() + ": " + post.jobsWaiting()).row(),
        ask("cloud answers", () -> plant.resultsQueue() + ": " + post.resultsWaiting()).row(),
        function());
  }

  private Found identity() {
    String name = "cloud identity";
    try {
      return new Found(CheckResult.ok(name, identity.get()), Optional.empty());
    } catch (CloudException e) {
      return e.fault() == Fault.INTERNAL || e.fault() == Fault.MISSING
          ? new Found(
              CheckResult.warn(
                  name,
                  "AWS does not say who this machine is. " + e.words(),
                  "If the checks below pass, nothing needs doing."),
              Optional.empty())
          : failed(name, e);
    }
  }

  /// Empty when nothing answered: then the other rows say so.
  private Optional<CheckResult> clock() {
    return meter.findAhead().map(Inspector::clock);
  }

  private static CheckResult clock(Duration ahead) {
    String name = "cloud clock";
    Duration off = ahead.abs();
    String detail =
        "this machine's clock is %d s %s AWS's"
            .formatted(off.toSeconds(), ahead.isNegative() ? "behind" : "ahead of");
    if (off.compareTo(NOTABLE) < 0) {
      return CheckResult.ok(name, detail);
    }
    String fix = "Set the clock: timedatectl set-ntp true.";
    return off.compareTo(TOO_FAR) < 0
        ? CheckResult.warn(name, detail, fix)
        : CheckResult.fail(
            name,
            detail
                + "; requests are signed with AWS's time, but credentials for a certificate are"
                + " refused",
            fix);
  }

  private CheckResult function() {
    String name = "cloud function";
    Direct function = direct;
    if (function == null) {
      return CheckResult.ok(name, "none is configured: single documents go through the queue");
    }
    return ask(
            name,
            () -> {
              function.dryRun();
              return plant.function().orElse("") + " may be invoked";
            })
        .row();
  }

  private Found ask(String name, Supplier<String> question) {
    try {
      return new Found(CheckResult.ok(name, question.get()), Optional.empty());
    } catch (CloudException e) {
      return failed(name, e);
    }
  }

  private Found failed(String name, CloudException e) {
    return new Found(CheckResult.fail(name, e.words(), fix(e.fault())), Optional.of(e.fault()));
  }

  private String fix(Fault fault) {
    return switch (fault) {
      case NETWORK ->
          plant
              .endpoint()
              .map(endpoint -> "Check burst.aws.endpoint, and that something listens there.")
              .orElse("Check the internet connection, DNS and burst.aws.region.");
      case CREDENTIALS ->
          "Renew this machine's credentials: sandpiper cloud enroll, or burst.aws.credentials.";
      case CLOCK -> "Set the clock: timedatectl set-ntp true.";
      case THROTTLED -> "Wait a minute; if it stays, ask AWS for a higher quota.";
      case DENIED ->
          "Give the device's role the permission named, see infra/edge-identity.yaml; check"
              + " burst.aws.device.";
      case MISSING -> "Check the names in [burst.aws], or run scripts/deploy again.";
      case INTERNAL -> "Look the message up; if it is Sandpiper's, report it.";
    };
  }
}
