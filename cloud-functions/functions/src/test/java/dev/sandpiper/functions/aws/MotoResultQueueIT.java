package dev.sandpiper.functions.aws;

import dev.sandpiper.functions.Needed;
import dev.sandpiper.standin.sqs.SqsClient;
import dev.sandpiper.standin.thirdparty.MotoServer;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MotoResultQueueIT extends ResultQueueContract {

  private MotoServer server;
  private Clients clients;
  private SqsClient other;

  @BeforeAll
  void start() throws Exception {
    Needed.that(MotoServer.available(), MotoServer.wanted());
    server = MotoServer.start(List.of(), QUEUES);
    clients = ClientsFor.endpoint(server.endpoint(), MotoServer.REGION, Clients.jdkHttp());
    other = new SqsClient(server.endpoint(), MotoServer.REGION);
  }

  @AfterAll
  void stop() {
    if (clients != null) {
      other.close();
      clients.close();
      server.close();
    }
  }

  @Override
  software.amazon.awssdk.services.sqs.SqsClient sqs() {
    return clients.sqs();
  }

  @Override
  SqsClient other() {
    return other;
  }

  @Override
  URI queue(String name) {
    return server.queueUrl(name);
  }
}
