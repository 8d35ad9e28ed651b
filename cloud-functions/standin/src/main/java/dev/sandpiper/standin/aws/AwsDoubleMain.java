package dev.sandpiper.standin.aws;

import dev.sandpiper.standin.json.Json;
import dev.sandpiper.standin.sqs.QueueSpec;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The double as a program, with the plant's buckets and queues.
///
/// Arguments: the stack's name, then the devices' names. It prints one line of JSON when it listens
/// and ends at the end of its standard input.
public final class AwsDoubleMain {

  private static final Duration VISIBILITY = Duration.ofMinutes(6);
  private static final long SEED = 1;

  private AwsDoubleMain() {}

  /// Runs until standard input ends.
  public static void main(String[] args) throws IOException {
    if (args.length < 2) {
      System.err.println(
          "Say the stack's name and at least one device: AwsDoubleMain sandpiper pi");
      System.exit(2);
    }
    String stack = args[0];
    List<String> devices = List.copyOf(Arrays.asList(args).subList(1, args.length));
    List<QueueSpec> queues = QueueSpec.plant(stack, VISIBILITY, devices);
    String in = stack + "-in";
    String out = stack + "-out";
    AwsDouble.Plan plan = AwsDouble.Plan.of(Set.of(in, out), queues, SEED);
    try (AwsDouble aws = AwsDouble.start(plan, Clock.systemUTC())) {
      Map<String, Object> urls = new LinkedHashMap<>();
      queues.forEach(queue -> urls.put(queue.name(), aws.queueUrl(queue.name())));
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("endpoint", aws.endpoint());
      line.put("inBucket", in);
      line.put("outBucket", out);
      line.put("queues", urls);
      System.out.println(Json.string(line));
      System.out.flush();
      byte[] ignored = new byte[256];
      while (System.in.read(ignored) >= 0) {
        // Nothing is said to it.
      }
    }
  }
}
