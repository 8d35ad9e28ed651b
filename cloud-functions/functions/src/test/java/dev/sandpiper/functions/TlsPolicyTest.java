package dev.sandpiper.functions;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.Security;
import org.junit.jupiter.api.Test;

class TlsPolicyTest {

  @Test
  void oldProtocolsAreRefusedAgain() {
    String before = Security.getProperty(TlsPolicy.PROPERTY);
    try {
      Security.setProperty(TlsPolicy.PROPERTY, "SSLv3");
      TlsPolicy.restore();
      assertThat(Security.getProperty(TlsPolicy.PROPERTY)).isEqualTo(before).contains("TLSv1.1");
    } finally {
      Security.setProperty(TlsPolicy.PROPERTY, before);
    }
  }

  @Test
  void missingFileMeansStrict() {
    assertThat(TlsPolicy.shipped(Path.of("nowhere"))).contains("TLSv1, TLSv1.1");
  }
}
