package dev.sandpiper.standin.source;

import dev.sandpiper.standin.thirdparty.ElasticMq;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterAll;

/// Over ElasticMQ.
class EventSourceIT extends EventSourceContract {

  private final ElasticMq server;

  EventSourceIT() throws IOException, InterruptedException {
    server = ElasticMq.start(List.of());
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @Override
  URI endpoint() {
    return server.endpoint();
  }
}
