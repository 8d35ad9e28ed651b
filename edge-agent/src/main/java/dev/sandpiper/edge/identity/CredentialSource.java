package dev.sandpiper.edge.identity;

/// Where credentials for AWS come from. Each call asks anew; whoever calls keeps them until they
/// are about to end.
public interface CredentialSource {

  /// Fresh credentials. May take as long as the source's time-outs allow.
  ///
  /// @throws IdentityException when there are none; its kind tells why, its message what to do
  SessionCredentials fetch() throws IdentityException;
}
