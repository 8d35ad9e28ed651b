package dev.sandpiper.edge.courier;

import dev.sandpiper.edge.Needed;
import dev.sandpiper.standin.sqs.QueueSpec;
import dev.sandpiper.standin.thirdparty.MotoServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

class MotoIT {

  private static MotoServer moto;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    Needed.that(MotoServer.available(), MotoServer.wanted());
    moto =
        MotoServer.start(
            List.of(Plants.IN, Plants.OUT),
            List.of(QueueSpec.plain("mail", Duration.ofSeconds(60))));
  }

  @AfterAll
  static void stop() {
    if (moto != null) {
      moto.close();
    }
  }

  @Nested
  class Objects extends DepotContract {
    @Override
    boolean looksAtChecksums() {
      return false;
    }

    @Override
    Depot depot() {
      return StandIns.depot(moto.endpoint(), UrlConnectionHttpClient::builder);
    }
  }

  @Nested
  class Messages extends PostContract {
    @Override
    Post post() {
      return StandIns.post(moto.endpoint(), moto.queueUrl("mail"));
    }
  }
}
