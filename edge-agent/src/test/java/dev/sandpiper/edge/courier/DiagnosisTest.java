package dev.sandpiper.edge.courier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sandpiper.edge.courier.Verdict.Again;
import dev.sandpiper.edge.courier.protocol.Fault;
import dev.sandpiper.edge.identity.IdentityException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;

class DiagnosisTest {

  @ParameterizedTest
  @CsvSource({
    "ExpiredToken, 400, CREDENTIALS, WITH_NEW_CREDENTIALS",
    "ExpiredTokenException, 403, CREDENTIALS, WITH_NEW_CREDENTIALS",
    "InvalidClientTokenId, 403, CREDENTIALS, WITH_NEW_CREDENTIALS",
    "UnrecognizedClientException, 403, CREDENTIALS, WITH_NEW_CREDENTIALS",
    "SignatureDoesNotMatch, 403, CREDENTIALS, WITH_NEW_CREDENTIALS",
    "RequestTimeTooSkewed, 403, CLOCK, WITH_THE_RIGHT_TIME",
    "SlowDown, 503, THROTTLED, SLOWER",
    "ThrottlingException, 400, THROTTLED, SLOWER",
    "TooManyRequestsException, 429, THROTTLED, SLOWER",
    "SnapStartNotReadyException, 409, THROTTLED, SLOWER",
    "InternalError, 500, NETWORK, LATER",
    "BadDigest, 400, NETWORK, LATER",
    "AccessDenied, 403, DENIED, NEVER",
    "AccessDeniedException, 400, DENIED, NEVER",
    "NoSuchBucket, 404, MISSING, NEVER",
    "AWS.SimpleQueueService.NonExistentQueue, 400, MISSING, NEVER",
    "InvalidParameterValueException, 400, INTERNAL, NEVER",
  })
  void whatAwsSaysHasAMeaning(String code, int status, Fault fault, Again again) {
    Verdict verdict = Diagnosis.of(service(code, "So it is.", status));
    assertThat(verdict.fault()).isEqualTo(fault);
    assertThat(verdict.again()).isEqualTo(again);
    assertThat(verdict.words()).startsWith("AWS says " + code + ": So it is.");
  }

  @Test
  void aSignatureOfAnotherTimeIsTheClock() {
    assertThat(
            Diagnosis.of(
                service(
                    "InvalidSignatureException",
                    "Signature expired: 20261127T000000Z is now earlier than 20261127T001000Z",
                    403)))
        .isEqualTo(
            new Verdict(
                Fault.CLOCK,
                Again.WITH_THE_RIGHT_TIME,
                "AWS says InvalidSignatureException: Signature expired: 20261127T000000Z is now"
                    + " earlier than 20261127T001000Z. Set this machine's clock: timedatectl"
                    + " set-ntp true."));
  }

  @Test
  void aHostThatIsNotFoundIsTheNetwork() {
    assertThat(Diagnosis.of(client(new UnknownHostException("s3.nowhere.amazonaws.com"))))
        .isEqualTo(
            new Verdict(
                Fault.NETWORK,
                Again.LATER,
                "AWS cannot be reached: its name cannot be resolved (s3.nowhere.amazonaws.com);"
                    + " check the connection, DNS and burst.aws.region."));
  }

  @Test
  void aRefusedConnectionIsTheNetwork() {
    assertThat(Diagnosis.of(client(new ConnectException("Connection refused"))))
        .isEqualTo(
            new Verdict(
                Fault.NETWORK,
                Again.LATER,
                "AWS cannot be reached: Connection refused; check the internet connection."));
  }

  @Test
  void noCredentialsAreSaidWithTheWaysToGetThem() {
    Verdict verdict =
        Diagnosis.of(
            SdkClientException.create("Unable to load credentials from any of the providers"));
    assertThat(verdict.fault()).isEqualTo(Fault.CREDENTIALS);
    assertThat(verdict.words())
        .startsWith("No credentials were found (neither environment variables, nor ~/.aws,")
        .contains("sandpiper cloud enroll");
  }

  @Test
  void anIdentityThatFailsKeepsItsWords() {
    assertThat(
            Diagnosis.of(
                client(
                    new IdentityException(
                        IdentityException.Kind.CLOCK, "the clock is 12 minutes behind"))))
        .isEqualTo(new Verdict(Fault.CLOCK, Again.NEVER, "the clock is 12 minutes behind."));
  }

  private static SdkClientException client(Throwable cause) {
    return SdkClientException.create("Unable to execute HTTP request", cause);
  }

  private static AwsServiceException service(String code, String message, int status) {
    return AwsServiceException.builder()
        .message(message)
        .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).errorMessage(message).build())
        .statusCode(status)
        .build();
  }
}
