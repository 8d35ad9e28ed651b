package dev.sandpiper.functions;

import dev.sandpiper.functions.aws.AwsCloud;
import dev.sandpiper.parser.StandardParser;
import dev.sandpiper.parser.detect.ContentDetector;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Puts the functions together from the environment; the only place that reads it.
final class FunctionWiring {

  /// Says whether a snapshot will be taken of this process.
  private static final String INITIALIZATION = "AWS_LAMBDA_INITIALIZATION_TYPE";

  private FunctionWiring() {}

  static FunctionHost host() {
    TlsPolicy.restore();
    return host(System.getenv(), Path.of(System.getProperty("java.io.tmpdir")));
  }

  static FunctionHost host(Map<String, String> environment, Path scratch) {
    CloudSettings settings = CloudSettings.of(environment);
    Cloud cloud = settings == null ? null : AwsCloud.open(settings);
    ParseFunction function = new ParseFunction(parts(environment, scratch, settings, cloud));
    return new FunctionHost(
        function,
        cloud,
        settings == null ? CloudSettings.DEFAULT_MAX_RECEIVES : settings.maxReceives(),
        "snap-start".equals(environment.get(INITIALIZATION))
            ? SnapStart.register(function, cloud)
            : null);
  }

  private static FunctionParts parts(
      Map<String, String> environment,
      Path scratch,
      @Nullable CloudSettings settings,
      @Nullable Cloud cloud) {
    HostRoot in = HostRoot.of(HostRoot.IN, environment.get(HostRoot.IN));
    HostRoot out = HostRoot.of(HostRoot.OUT, environment.get(HostRoot.OUT));
    ContentDetector detector = new ContentDetector();
    ObjectStore objects = cloud == null ? null : cloud.objects();
    return new FunctionParts(
        StandardParser.create(environment.get("PATH")),
        detector::detect,
        new Rendering(),
        new DocumentFetcher(in, objects),
        new ResultWriter(out, objects),
        settings == null ? null : settings.buckets(),
        scratch,
        System::nanoTime);
  }
}
