package dev.sandpiper.edge;

import dev.sandpiper.edge.config.AwsBurstConfig;
import dev.sandpiper.edge.config.AwsBurstConfig.Credentials;
import dev.sandpiper.edge.health.CheckResult;
import dev.sandpiper.edge.identity.IdentityCheck;
import dev.sandpiper.edge.identity.IdentityFiles;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Whether this machine can show AWS who it is, as far as that is seen from here.
///
/// @param config bursts are on
record IdentityDoctor(AwsBurstConfig config, InstantSource clock) {

  List<CheckResult> rows() {
    List<CheckResult> rows = new ArrayList<>();
    AwsBurstConfig.Plant plant = config.plant();
    rows.add(
        CheckResult.ok(
            "cloud configuration",
            "complete: device %s in %s%s"
                .formatted(
                    plant.device(),
                    plant.region(),
                    plant.endpoint().map(endpoint -> ", by way of " + endpoint).orElse(""))));
    switch (config.credentials()) {
      case Credentials.Default _ ->
          rows.add(
              CheckResult.warn(
                  "identity",
                  "whatever the AWS SDK finds on this machine",
                  "A certificate needs no access key lying about: sandpiper cloud enroll"));
      case Credentials.Profile(String name) ->
          rows.add(CheckResult.ok("identity", "the profile " + name + " of the AWS configuration"));
      case Credentials.RolesAnywhere anywhere ->
          rows.addAll(
              IdentityCheck.rows(
                  new IdentityFiles(
                      anywhere.certificate(), anywhere.privateKey(), anywhere.chain()),
                  clock.instant()));
      case Credentials.Iot iot ->
          rows.addAll(
              IdentityCheck.rows(
                  new IdentityFiles(iot.certificate(), iot.privateKey(), Optional.empty()),
                  clock.instant()));
    }
    return rows;
  }
}
