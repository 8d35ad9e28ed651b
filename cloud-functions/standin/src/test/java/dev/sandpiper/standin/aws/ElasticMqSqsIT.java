package dev.sandpiper.standin.aws;

import dev.sandpiper.standin.thirdparty.ElasticMq;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import software.amazon.awssdk.services.sqs.SqsClient;

class ElasticMqSqsIT extends SqsContract {

  private ElasticMq server;
  private SqsClient client;

  @BeforeAll
  void start() throws IOException, InterruptedException {
    server = ElasticMq.start(QUEUES);
    client = Sdk.sqs(server.endpoint(), 1);
  }

  @AfterAll
  void stop() {
    client.close();
    server.close();
  }

  @Override
  SqsClient client() {
    return client;
  }
}
