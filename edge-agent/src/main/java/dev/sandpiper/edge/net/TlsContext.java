package dev.sandpiper.edge.net;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// Whom TLS trusts: made when it is first needed, since reading the authorities takes memory.
final class TlsContext {

  private final @Nullable KeyStore trusted;
  private @Nullable SSLContext context;

  /// @param trusted authorities; `null` for those of the JDK
  TlsContext(@Nullable KeyStore trusted) {
    this.trusted = trusted;
  }

  synchronized SSLContext context() {
    SSLContext made = context;
    if (made == null) {
      try {
        TrustManagerFactory trust =
            TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        made = SSLContext.getInstance("TLS");
        made.init(null, trust.getTrustManagers(), null);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("TLS cannot be used: " + e.getMessage(), e);
      }
      context = made;
    }
    return made;
  }
}
