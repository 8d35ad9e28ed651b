package dev.sandpiper.edge.courier;

import dev.sandpiper.standin.sqs.QueueSpec;
import dev.sandpiper.standin.thirdparty.ElasticMq;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class ElasticMqPostIT extends PostContract {

  private static ElasticMq mq;
  private static Post post;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    mq = ElasticMq.start(List.of(QueueSpec.plain("mail", Duration.ofSeconds(60))));
    post = StandIns.post(mq.endpoint(), mq.queueUrl("mail"));
  }

  @AfterAll
  static void stop() {
    mq.close();
  }

  @Override
  Post post() {
    return post;
  }
}
