package dev.sandpiper.functions.aws;

import dev.sandpiper.standin.sqs.SqsClient;
import dev.sandpiper.standin.thirdparty.ElasticMq;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ElasticMqResultQueueIT extends ResultQueueContract {

  private ElasticMq server;
  private Clients clients;
  private SqsClient other;

  @BeforeAll
  void start() throws Exception {
    server = ElasticMq.start(QUEUES);
    clients = ClientsFor.endpoint(server.endpoint(), ElasticMq.REGION, Clients.jdkHttp());
    other = new SqsClient(server.endpoint(), ElasticMq.REGION);
  }

  @AfterAll
  void stop() {
    other.close();
    clients.close();
    server.close();
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
