package dev.sandpiper.edge.courier;

import dev.sandpiper.standin.aws.AwsDouble;
import dev.sandpiper.standin.sqs.QueueSpec;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class DoublePostTest extends PostContract {

  private AwsDouble aws;
  private Post post;

  @BeforeEach
  void start() {
    aws =
        AwsDouble.start(
            AwsDouble.Plan.of(
                Set.of(), List.of(QueueSpec.plain("mail", Duration.ofSeconds(60))), 1),
            InstantSource.system());
    post = StandIns.post(aws.endpoint(), aws.queueUrl("mail"));
  }

  @AfterEach
  void stop() {
    aws.close();
  }

  @Override
  Post post() {
    return post;
  }
}
