package dev.sandpiper.standin.plant;

import dev.sandpiper.standin.aws.AwsDouble;
import dev.sandpiper.standin.lambda.FunctionSpec;
import dev.sandpiper.standin.lambda.HostedFunction;
import dev.sandpiper.standin.lambda.LambdaHost;
import dev.sandpiper.standin.source.EventSource;
import dev.sandpiper.standin.source.EventSourceSpec;
import dev.sandpiper.standin.sqs.QueueSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The double, both functions and the event source between them. Processes of the functions start
/// with the first document.
public final class Plant implements AutoCloseable {

  /// The first part of every name.
  public static final String STACK = "sandpiper";

  /// Where it says it is.
  public static final String REGION = "eu-central-1";

  private static final String BATCH = STACK + "-parse-batch";
  private static final String DIRECT = STACK + "-parse";
  private static final String IN = STACK + "-in";
  private static final String OUT = STACK + "-out";
  private static final String DEAD = STACK + "-jobs-dead";
  private static final String RESULTS = STACK + "-results-";
  private static final String HANDLERS = "dev.sandpiper.functions.";
  private static final int MEMORY_MB = 256;

  private final AwsDouble aws;
  private final LambdaHost host;
  private final EventSource source;
  private final HostedFunction batch;

  /// What it is made of.
  ///
  /// @param zip the function package
  /// @param devices who has a queue of results
  /// @param concurrency most batches at once, at least 2
  /// @param timeout longest run of a function; a message is hidden for six times as long
  /// @param seed of the double's faults
  public record Plan(Path zip, List<String> devices, int concurrency, Duration timeout, long seed) {

    public Plan {
      devices = List.copyOf(devices);
    }
  }

  private Plant(Plan plan, InstantSource clock) throws IOException {
    Duration visibility = plan.timeout().multipliedBy(6);
    aws =
        AwsDouble.start(
            AwsDouble.Plan.of(
                Set.of(IN, OUT), QueueSpec.plant(STACK, visibility, plan.devices()), plan.seed()),
            clock);
    host = LambdaHost.start(clock);
    FunctionSpec.Settings settings =
        new FunctionSpec.Settings(plan.timeout(), plan.concurrency(), MEMORY_MB, false);
    batch = host.deploy(spec(plan.zip(), BATCH, "ParseBatchHandler", settings));
    aws.deploy(DIRECT, host.deploy(spec(plan.zip(), DIRECT, "ParseHandler", settings)));
    source =
        EventSource.start(
            EventSourceSpec.plant(
                new EventSourceSpec.Queue(aws.endpoint(), REGION, aws.queueUrl(STACK + "-jobs")),
                plan.concurrency()),
            batch);
  }

  /// Starts it on free loopback ports.
  public static Plant start(Plan plan, InstantSource clock) throws IOException {
    return new Plant(plan, clock);
  }

  private FunctionSpec spec(Path zip, String name, String handler, FunctionSpec.Settings settings) {
    String endpoint = aws.endpoint().toString();
    String dead = aws.queueUrl(DEAD).toString();
    return new FunctionSpec(
        name,
        zip,
        HANDLERS + handler + "::handleRequest",
        Map.of(
            "AWS_ENDPOINT_URL_S3",
            endpoint,
            "AWS_ENDPOINT_URL_SQS",
            endpoint,
            "SANDPIPER_IN_BUCKET",
            IN,
            "SANDPIPER_OUT_BUCKET",
            OUT,
            "SANDPIPER_JOBS_URL",
            aws.queueUrl(STACK + "-jobs").toString(),
            "SANDPIPER_RESULTS_URL_PREFIX",
            dead.substring(0, dead.length() - DEAD.length()) + RESULTS,
            "SANDPIPER_MAX_RECEIVES",
            "5"),
        settings);
  }

  /// The lines of `[burst.aws]` with which a device finds it.
  ///
  /// @param direct whether single documents may be sent to the function itself
  public List<String> configuration(String device, boolean direct) {
    return List.of(
        "region = \"" + REGION + "\"",
        "device = \"" + device + "\"",
        "in_bucket = \"" + IN + "\"",
        "out_bucket = \"" + OUT + "\"",
        "jobs_queue = \"" + aws.queueUrl(STACK + "-jobs") + "\"",
        "results_queue = \"" + aws.queueUrl(RESULTS + device) + "\"",
        "function = \"" + (direct ? DIRECT : "") + "\"",
        "endpoint = \"" + aws.endpoint() + "\"");
  }

  /// S3, SQS and Lambda.
  public AwsDouble aws() {
    return aws;
  }

  /// What the event source has done.
  public EventSource.Counts counts() {
    return source.counts();
  }

  /// The processes of the batch function.
  public List<Long> workers() {
    return batch.pids();
  }

  /// Messages that wait, hidden ones included.
  public int jobsLeft() {
    return aws.messagesLeft(STACK + "-jobs");
  }

  /// Messages that were received five times.
  public int deadLetters() {
    return aws.messagesLeft(DEAD);
  }

  /// Words for a device that it has not taken.
  public int resultsLeft(String device) {
    return aws.messagesLeft(RESULTS + device);
  }

  @Override
  public void close() throws IOException {
    source.close();
    host.close();
    aws.close();
  }
}
