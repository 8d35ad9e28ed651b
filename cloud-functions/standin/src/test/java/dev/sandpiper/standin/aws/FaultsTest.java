package dev.sandpiper.standin.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sandpiper.standin.aws.fault.Fault;
import dev.sandpiper.standin.aws.fault.Faults;
import dev.sandpiper.standin.aws.fault.Service;
import dev.sandpiper.standin.lambda.InvokeResult;
import dev.sandpiper.standin.sqs.QueueSpec;
import java.net.ConnectException;
import java.net.SocketException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkGlobalTime;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/// Every fault is seen by the SDK as what AWS would send.
@Timeout(120)
class FaultsTest {

  private static final String BUCKET = "sandpiper-in";
  private static final Duration VISIBILITY = Duration.ofSeconds(30);

  private final AwsDouble aws =
      AwsDouble.start(
          AwsDouble.Plan.of(Set.of(BUCKET), List.of(QueueSpec.plain("jobs", VISIBILITY)), 7),
          InstantSource.system());
  private final S3Client s3 = Sdk.s3(aws.endpoint(), 1);
  private final SqsClient sqs = Sdk.sqs(aws.endpoint(), 1);
  private final LambdaClient lambda = Sdk.lambda(aws.endpoint(), 1);

  @AfterEach
  void stop() {
    // The SDK keeps what it learned of the clock for the whole JVM.
    SdkGlobalTime.setGlobalTimeOffset(0);
    s3.close();
    sqs.close();
    lambda.close();
    aws.close();
  }

  private void put() {
    s3.putObject(request -> request.bucket(BUCKET).key("a"), RequestBody.fromString("hello"));
  }

  private String get() {
    return s3.getObjectAsBytes(request -> request.bucket(BUCKET).key("a")).asUtf8String();
  }

  private void send(String body) {
    sqs.sendMessage(request -> request.queueUrl(aws.queueUrl("jobs").toString()).messageBody(body));
  }

  private List<Message> receive(int waitSeconds) {
    return sqs.receiveMessage(request ->
            request
                .queueUrl(aws.queueUrl("jobs").toString())
                .maxNumberOfMessages(10)
                .waitTimeSeconds(waitSeconds))
        .messages();
  }

  private void delete(Message message) {
    sqs.deleteMessage(request ->
        request.queueUrl(aws.queueUrl("jobs").toString()).receiptHandle(message.receiptHandle()));
  }

  private void invoke() {
    aws.deploy("f", InvokeResult.Answered::new);
    lambda.invoke(request -> request.functionName("f"));
  }

  private static String refusal(Executable call) {
    AwsServiceException e = catchThrowableOfType(AwsServiceException.class, call::execute);
    return e.statusCode() + " " + e.awsErrorDetails().errorCode();
  }

  private Map<Service, String> refusals() {
    Map<Service, String> refusals = new EnumMap<>(Service.class);
    refusals.put(Service.S3, refusal(this::put));
    refusals.put(Service.SQS, refusal(() -> send("a")));
    refusals.put(Service.LAMBDA, refusal(this::invoke));
    return refusals;
  }

  @Test
  void throttlesAreThrottles() {
    aws.faults().set(Fault.THROTTLE, 1);
    assertThat(refusals())
        .containsEntry(Service.S3, "503 SlowDown")
        .containsEntry(Service.SQS, "400 RequestThrottled")
        .containsEntry(Service.LAMBDA, "429 TooManyRequestsException");
    AwsServiceException e = catchThrowableOfType(AwsServiceException.class, () -> send("a"));
    assertThat(e.isThrottlingException()).isTrue();
    assertThat(aws.faults().struck()).containsEntry(Fault.THROTTLE, 4L);
    assertThat(aws.counters().errors()).containsEntry("RequestThrottled", 2L);
  }

  @Test
  void serverErrorsHaveStatus500() {
    aws.faults().set(Fault.SERVER_ERROR, 1);
    assertThat(refusals())
        .containsEntry(Service.S3, "500 InternalError")
        .containsEntry(Service.SQS, "500 InternalFailure")
        .containsEntry(Service.LAMBDA, "500 ServiceException");
  }

  @Test
  void credentialsExpire() {
    aws.faults().expire(Sdk.ACCESS_KEY);
    assertThat(refusals())
        .containsEntry(Service.S3, "400 ExpiredToken")
        .containsEntry(Service.SQS, "403 ExpiredTokenException")
        .containsEntry(Service.LAMBDA, "403 ExpiredTokenException");
    aws.faults().clear();
    put();
  }

  @Test
  void unknownKeysAreRefused() {
    aws.faults().forget(Sdk.ACCESS_KEY);
    assertThat(refusals())
        .containsEntry(Service.S3, "403 InvalidAccessKeyId")
        .containsEntry(Service.SQS, "403 UnrecognizedClientException")
        .containsEntry(Service.LAMBDA, "403 UnrecognizedClientException");
  }

  @Test
  void permissionsAreMissing() {
    aws.faults().set(Fault.DENIED, 1);
    assertThat(refusals())
        .containsEntry(Service.S3, "403 AccessDenied")
        .containsEntry(Service.SQS, "403 AccessDenied")
        .containsEntry(Service.LAMBDA, "403 AccessDeniedException");
  }

  @Test
  void aClockThatIsFarOffIsSaidSoAndTheSdkSetsItsOwnByTheAnswer() {
    aws.faults().clockOffset(Duration.ofMinutes(20));
    assertThat(refusals())
        .containsEntry(Service.S3, "403 RequestTimeTooSkewed")
        .containsEntry(Service.SQS, "403 InvalidSignatureException")
        .containsEntry(Service.LAMBDA, "403 InvalidSignatureException");
    try (S3Client patient = Sdk.s3(aws.endpoint(), 2)) {
      patient.putObject(
          request -> request.bucket(BUCKET).key("a"), RequestBody.fromString("hello"));
    }
    aws.faults().clockOffset(Duration.ofMinutes(-20));
    assertThat(refusal(this::put)).isEqualTo("403 RequestTimeTooSkewed");
  }

  /// S3 allows 15 minutes, SQS five.
  @Test
  void tenMinutesAreTooMuchForSqsOnly() {
    for (int minutes : new int[] {10, -10}) {
      aws.faults().clockOffset(Duration.ofMinutes(minutes));
      put();
      try (SqsClient hasty = Sdk.sqs(aws.endpoint(), 1);
          SqsClient patient = Sdk.sqs(aws.endpoint(), 2)) {
        String queue = aws.queueUrl("jobs").toString();
        assertThat(refusal(() -> hasty.sendMessage(r -> r.queueUrl(queue).messageBody("a"))))
            .isEqualTo("403 InvalidSignatureException");
        patient.sendMessage(r -> r.queueUrl(queue).messageBody("a"));
      }
    }
  }

  @Test
  void aResetBeforeTheRequestLosesIt() {
    aws.faults().set(Fault.RESET, 1);
    assertThatThrownBy(this::put)
        .isInstanceOf(SdkClientException.class)
        .hasRootCauseInstanceOf(SocketException.class);
    assertThat(aws.objectsLeft()).isZero();
  }

  @Test
  void aLostAnswerLosesNothingElse() {
    aws.faults().set(Fault.LOST_ANSWER, 1);
    assertThatThrownBy(() -> send("a")).isInstanceOf(SdkClientException.class);
    assertThat(aws.messagesLeft("jobs")).isPositive();
  }

  @Test
  void aSlowBodyArrivesWhole() {
    put();
    aws.faults().set(Service.S3, Fault.SLOW_BODY, 1);
    long before = System.nanoTime();
    assertThat(get()).isEqualTo("hello");
    assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(Faults.SLOW_BODY.toNanos());
  }

  @Test
  void aBodyThatIsCutShortIsAnError() {
    put();
    aws.faults().set(Service.S3, Fault.CUT_BODY, 1);
    assertThatThrownBy(this::get).isInstanceOf(SdkClientException.class);
  }

  @Test
  void nobodyConnectsWhileItIsUnreachable() {
    put();
    aws.unreachable(true);
    assertThatThrownBy(this::get)
        .isInstanceOf(SdkClientException.class)
        .hasRootCauseInstanceOf(ConnectException.class);
    aws.unreachable(false);
    assertThat(get()).isEqualTo("hello");
  }

  @Test
  void aReceivedMessageIsReceivedOnceMore() {
    aws.faults().set(Fault.DUPLICATE, 1);
    send("a");
    List<Message> seen = new ArrayList<>();
    while (seen.size() < 2) {
      seen.addAll(receive(5));
    }
    assertThat(seen).extracting(Message::messageId).containsOnly(seen.getFirst().messageId());
    assertThat(seen).extracting(Message::receiptHandle).doesNotHaveDuplicates();
    seen.forEach(this::delete);
    assertThat(aws.messagesLeft("jobs")).isZero();
  }

  @Test
  void messagesComeInAnotherOrder() {
    List<String> sent = IntStream.range(0, 10).mapToObj(i -> "m" + i).toList();
    sent.forEach(this::send);
    aws.faults().set(Fault.REORDER, 1);
    List<String> seen = receive(5).stream().map(Message::body).toList();
    assertThat(seen).containsExactlyInAnyOrderElementsOf(sent).isNotEqualTo(sent);
  }

  @Test
  void aDeletedMessageComesAgainOnce() {
    aws.faults().set(Fault.DELAYED_DELETE, 1);
    send("a");
    delete(receive(5).getFirst());
    Message again = receive(5).getFirst();
    assertThat(again.body()).isEqualTo("a");
    delete(again);
    assertThat(aws.messagesLeft("jobs")).isZero();
  }

  @Test
  void aMessageComesAgainBeforeItsTime() {
    aws.faults().set(Fault.EARLY_VISIBILITY, 1);
    send("a");
    Message first = receive(5).getFirst();
    aws.faults().clear();
    Message second = receive(5).getFirst();
    delete(first);
    assertThat(aws.messagesLeft("jobs")).as("an old handle deletes nothing").isEqualTo(1);
    delete(second);
    assertThat(aws.messagesLeft("jobs")).isZero();
  }

  @Test
  void aShareOfRequestsIsStruckTheSameForTheSameSeed() {
    assertThat(struck(11)).isEqualTo(struck(11)).isNotEqualTo(struck(12));
    assertThat(struck(11)).hasSizeBetween(200, 400);
  }

  private static Set<Integer> struck(long seed) {
    Faults faults = new Faults(seed);
    faults.set(Service.S3, Fault.RESET, 0.3);
    Set<Integer> struck = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      if (faults.strikes(Service.S3, Fault.RESET)) {
        struck.add(i);
      }
    }
    return struck;
  }
}
