package dev.sandpiper.standin.thirdparty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.standin.Needed;
import dev.sandpiper.standin.sqs.QueueSpec;
import dev.sandpiper.standin.sqs.SqsClient;
import dev.sandpiper.standin.sqs.SqsMessage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class ThirdPartyIT {

  private static final List<String> LOOPBACK =
      List.of("0100007F", "00000000000000000000000001000000", "0000000000000000FFFF00000100007F");
  private static final List<QueueSpec> QUEUES =
      QueueSpec.plant("sandpiper", Duration.ofSeconds(30), List.of("pi"));

  @Test
  void elasticMqServesTheQueuesItWasStartedWith() throws Exception {
    long pid;
    try (ElasticMq server = ElasticMq.start(QUEUES);
        SqsClient client = new SqsClient(server.endpoint(), ElasticMq.REGION)) {
      pid = server.pid();
      sendAndReceive(client, server.queueUrl("sandpiper-jobs"));
      assertThat(client.attribute(server.queueUrl("sandpiper-jobs"), "RedrivePolicy"))
          .contains("sandpiper-jobs-dead");
      assertThat(ListeningSockets.addresses(pid)).isNotEmpty().isSubsetOf(LOOPBACK);
    }
    assertThat(ProcessHandle.of(pid)).isEmpty();
  }

  @Test
  void s3MockIsReachedByHttpsOnLoopbackAndNothingElse() throws Exception {
    long pid;
    Path trustStore;
    try (S3Mock server = S3Mock.start(List.of("sandpiper-in", "sandpiper-out"));
        HttpClient http = HttpClient.newBuilder().sslContext(server.sslContext()).build()) {
      pid = server.pid();
      trustStore = server.trustStore();
      URI object = server.endpoint().resolve("/sandpiper-in/a");
      assertThat(server.endpoint().getScheme()).isEqualTo("https");
      HttpRequest put = HttpRequest.newBuilder(object).PUT(BodyPublishers.ofString("x")).build();
      assertThat(http.send(put, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
      HttpRequest get = HttpRequest.newBuilder(object).build();
      assertThat(http.send(get, BodyHandlers.ofString()).body()).isEqualTo("x");
      assertThat(ListeningSockets.addresses(pid)).hasSize(1).isSubsetOf(LOOPBACK);
    }
    assertThat(ProcessHandle.of(pid)).isEmpty();
    assertThat(trustStore.getParent()).doesNotExist();
  }

  @Test
  void motoServesQueuesAndBuckets() throws Exception {
    Needed.that(MotoServer.available(), MotoServer.wanted());
    long pid;
    try (MotoServer server = MotoServer.start(List.of("sandpiper-in"), QUEUES);
        SqsClient client = new SqsClient(server.endpoint(), MotoServer.REGION)) {
      pid = server.pid();
      sendAndReceive(client, server.queueUrl("sandpiper-jobs"));
      assertThat(ListeningSockets.addresses(pid)).isNotEmpty().isSubsetOf(LOOPBACK);
    }
    assertThat(ProcessHandle.of(pid)).isEmpty();
  }

  private static void sendAndReceive(SqsClient client, URI queue)
      throws IOException, InterruptedException {
    String id = client.send(queue, "{\"hello\":\"wörld\"}");
    List<SqsMessage> messages = client.receive(queue, 10, Duration.ofSeconds(5));
    assertThat(messages).hasSize(1);
    assertThat(messages.getFirst().messageId()).isEqualTo(id);
    assertThat(messages.getFirst().body()).isEqualTo("{\"hello\":\"wörld\"}");
    assertThat(messages.getFirst().attributes()).containsEntry("ApproximateReceiveCount", "1");
    assertThat(client.messages(queue)).isEqualTo(1);
    assertThat(client.delete(queue, messages)).isZero();
    assertThat(client.messages(queue)).isZero();
  }

  /// kill -9 of the test JVM leaves nothing running.
  @Test
  void serversEndWithTheProcessThatStartedThem() throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Starter.class.getName()));
    Process starter =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    List<ProcessHandle> servers = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(starter.getInputStream(), StandardCharsets.UTF_8))) {
      for (int i = 0; i < 2; i++) {
        servers.add(ProcessHandle.of(Long.parseLong(lines.readLine())).orElseThrow());
      }
    }
    starter.destroyForcibly().waitFor();
    for (ProcessHandle server : servers) {
      assertThat(server.onExit().get(60, TimeUnit.SECONDS).isAlive()).isFalse();
    }
  }

  /// Starts two servers and waits to be killed.
  static final class Starter {

    public static void main(String[] args) throws Exception {
      try (ElasticMq queues = ElasticMq.start(List.of());
          S3Mock store = S3Mock.start(List.of())) {
        System.out.println(queues.pid());
        System.out.println(store.pid());
        Files.readAllBytes(Path.of("/dev/stdin"));
      }
    }
  }
}
