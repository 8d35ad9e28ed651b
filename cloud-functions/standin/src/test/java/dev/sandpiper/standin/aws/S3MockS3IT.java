package dev.sandpiper.standin.aws;

import dev.sandpiper.standin.thirdparty.S3Mock;
import java.io.IOException;
import java.util.List;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import software.amazon.awssdk.services.s3.S3Client;

class S3MockS3IT extends S3Contract {

  private S3Mock server;
  private S3Client client;

  @BeforeAll
  void start() throws IOException, InterruptedException {
    server = S3Mock.start(List.of(BUCKET));
    TrustManager[] trust = server.trustManagers();
    client = Sdk.s3(server.endpoint(), () -> trust);
  }

  @AfterAll
  void stop() throws IOException {
    client.close();
    server.close();
  }

  @Override
  S3Client client() {
    return client;
  }

  @Override
  String wrongChecksumCode() {
    return "BadRequest";
  }
}
