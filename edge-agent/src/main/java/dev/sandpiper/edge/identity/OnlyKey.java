package dev.sandpiper.edge.identity;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/// Shows one identity to whoever asks for one, also when the server lists other authorities: it
/// knows the certificate itself, not by its authority.
final class OnlyKey extends X509ExtendedKeyManager {

  private static final String ALIAS = "device";

  private final DeviceIdentity identity;

  OnlyKey(DeviceIdentity identity) {
    this.identity = identity;
  }

  @Override
  public String chooseClientAlias(
      String @Nullable [] types, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return ALIAS;
  }

  @Override
  public String chooseEngineClientAlias(
      String @Nullable [] types, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
    return ALIAS;
  }

  @Override
  public String[] getClientAliases(@Nullable String type, Principal @Nullable [] issuers) {
    return new String[] {ALIAS};
  }

  @Override
  public X509Certificate[] getCertificateChain(@Nullable String alias) {
    return Stream.concat(Stream.of(identity.certificate()), identity.chain().stream())
        .toArray(X509Certificate[]::new);
  }

  @Override
  public PrivateKey getPrivateKey(@Nullable String alias) {
    return identity.privateKey();
  }

  @Override
  public String @Nullable [] getServerAliases(
      @Nullable String type, Principal @Nullable [] issuers) {
    return null;
  }

  @Override
  public @Nullable String chooseServerAlias(
      @Nullable String type, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return null;
  }
}
