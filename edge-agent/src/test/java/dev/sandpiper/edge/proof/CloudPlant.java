package dev.sandpiper.edge.proof;

import dev.sandpiper.standin.aws.AwsDouble;
import dev.sandpiper.standin.lambda.FunctionSpec;
import dev.sandpiper.standin.lambda.HostedFunction;
import dev.sandpiper.standin.lambda.LambdaHost;
import dev.sandpiper.standin.source.EventSource;
import dev.sandpiper.standin.source.EventSourceSpec;
import dev.sandpiper.standin.sqs.QueueSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The cloud's half on this machine: S3, SQS and `Invoke`, and the very zip under AWS's own runtime
/// client behind the queue.
public final class CloudPlant implements AutoCloseable {

  private static final String IN = "sandpiper-in";
  private static final String OUT = "sandpiper-out";
  private static final String REGION = "eu-central-1";
  private static final String JOBS = "sandpiper-jobs";
  private static final String RESULTS = "sandpiper-results-pi";
  private static final String PACKAGE = "dev.sandpiper.functions.";

  private final AwsDouble aws;
  private final LambdaHost host;
  private final EventSource source;

  private CloudPlant(AwsDouble aws, LambdaHost host, EventSource source) {
    this.aws = aws;
    this.host = host;
    this.source = source;
  }

  /// @param distribution where the function's zip is
  public static CloudPlant start(Path distribution) throws IOException {
    InstantSource clock = InstantSource.system();
    AwsDouble aws =
        AwsDouble.start(
            AwsDouble.Plan.of(
                Set.of(IN, OUT),
                QueueSpec.plant("sandpiper", Duration.ofSeconds(60), List.of("pi")),
                7),
            clock);
    LambdaHost host = LambdaHost.start(clock);
    Path zip;
    try (var files = Files.list(distribution.resolve("function"))) {
      zip = files.filter(file -> file.toString().endsWith(".zip")).findFirst().orElseThrow();
    }
    Map<String, String> environment = environment(aws);
    FunctionSpec.Settings settings =
        new FunctionSpec.Settings(Duration.ofSeconds(60), 2, 256, false);
    HostedFunction parse =
        host.deploy(
            new FunctionSpec(
                "sandpiper-parse",
                zip,
                PACKAGE + "ParseHandler::handleRequest",
                environment,
                settings));
    HostedFunction batch =
        host.deploy(
            new FunctionSpec(
                "sandpiper-parse-batch",
                zip,
                PACKAGE + "ParseBatchHandler::handleRequest",
                environment,
                settings));
    aws.deploy("sandpiper-parse", parse);
    EventSource source =
        EventSource.start(
            EventSourceSpec.plant(
                new EventSourceSpec.Queue(aws.endpoint(), REGION, aws.queueUrl(JOBS)), 2),
            batch);
    return new CloudPlant(aws, host, source);
  }

  private static Map<String, String> environment(AwsDouble aws) {
    String results = aws.queueUrl(RESULTS).toString();
    Map<String, String> all = new HashMap<>();
    all.put("AWS_ENDPOINT_URL_S3", aws.endpoint().toString());
    all.put("AWS_ENDPOINT_URL_SQS", aws.endpoint().toString());
    all.put("SANDPIPER_IN_BUCKET", IN);
    all.put("SANDPIPER_OUT_BUCKET", OUT);
    all.put("SANDPIPER_JOBS_URL", aws.queueUrl(JOBS).toString());
    all.put("SANDPIPER_RESULTS_URL_PREFIX", results.substring(0, results.length() - 2));
    return all;
  }

  /// The agent's configuration of it, as `scripts/deploy` would write it.
  ///
  /// @param more further keys of `burst.aws`
  public List<String> settings(String mode, String... more) {
    List<String> lines =
        new java.util.ArrayList<>(
            List.of(
                "[burst.aws]",
                "mode = \"" + mode + "\"",
                "region = \"" + REGION + "\"",
                "device = \"pi\"",
                "in_bucket = \"" + IN + "\"",
                "out_bucket = \"" + OUT + "\"",
                "jobs_queue = \"" + aws.queueUrl(JOBS) + "\"",
                "results_queue = \"" + aws.queueUrl(RESULTS) + "\"",
                "function = \"arn:aws:lambda:eu-central-1:000000000000:function:sandpiper-parse:live\"",
                "endpoint = \"" + aws.endpoint() + "\""));
    lines.addAll(List.of(more));
    return lines;
  }

  /// The switches.
  public AwsDouble aws() {
    return aws;
  }

  /// Objects, unfinished uploads and messages that are left for this device.
  public long left() {
    return aws.objectsLeft()
        + aws.openUploads(IN)
        + aws.messagesLeft(JOBS)
        + aws.messagesLeft(RESULTS);
  }

  /// What is left, in words.
  public String leftovers() {
    return "in %s, out %s, %d jobs, %d results"
        .formatted(aws.keys(IN), aws.keys(OUT), aws.messagesLeft(JOBS), aws.messagesLeft(RESULTS));
  }

  @Override
  public void close() throws IOException {
    source.close();
    host.close();
    aws.close();
  }
}
