package dev.sandpiper.standin.aws;

import dev.sandpiper.standin.Needed;
import dev.sandpiper.standin.thirdparty.MotoServer;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import software.amazon.awssdk.services.s3.S3Client;

class MotoS3IT extends S3Contract {

  private @Nullable MotoServer server;
  private S3Client client;

  @BeforeAll
  void start() throws IOException, InterruptedException {
    Needed.that(MotoServer.available(), MotoServer.wanted());
    MotoServer started = MotoServer.start(List.of(BUCKET), List.of());
    server = started;
    client = Sdk.s3(started.endpoint(), 1);
  }

  @AfterAll
  void stop() {
    if (server != null) {
      client.close();
      server.close();
    }
  }

  @Override
  S3Client client() {
    return client;
  }
}
