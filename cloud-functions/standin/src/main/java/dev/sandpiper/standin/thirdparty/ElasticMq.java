package dev.sandpiper.standin.thirdparty;

import dev.sandpiper.standin.sqs.QueueSpec;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// ElasticMQ: SQS in memory. A message may have 256 KiB.
public final class ElasticMq implements AutoCloseable {

  /// The region it says it is in.
  public static final String REGION = "eu-central-1";

  /// The account in its queue URLs.
  public static final String ACCOUNT = "000000000000";

  private static final Pattern ANNOUNCEMENT = Pattern.compile("^endpoint=(\\S+)$");

  private final ChildServer server;
  private final Map<String, URI> queues;

  private ElasticMq(ChildServer server, Map<String, URI> queues) {
    this.server = server;
    this.queues = queues;
  }

  /// Starts it with `queues`, dead-letter queues first.
  public static ElasticMq start(List<QueueSpec> queues) throws IOException, InterruptedException {
    Path programs = Programs.folder();
    List<String> command =
        new ArrayList<>(
            ChildServer.java(programs.resolve("classes"), programs.resolve("lib/elasticmq/*")));
    command.addAll(List.of("dev.sandpiper.thirdparty.ElasticMqMain", REGION, ACCOUNT));
    ChildServer server = new ChildServer("elasticmq", command, ANNOUNCEMENT);
    return new ElasticMq(server, Queues.create(server, REGION, queues));
  }

  /// `http://127.0.0.1:port`.
  public URI endpoint() {
    return server.endpoint();
  }

  /// The URL of a queue made at the start.
  public URI queueUrl(String name) {
    return Queues.named(queues, name);
  }

  /// Of its process.
  public long pid() {
    return server.pid();
  }

  @Override
  public void close() {
    server.close();
  }
}
