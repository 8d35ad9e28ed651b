package dev.sandpiper.standin.aws;

import java.time.InstantSource;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import software.amazon.awssdk.services.sqs.SqsClient;

class AwsDoubleSqsTest extends SqsContract {

  private AwsDouble aws;
  private SqsClient client;

  @BeforeAll
  void start() {
    aws = AwsDouble.start(AwsDouble.Plan.of(Set.of(), QUEUES, 1), InstantSource.system());
    client = Sdk.sqs(aws.endpoint(), 1);
  }

  @AfterAll
  void stop() {
    client.close();
    aws.close();
  }

  @Override
  SqsClient client() {
    return client;
  }
}
