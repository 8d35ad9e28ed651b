package dev.sandpiper.standin.thirdparty;

import dev.sandpiper.standin.sqs.QueueSpec;
import dev.sandpiper.standin.sqs.SqsClient;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The queues of a server that has just started.
final class Queues {

  private Queues() {}

  /// Makes them, or ends the server.
  static Map<String, URI> create(ChildServer server, String region, List<QueueSpec> specs)
      throws IOException, InterruptedException {
    Map<String, URI> urls = new LinkedHashMap<>();
    try (SqsClient client = new SqsClient(server.endpoint(), region)) {
      for (QueueSpec spec : specs) {
        urls.put(spec.name(), client.create(spec));
      }
      return Map.copyOf(urls);
    } catch (IOException | InterruptedException | RuntimeException e) {
      server.close();
      throw e;
    }
  }

  static URI named(Map<String, URI> queues, String name) {
    URI url = queues.get(name);
    if (url == null) {
      throw new IllegalArgumentException(
          "There is no queue " + name + "; there are " + queues.keySet());
    }
    return url;
  }
}
