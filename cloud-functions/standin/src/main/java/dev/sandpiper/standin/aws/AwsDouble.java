package dev.sandpiper.standin.aws;

import dev.sandpiper.standin.aws.fault.Fault;
import dev.sandpiper.standin.aws.fault.Faults;
import dev.sandpiper.standin.aws.fault.RefusedException;
import dev.sandpiper.standin.aws.fault.Service;
import dev.sandpiper.standin.aws.fault.ServiceError;
import dev.sandpiper.standin.aws.lambda.LambdaService;
import dev.sandpiper.standin.aws.s3.HttpDate;
import dev.sandpiper.standin.aws.s3.S3Service;
import dev.sandpiper.standin.aws.sqs.SqsService;
import dev.sandpiper.standin.http.Delivery;
import dev.sandpiper.standin.http.LoopbackServer;
import dev.sandpiper.standin.http.Reply;
import dev.sandpiper.standin.http.Request;
import dev.sandpiper.standin.lambda.Function;
import dev.sandpiper.standin.sqs.QueueSpec;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;

/// S3, SQS and Lambda's `Invoke` at one endpoint. Any access key and any signature is accepted, as
/// long as there is one and its date is true.
public final class AwsDouble implements AutoCloseable {

  private static final int SLOW_PIECES = 20;

  private final Faults faults;
  private final Gate gate;
  private final Counters counters = new Counters();
  private final S3Service s3;
  private final SqsService sqs;
  private final LambdaService lambda;
  private final LoopbackServer server;

  /// What it begins with.
  ///
  /// @param queues dead-letter queues first
  /// @param accountConcurrency what `GetAccountSettings` tells
  /// @param seed of the faults
  public record Plan(
      Set<String> buckets, List<QueueSpec> queues, int accountConcurrency, long seed) {

    private static final int ACCOUNT_CONCURRENCY = 1000;

    public Plan {
      buckets = Set.copyOf(buckets);
      queues = List.copyOf(queues);
    }

    /// With the limit of an account that has been in use for a while.
    public static Plan of(Set<String> buckets, List<QueueSpec> queues, long seed) {
      return new Plan(buckets, queues, ACCOUNT_CONCURRENCY, seed);
    }
  }

  private AwsDouble(Plan plan, InstantSource clock) {
    this.faults = new Faults(plan.seed());
    this.gate = new Gate(faults, clock);
    this.s3 = new S3Service(plan.buckets(), clock);
    this.lambda = new LambdaService(plan.accountConcurrency());
    this.sqs = new SqsService(faults, clock, this::endpoint);
    plan.queues().forEach(sqs::create);
    this.server = LoopbackServer.start("aws-double", this::answer);
  }

  /// Starts it on a free loopback port.
  public static AwsDouble start(Plan plan, InstantSource clock) {
    return new AwsDouble(plan, clock);
  }

  /// `http://127.0.0.1:port`, for every service.
  public URI endpoint() {
    return server.endpoint();
  }

  public URI queueUrl(String name) {
    return sqs.url(name);
  }

  /// Plugs a function in, or another one in its place.
  public void deploy(String name, Function function) {
    lambda.deploy(name, function);
  }

  /// The switches.
  public Faults faults() {
    return faults;
  }

  /// While `true` nobody can connect.
  public void unreachable(boolean refusing) {
    server.refuse(refusing);
  }

  public Counters counters() {
    return counters;
  }

  /// The keys of a bucket.
  public Set<String> keys(String bucket) {
    return s3.keys(bucket);
  }

  /// Uploads of a bucket that are neither complete nor aborted.
  public int openUploads(String bucket) {
    return s3.openUploads(bucket);
  }

  /// Objects in all buckets.
  public long objectsLeft() {
    return s3.objects();
  }

  /// Bytes in all buckets.
  public long bytesLeft() {
    return s3.bytes();
  }

  /// Messages in a queue, hidden ones included.
  public int messagesLeft(String queue) {
    return sqs.messages(queue);
  }

  private Reply answer(Request request) throws InterruptedException {
    Service service = Gate.service(request);
    counters.request(name(service, request), request.body().length);
    if (faults.strikes(service, Fault.RESET)) {
      return Reply.reset();
    }
    Reply reply = serve(service, request);
    if (faults.strikes(service, Fault.LOST_ANSWER)) {
      return Reply.reset();
    }
    counters.answer(reply.body().length);
    return delivered(service, reply);
  }

  private Reply serve(Service service, Request request) throws InterruptedException {
    String id = UUID.randomUUID().toString();
    Reply reply;
    try {
      gate.pass(service, request);
      reply =
          switch (service) {
            case S3 -> s3.answer(request);
            case SQS -> sqs.answer(request);
            case LAMBDA -> lambda.answer(request);
          };
    } catch (RefusedException e) {
      ServiceError error = e.error();
      counters.error(error.code());
      reply =
          switch (service) {
            case S3 -> S3Service.error(error, request, id);
            case SQS -> SqsService.error(error);
            case LAMBDA -> LambdaService.error(error);
          };
    }
    // The SDK sets its clock by the date.
    return reply
        .with("Date", HttpDate.of(gate.now()))
        .with(service == Service.S3 ? "x-amz-request-id" : "x-amzn-RequestId", id);
  }

  private Reply delivered(Service service, Reply reply) {
    if (reply.body().length == 0) {
      return reply;
    }
    if (faults.strikes(service, Fault.CUT_BODY)) {
      return reply.delivered(new Delivery.CutShort());
    }
    if (faults.strikes(service, Fault.SLOW_BODY)) {
      return reply.delivered(
          new Delivery.Slow(SLOW_PIECES, Faults.SLOW_BODY.dividedBy(SLOW_PIECES)));
    }
    return reply;
  }

  private static String name(Service service, Request request) {
    String operation =
        switch (service) {
          case S3 -> S3Service.operation(request);
          case SQS -> SqsService.operation(request);
          case LAMBDA -> LambdaService.operation(request);
        };
    return service.name().toLowerCase(Locale.ROOT) + ":" + operation;
  }

  @Override
  public void close() {
    server.close();
  }
}
