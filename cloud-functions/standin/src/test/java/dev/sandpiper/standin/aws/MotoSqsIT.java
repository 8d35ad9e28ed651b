package dev.sandpiper.standin.aws;

import dev.sandpiper.standin.Needed;
import dev.sandpiper.standin.thirdparty.MotoServer;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import software.amazon.awssdk.services.sqs.SqsClient;

class MotoSqsIT extends SqsContract {

  private @Nullable MotoServer server;
  private SqsClient client;

  @BeforeAll
  void start() throws IOException, InterruptedException {
    Needed.that(MotoServer.available(), MotoServer.wanted());
    MotoServer started = MotoServer.start(List.of(), QUEUES);
    server = started;
    client = Sdk.sqs(started.endpoint(), 1);
  }

  @AfterAll
  void stop() {
    if (server != null) {
      client.close();
      server.close();
    }
  }

  @Override
  SqsClient client() {
    return client;
  }
}
