package dev.sandpiper.functions.aws;

import dev.sandpiper.functions.Needed;
import dev.sandpiper.functions.ObjectStore;
import dev.sandpiper.standin.thirdparty.MotoServer;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MotoObjectStoreIT extends ObjectStoreContract {

  private MotoServer server;
  private Clients clients;

  @BeforeAll
  void start() throws Exception {
    Needed.that(MotoServer.available(), MotoServer.wanted());
    server = MotoServer.start(List.of(BUCKET), List.of());
    clients = ClientsFor.endpoint(server.endpoint(), MotoServer.REGION, Clients.jdkHttp());
  }

  @AfterAll
  void stop() {
    if (clients != null) {
      clients.close();
      server.close();
    }
  }

  @Override
  ObjectStore store() {
    return new S3Objects(clients::s3);
  }
}
