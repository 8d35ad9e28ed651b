package dev.sandpiper.edge.courier;

import dev.sandpiper.edge.courier.Verdict.Again;
import dev.sandpiper.edge.courier.protocol.Fault;
import dev.sandpiper.edge.identity.IdentityException;
import java.io.IOException;
import java.net.UnknownHostException;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;

/// Tells from an exception of the SDK whose fault it is, whether asking again may help, and what a
/// person can do.
final class Diagnosis {

  /// The session is over, or AWS has not heard of it yet.
  private static final Set<String> STALE =
      Set.of(
          "ExpiredToken",
          "ExpiredTokenException",
          "InvalidToken",
          "TokenRefreshRequired",
          "InvalidClientTokenId",
          "UnrecognizedClientException",
          "InvalidAccessKeyId",
          "AuthFailure",
          "MissingAuthenticationToken",
          "IncompleteSignature",
          "SignatureDoesNotMatch",
          "InvalidSignatureException");

  private static final Set<String> CLOCK =
      Set.of("RequestTimeTooSkewed", "RequestExpired", "RequestInTheFuture");

  private static final Set<String> THROTTLED =
      Set.of(
          "SlowDown",
          "RequestLimitExceeded",
          "BandwidthLimitExceeded",
          "LimitExceededException",
          "OverLimit",
          "RequestThrottled",
          "EC2ThrottledException",
          "SnapStartNotReadyException",
          "SnapStartTimeoutException",
          "ResourceNotReadyException",
          "ServiceUnavailable",
          "ServiceUnavailableException");

  /// The bytes broke on the way.
  private static final Set<String> BROKEN =
      Set.of("RequestTimeout", "BadDigest", "IncompleteBody", "XAmzContentChecksumMismatch");

  private static final int DEEPEST = 20;

  private Diagnosis() {}

  static Verdict of(Throwable failure) {
    CloudException own = cause(failure, CloudException.class);
    if (own != null) {
      return new Verdict(own.fault(), Again.NEVER, own.words()); // said below the SDK
    }
    IdentityException identity = cause(failure, IdentityException.class);
    if (identity != null) {
      return identity(identity);
    }
    AwsServiceException service = cause(failure, AwsServiceException.class);
    if (service != null) {
      return service(service);
    }
    if (cause(failure, AbortedException.class) != null
        || cause(failure, InterruptedException.class) != null) {
      return new Verdict(Fault.INTERNAL, Again.NEVER, "The courier is being stopped.");
    }
    if (cause(failure, ApiCallTimeoutException.class) != null
        || cause(failure, ApiCallAttemptTimeoutException.class) != null) {
      return new Verdict(Fault.NETWORK, Again.LATER, "AWS did not answer in time.");
    }
    IOException network = cause(failure, IOException.class);
    if (network != null) {
      return network(network);
    }
    if (failure instanceof SdkClientException && mentions(failure, "credentials")) {
      return noCredentials(failure);
    }
    return new Verdict(Fault.INTERNAL, Again.NEVER, sentence(failure));
  }

  private static Verdict identity(IdentityException e) {
    Fault fault =
        switch (e.kind()) {
          case CLOCK -> Fault.CLOCK;
          case NETWORK -> Fault.NETWORK;
          case THROTTLED -> Fault.THROTTLED;
          case UNREADABLE, KEY_MISMATCH, EXPIRED, NOT_YET_VALID, UNKNOWN_NAME, DENIED, UNEXPECTED ->
              Fault.CREDENTIALS;
        };
    return new Verdict(fault, e.kind().passing() ? Again.LATER : Again.NEVER, sentence(e));
  }

  private static Verdict noCredentials(Throwable e) {
    return new Verdict(
        Fault.CREDENTIALS,
        Again.WITH_NEW_CREDENTIALS,
        "No credentials were found (%s). Set burst.aws.credentials to profile, roles-anywhere or iot, or give the default chain what it looks for; 'sandpiper cloud enroll' gives this machine an identity of its own."
            .formatted(
                mentions(e, "from any of the providers")
                    ? "neither environment variables, nor ~/.aws, nor a role of a container or"
                        + " instance"
                    : firstSentence(e)));
  }

  private static Verdict service(AwsServiceException e) {
    String code = code(e);
    String said = said(e, code);
    if (CLOCK.contains(code) || signatureOfAnotherTime(e)) {
      return new Verdict(
          Fault.CLOCK,
          Again.WITH_THE_RIGHT_TIME,
          said + " Set this machine's clock: timedatectl set-ntp true.");
    }
    if (STALE.contains(code)) {
      return new Verdict(
          Fault.CREDENTIALS,
          Again.WITH_NEW_CREDENTIALS,
          said + " Renew the credentials; 'sandpiper cloud check' shows which ones are used.");
    }
    if (throttled(code, e.statusCode())) {
      return new Verdict(
          Fault.THROTTLED,
          Again.SLOWER,
          said + " Lower burst.aws.concurrency, or ask AWS for a higher quota.");
    }
    if (BROKEN.contains(code) || e.statusCode() >= 500) {
      return new Verdict(Fault.NETWORK, Again.LATER, said + " It is tried again later.");
    }
    if (code.startsWith("AccessDenied") || e.statusCode() == 403) {
      return new Verdict(
          Fault.DENIED,
          Again.NEVER,
          said
              + " Give the device's role this permission (infra/edge-identity.yaml), or check"
              + " burst.aws.device.");
    }
    if (e.statusCode() == 404 || code.contains("NonExistentQueue")) {
      return new Verdict(
          Fault.MISSING,
          Again.NEVER,
          said + " Check the names in [burst.aws], or run scripts/deploy again.");
    }
    return new Verdict(Fault.INTERNAL, Again.NEVER, said);
  }

  private static boolean throttled(String code, int status) {
    return status == 429
        || status == 503
        || THROTTLED.contains(code)
        || code.startsWith("Throttl")
        || code.startsWith("TooManyRequests")
        || code.startsWith("ProvisionedThroughputExceeded")
        || code.startsWith("KMSThrottling");
  }

  /// SQS, STS and Lambda say it in the message only.
  private static boolean signatureOfAnotherTime(AwsServiceException e) {
    return mentions(e, "Signature expired") || mentions(e, "Signature not yet current");
  }

  private static Verdict network(IOException e) {
    String why =
        switch (e) {
          case UnknownHostException _ ->
              "its name cannot be resolved ("
                  + e.getMessage()
                  + "); check the connection, DNS and"
                  + " burst.aws.region";
          case SSLException _ -> "TLS failed (" + e.getMessage() + "); check the clock and proxies";
          default ->
              (e.getMessage() == null ? "the connection broke" : e.getMessage())
                  + "; check the internet connection";
        };
    return new Verdict(Fault.NETWORK, Again.LATER, "AWS cannot be reached: " + why + ".");
  }

  private static String code(AwsServiceException e) {
    String code = e.awsErrorDetails() == null ? null : e.awsErrorDetails().errorCode();
    return code == null ? "" : code;
  }

  private static String said(AwsServiceException e, String code) {
    String message = e.awsErrorDetails() == null ? null : e.awsErrorDetails().errorMessage();
    String words =
        message == null || message.isBlank() ? "status " + e.statusCode() : message.strip();
    String text = "AWS says " + (code.isEmpty() ? "" : code + ": ") + bounded(words);
    return text.endsWith(".") ? text : text + ".";
  }

  private static String sentence(Throwable e) {
    String text = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    String bounded = bounded(text);
    return bounded.endsWith(".") ? bounded : bounded + ".";
  }

  private static String firstSentence(Throwable e) {
    String text = sentence(e);
    int end = text.indexOf(". ");
    return end < 0 ? text.substring(0, text.length() - 1) : text.substring(0, end);
  }

  private static String bounded(String text) {
    return text.length() <= 500 ? text : text.substring(0, 500) + "…";
  }

  private static boolean mentions(Throwable e, String words) {
    return e.getMessage() != null && e.getMessage().contains(words);
  }

  private static <T extends Throwable> @Nullable T cause(Throwable failure, Class<T> type) {
    int depth = 0;
    for (Throwable at = failure; at != null && depth < DEEPEST; at = at.getCause()) {
      if (type.isInstance(at)) {
        return type.cast(at);
      }
      depth++;
    }
    return null;
  }
}
