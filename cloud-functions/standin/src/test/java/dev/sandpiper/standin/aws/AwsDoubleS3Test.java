package dev.sandpiper.standin.aws;

import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import software.amazon.awssdk.services.s3.S3Client;

class AwsDoubleS3Test extends S3Contract {

  private AwsDouble aws;
  private S3Client client;

  @BeforeAll
  void start() {
    aws = AwsDouble.start(AwsDouble.Plan.of(Set.of(BUCKET), List.of(), 1), InstantSource.system());
    client = Sdk.s3(aws.endpoint(), 1);
  }

  @AfterAll
  void stop() {
    client.close();
    aws.close();
  }

  @Override
  S3Client client() {
    return client;
  }
}
