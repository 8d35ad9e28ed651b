package dev.sandpiper.edge.courier;

import dev.sandpiper.standin.thirdparty.S3Mock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

class S3MockDepotIT extends DepotContract {

  private static S3Mock mock;
  private static Depot depot;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    mock = S3Mock.start(List.of(Plants.IN, Plants.OUT));
    TrustManager[] trust = mock.trustManagers();
    depot =
        StandIns.depot(
            mock.endpoint(),
            () -> UrlConnectionHttpClient.builder().tlsTrustManagersProvider(() -> trust));
  }

  @AfterAll
  static void stop() {
    try {
      mock.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  Depot depot() {
    return depot;
  }
}
