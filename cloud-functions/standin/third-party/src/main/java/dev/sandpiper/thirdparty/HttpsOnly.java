package dev.sandpiper.thirdparty;

import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Takes S3Mock's second connector away before it is started: it has no address, so it would listen
/// on every interface.
@Configuration(proxyBeanMethods = false)
public class HttpsOnly {

  /// Spring applies it to the server's factory.
  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> oneConnector() {
    return factory -> factory.getAdditionalTomcatConnectors().clear();
  }
}
