package dev.sandpiper.thirdparty;

import com.adobe.testing.s3mock.S3MockApplication;
import java.util.Map;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/// S3Mock on a free loopback port, with TLS only.
///
/// Arguments: Spring's, as `--key=value`. Its own main class would open a plain HTTP port on every
/// interface.
public final class S3MockMain {

  private static final Map<String, Object> DEFAULTS =
      Map.of(
          "server.address", "127.0.0.1",
          "server.port", "0",
          "server.ssl.key-store-type", "PKCS12",
          "spring.main.banner-mode", "off",
          "logging.level.root", "WARN",
          // Never opened, see HttpsOnly; a free port, should that ever fail.
          "com.adobe.testing.s3mock.httpPort", "0");

  private S3MockMain() {}

  /// Runs until standard input ends.
  public static void main(String[] args) {
    ParentWatch.start();
    ConfigurableApplicationContext context =
        new SpringApplicationBuilder(S3MockApplication.class, HttpsOnly.class)
            .properties(DEFAULTS)
            .run(args);
    String port = context.getEnvironment().getRequiredProperty("local.server.port");
    ParentWatch.announce("https://127.0.0.1:" + port);
  }
}
