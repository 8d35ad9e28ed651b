package dev.sandpiper.functions;

import dev.sandpiper.parser.StandardParser;
import dev.sandpiper.parser.detect.ContentDetector;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/// Puts the functions together from the environment; the only place that reads it.
final class FunctionWiring {

  private FunctionWiring() {}

  static ParseFunction function() {
    TlsPolicy.restore();
    return new ParseFunction(parts(System.getenv(), Path.of(System.getProperty("java.io.tmpdir"))));
  }

  /// Without an adapter nothing can be sent: every message comes again, none is lost.
  static ResultQueue results() {
    return (messageId, reply) -> {
      throw new IOException("this host has no result queue for message " + messageId);
    };
  }

  static FunctionParts parts(Map<String, String> environment, Path scratch) {
    HostRoot in = HostRoot.of(HostRoot.IN, environment.get(HostRoot.IN));
    HostRoot out = HostRoot.of(HostRoot.OUT, environment.get(HostRoot.OUT));
    ContentDetector detector = new ContentDetector();
    return new FunctionParts(
        StandardParser.create(environment.get("PATH")),
        detector::detect,
        new Rendering(),
        new DocumentFetcher(in, null),
        new ResultWriter(out, null),
        scratch,
        System::nanoTime);
  }
}
