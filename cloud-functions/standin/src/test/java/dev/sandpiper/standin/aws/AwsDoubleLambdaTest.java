package dev.sandpiper.standin.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sandpiper.standin.lambda.InvokeResult;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.RequestTooLargeException;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import software.amazon.awssdk.services.lambda.model.TooManyRequestsException;

/// Lambda's `Invoke`, seen through the SDK.
@Timeout(120)
class AwsDoubleLambdaTest {

  private static final String ARN =
      "arn:aws:lambda:eu-central-1:000000000000:function:sandpiper-parse:live";

  private final AwsDouble aws =
      AwsDouble.start(AwsDouble.Plan.of(Set.of(), List.of(), 1), InstantSource.system());
  private final LambdaClient client = Sdk.lambda(aws.endpoint(), 1);

  @BeforeEach
  void deploy() {
    aws.deploy("sandpiper-parse", InvokeResult.Answered::new);
  }

  @AfterEach
  void stop() {
    client.close();
    aws.close();
  }

  private InvokeResponse invoke(String function, String payload) {
    return client.invoke(
        request -> request.functionName(function).payload(SdkBytes.fromUtf8String(payload)));
  }

  @Test
  void aFunctionIsFoundByItsNameItsAliasAndItsArn() {
    for (String name : List.of("sandpiper-parse", "sandpiper-parse:live", ARN)) {
      InvokeResponse response = invoke(name, "{\"a\":\"ö\"}");
      assertThat(response.payload().asUtf8String()).isEqualTo("{\"a\":\"ö\"}");
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.functionError()).isNull();
    }
    assertThat(aws.counters().operation("lambda:Invoke")).isEqualTo(3);
  }

  @Test
  void aFailureOfTheFunctionIsAnAnswerWithAnError() {
    aws.deploy(
        "sandpiper-parse",
        _ ->
            new InvokeResult.FunctionError(
                "{\"errorType\":\"E\"}".getBytes(StandardCharsets.UTF_8)));
    InvokeResponse response = invoke(ARN, "{}");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.functionError()).isEqualTo("Unhandled");
    assertThat(response.payload().asUtf8String()).contains("errorType");
  }

  @Test
  void refusalsAreTheSdksOwnExceptions() {
    aws.deploy("throttled", _ -> new InvokeResult.Throttled());
    aws.deploy("large", _ -> new InvokeResult.TooLarge());
    assertThatThrownBy(() -> invoke("throttled", "{}"))
        .isInstanceOf(TooManyRequestsException.class)
        .satisfies(e ->
            assertThat(((TooManyRequestsException) e).reasonAsString())
                .isEqualTo("ReservedFunctionConcurrentInvocationLimitExceeded"));
    assertThatThrownBy(() -> invoke("large", "{}")).isInstanceOf(RequestTooLargeException.class);
    assertThatThrownBy(() -> invoke("nowhere", "{}")).isInstanceOf(ResourceNotFoundException.class);
  }

  @Test
  void aDryRunRunsNothing() {
    aws.deploy(
        "sandpiper-parse",
        _ -> {
          throw new AssertionError("it ran");
        });
    assertThat(
            client
                .invoke(request -> request.functionName(ARN).invocationType(InvocationType.DRY_RUN))
                .statusCode())
        .isEqualTo(204);
  }

  @Test
  void theAccountTellsItsLimit() {
    assertThat(client.getAccountSettings(_ -> {}).accountLimit().concurrentExecutions())
        .isEqualTo(1000);
  }
}
