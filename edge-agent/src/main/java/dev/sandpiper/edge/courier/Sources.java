package dev.sandpiper.edge.courier;

import dev.sandpiper.edge.config.AwsBurstConfig.Credentials;
import dev.sandpiper.edge.config.AwsBurstConfig.Plant;
import dev.sandpiper.edge.identity.CredentialSource;
import dev.sandpiper.edge.identity.Door;
import dev.sandpiper.edge.identity.IdentityFiles;
import dev.sandpiper.edge.identity.IotCredentials;
import dev.sandpiper.edge.identity.RolesAnywhere;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;

/// Where a certificate is exchanged for credentials. A wrong name is told when credentials are
/// first asked for, as every other fault of an identity.
final class Sources {

  private Sources() {}

  static CredentialSource of(Credentials.RolesAnywhere config, Plant plant, InstantSource clock) {
    return () ->
        new RolesAnywhere(
                new IdentityFiles(config.certificate(), config.privateKey(), config.chain()),
                new RolesAnywhere.Names(
                    config.trustAnchor(), config.profileArn(), config.roleArn()),
                Door.of(plant.endpoint().map(URI::create)),
                clock)
            .fetch();
  }

  static CredentialSource of(Credentials.Iot config, InstantSource clock) {
    return () ->
        new IotCredentials(
                new IdentityFiles(config.certificate(), config.privateKey(), Optional.empty()),
                new IotCredentials.Names(config.endpoint(), config.roleAlias(), config.thing()),
                Door.of(Optional.empty()),
                clock)
            .fetch();
  }
}
