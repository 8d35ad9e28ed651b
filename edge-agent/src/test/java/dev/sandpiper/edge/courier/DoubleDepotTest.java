package dev.sandpiper.edge.courier;

import dev.sandpiper.standin.aws.AwsDouble;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

class DoubleDepotTest extends DepotContract {

  private AwsDouble aws;
  private Depot depot;

  @BeforeEach
  void start() {
    aws =
        AwsDouble.start(
            AwsDouble.Plan.of(Set.of(Plants.IN, Plants.OUT), List.of(), 1), InstantSource.system());
    depot = StandIns.depot(aws.endpoint(), UrlConnectionHttpClient::builder);
  }

  @AfterEach
  void stop() {
    aws.close();
  }

  @Override
  Depot depot() {
    return depot;
  }
}
