package dev.sandpiper.thirdparty;

import java.net.InetSocketAddress;
import org.apache.pekko.http.scaladsl.Http;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;

/// An SQS of its own on a free loopback port, in memory.
///
/// Arguments: region, account.
public final class ElasticMqMain {

  private ElasticMqMain() {}

  /// Runs until standard input ends.
  public static void main(String[] args) {
    ParentWatch.start();
    Http.ServerBinding binding =
        SQSRestServerBuilder.withInterface("127.0.0.1")
            .withDynamicPort()
            .withAWSRegion(args[0])
            .withAWSAccountId(args[1])
            .start()
            .waitUntilStarted();
    InetSocketAddress address = binding.localAddress();
    ParentWatch.announce("http://127.0.0.1:" + address.getPort());
  }
}
